"""Reading a message: clean it, write short forms out, find the entities in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.errors import LexiconError
from bot.nlp.language import FoldedVietnamese
from bot.text.aligned import Aligned
from bot.text.clean import clean
from bot.text.fold import fold
from bot.text.lexicon import Lexicon

#: entity kind -> canonical id -> surface forms
SurfaceForms = Mapping[str, Mapping[str, Iterable[str]]]


@dataclass(frozen=True)
class Reading:
    """A message as the pipeline reads it.

    Attributes:
        aligned: The rewritten text with its map back to what was typed.
        doc: The spaCy doc of ``aligned.text``; its ``ents`` carry canonical ids.
    """

    aligned: Aligned
    doc: Doc

    @property
    def masked(self) -> str:
        """The folded text with every entity replaced by its kind."""
        parts: list[str] = []
        done = 0
        for entity in self.doc.ents:
            parts += [self.doc.text[done : entity.start_char], f"_{entity.label_}_"]
            done = entity.end_char
        return fold("".join([*parts, self.doc.text[done:]]))

    def origin(self, span: Span) -> tuple[int, int]:
        """Return where in the typed text ``span`` comes from."""
        return self.aligned.origin(span.start_char, span.end_char)


class Reader:
    """Turns typed text into a :class:`Reading`; saved and loaded with the model."""

    def __init__(self, lexicon: Lexicon, nlp: Language) -> None:
        """Use ``build`` or ``load``."""
        self._lexicon = lexicon
        self._nlp = nlp

    @classmethod
    def build(cls, lexicon_folder: Path) -> Reader:
        """Build from a lexicon folder; ``entities/<kind>.yml`` in it is optional.

        Raises:
            LexiconError: A file cannot be used, or a surface form names two entities.
        """
        lexicon = Lexicon.read(lexicon_folder)
        nlp = FoldedVietnamese()
        ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "NORM"})
        reader = cls(lexicon, nlp)
        ruler.add_patterns(reader._patterns(read_surface_forms(lexicon_folder)))
        return reader

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """Load what ``save`` wrote."""
        nlp = spacy.load(folder / "pipeline")
        return cls(Lexicon.read(folder / "lexicon"), nlp)

    def save(self, folder: Path, lexicon_folder: Path) -> None:
        """Write the pipeline and the lexicon it was built from into ``folder``."""
        copytree(lexicon_folder, folder / "lexicon", dirs_exist_ok=True)
        self._nlp.to_disk(folder / "pipeline")

    def read(self, text: str) -> Reading:
        """Read one message; any text is taken, also an empty one."""
        aligned = self._lexicon.expand(clean(text))
        return Reading(aligned, self._nlp(aligned.text))

    def _patterns(self, forms: SurfaceForms) -> list[dict[str, object]]:
        patterns: list[dict[str, object]] = []
        for kind, entities in forms.items():
            for entity, surfaces in entities.items():
                for surface in surfaces:
                    if surface.startswith("^"):
                        pattern: object = [{"TEXT": {"REGEX": surface}}]
                    else:
                        pattern = self._lexicon.expand(clean(surface)).text
                    patterns.append({"label": kind, "pattern": pattern, "id": entity})
        return patterns


def read_surface_forms(lexicon_folder: Path) -> SurfaceForms:
    """Read ``entities/<kind>.yml``: canonical id to a list of surface forms.

    Raises:
        LexiconError: A file is not such a mapping, or a form stands for two ids of a kind.
    """
    forms: dict[str, dict[str, list[str]]] = {}
    for path in sorted((lexicon_folder / "entities").glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise LexiconError(
                f"{path.name}: expected a mapping of ids to surface forms"
            )
        owners: dict[str, str] = {}
        for entity, surfaces in content.items():
            for surface in surfaces:
                owner = owners.setdefault(fold(str(surface)), entity)
                if owner != entity:
                    raise LexiconError(
                        f"{path.name}: {surface!r} names both {owner!r} and {entity!r}"
                    )
        forms[path.stem] = {
            key: list(map(str, value)) for key, value in content.items()
        }
    return forms

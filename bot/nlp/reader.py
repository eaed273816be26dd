"""Reading a message: clean it, write short forms out, find the entities in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.errors import LexiconError
from bot.nlp.language import FoldedVietnamese
from bot.nlp.near_names import NearNames
from bot.text.aligned import Aligned
from bot.text.clean import clean
from bot.text.fold import fold
from bot.text.lexicon import Lexicon
from bot.text.syllable import SYLLABLES, without_tone

#: The kind of names that look like an entity and are none; they are found and dropped.
NONE = "none"
#: In front of a surface form: it counts only typed in capitals ("BA", not "ba").
CAPITALS = "="

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
        self._forms: dict[str, list[str]] = defaultdict(list)
        for row in nlp.get_pipe("entity_ruler").patterns:
            if isinstance(row["pattern"], str):
                self._forms[fold(row["pattern"])].append(row["pattern"])

    @classmethod
    def build(cls, lexicon_folder: Path) -> Reader:
        """Build from a lexicon folder; ``entities/<kind>.yml`` in it is optional.

        Raises:
            LexiconError: A file cannot be used, or a surface form names two entities.
        """
        lexicon = Lexicon.read(lexicon_folder)
        nlp = FoldedVietnamese()
        ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "NORM"})
        patterns = list(_patterns(lexicon, read_surface_forms(lexicon_folder)))
        ruler.add_patterns(patterns)
        near: NearNames = nlp.add_pipe("near_names")
        near.learn(
            (fold(row["pattern"]), (row["label"], row["id"]))
            for row in patterns
            if isinstance(row["pattern"], str)
            and not row["label"].endswith((CAPITALS, NONE))
        )
        return cls(lexicon, nlp)

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
        doc = self._nlp(aligned.text)
        if doc.ents:
            doc.ents = [*self._meant(doc, aligned, text)]
        return Reading(aligned, doc)

    def _meant(self, doc: Doc, aligned: Aligned, typed: str) -> Iterable[Span]:
        """Yield the entities without those that only look like one."""
        for span in doc.ents:
            label = span.label_.removesuffix(CAPITALS)
            form = typed[slice(*aligned.origin(span.start_char, span.end_char))]
            small = label != span.label_ and (not form.isupper() or typed.isupper())
            if label == NONE or small or self._says_otherwise(span):
                continue
            yield Span(doc, span.start, span.end, label, span_id=span.ent_id_)

    def _says_otherwise(self, span: Span) -> bool:
        """Tell whether the marks of a short name make other words of it.

        "ít" is no "it", "làm những" no "làm nhúng"; a wrong or missing tone is let through.
        """
        forms = self._forms.get(fold(span.text), ()) if len(span) <= 2 else ()
        if len(span) == 1:
            return bool(forms) and _is_word(span.text) and span.text not in forms
        typed = span.text.split()
        return bool(forms) and all(
            any(map(_is_other, typed, form.split())) for form in forms
        )


def _is_word(typed: str) -> bool:
    return fold(typed) != typed and without_tone(typed) in SYLLABLES


def _is_other(typed: str, meant: str) -> bool:
    return _is_word(typed) and without_tone(typed) != without_tone(meant)


def _patterns(lexicon: Lexicon, forms: SurfaceForms) -> Iterable[dict[str, Any]]:
    for kind, entities in forms.items():
        for entity, surfaces in entities.items():
            for surface in surfaces:
                label = kind + CAPITALS if surface.startswith(CAPITALS) else kind
                pattern = _pattern(lexicon, surface.removeprefix(CAPITALS))
                yield {"label": label, "pattern": pattern, "id": entity}


def _pattern(lexicon: Lexicon, surface: str) -> Any:
    if surface.startswith("^"):
        return [{"NORM": {"REGEX": word}} for word in surface.split()]
    return lexicon.expand(clean(surface)).text


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

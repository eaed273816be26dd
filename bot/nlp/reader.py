"""Reading a message: clean it, write short forms out, find the entities in it."""

from __future__ import annotations

import re
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
from bot.nlp.shortened import shortened
from bot.nlp.studying import Studying
from bot.text.aligned import Aligned
from bot.text.clean import clean
from bot.text.fold import fold
from bot.text.lexicon import Lexicon
from bot.text.syllable import SYLLABLES, without_tone

#: The kind of names that look like an entity and are none; they are found and dropped.
NONE = "none"
#: A kind of names of which some are a sector's as well; see ``studying``.
MAJOR = "major"
#: Beside one of these a major is meant.
_STUDIED = {"institution", MAJOR, "other_major"}
#: In front of a surface form: it counts only typed in capitals ("BA", not "ba").
CAPITALS = "="

#: The part of the pipeline that finds years; all its patterns have a digit.
NUMBERS = "numbers"
YEAR = "year"
#: The kinds of names that people shorten.
SHORTENED = {"institution", "major", "role"}
_BY_NORM = {"phrase_matcher_attr": "NORM"}
_DIGIT = re.compile(r"\d")

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

    def __init__(self, lexicon: Lexicon, studying: Studying, nlp: Language) -> None:
        """Use ``build`` or ``load``."""
        self._lexicon = lexicon
        self._studying = studying
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
        patterns = list(_patterns(lexicon, read_surface_forms(lexicon_folder)))
        written = [row for row in patterns if isinstance(row["pattern"], str)]
        names = {
            row["pattern"]: (row["label"], row["id"])
            for row in written
            if not row["label"].endswith((CAPITALS, NONE))
        }
        taken = {fold(row["pattern"]) for row in written}
        shorter = shortened(
            {it: name for it, name in names.items() if name[0] in SHORTENED},
            lexicon,
            lexicon_folder,
        )
        ruler = nlp.add_pipe("entity_ruler", config=_BY_NORM)
        ruler.add_patterns(written)
        ruler.add_patterns(
            {"label": name[0], "pattern": form, "id": name[1]}
            for form, name in shorter.items()
            if fold(form) not in taken
        )
        numbers = nlp.add_pipe("entity_ruler", NUMBERS, config=_BY_NORM)
        numbers.add_patterns(
            [row for row in patterns if not isinstance(row["pattern"], str)]
        )
        near: NearNames = nlp.add_pipe("near_names")
        # Next to a year that is spoken there is always another one.
        near.learn(it for it in names.items() if it[1][0] != YEAR)
        return cls(lexicon, Studying.read(lexicon_folder), nlp)

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """Load what ``save`` wrote."""
        nlp = spacy.load(folder / "pipeline")
        lexicon = folder / "lexicon"
        return cls(Lexicon.read(lexicon), Studying.read(lexicon), nlp)

    def save(self, folder: Path, lexicon_folder: Path) -> None:
        """Write the pipeline and the lexicon it was built from into ``folder``."""
        copytree(lexicon_folder, folder / "lexicon", dirs_exist_ok=True)
        self._nlp.to_disk(folder / "pipeline")

    def read(self, text: str) -> Reading:
        """Read one message; any text is taken, also an empty one."""
        aligned = self._lexicon.expand(clean(text))
        off = () if _DIGIT.search(aligned.text) else (NUMBERS,)
        doc = self._nlp(aligned.text, disable=off)
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
            if label == MAJOR and form and self._is_sector(span, form):
                continue
            yield Span(doc, span.start, span.end, label, span_id=span.ent_id_)

    def _is_sector(self, span: Span, typed: str) -> bool:
        """Tell whether the name of a major means its sector here."""
        if fold(typed) not in self._studying.names:
            return False
        text, others = span.doc.text, {*span.doc.ents} - {span}
        if any(it.label_ in _STUDIED and it.ent_id_ != span.ent_id_ for it in others):
            return False
        return self._studying.is_sector(
            typed, text[: span.start_char], text[span.end_char :]
        )

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
    # "đo" has no mark on its vowel that tells it from "đô".
    unmarked = typed.replace("đ", "d") == fold(meant)
    return (
        not unmarked and _is_word(typed) and without_tone(typed) != without_tone(meant)
    )


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

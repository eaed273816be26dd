"""spaCy component: names that are misspelt by one letter, run together, or split.

It only fills what the entity ruler left free, and only when no other name is as near: of several
words one may be off by one edit, it must not be a number, and in a short name no word of the
language ("phân tích đất" is no "phân tích data"). Anything less sure is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.text.syllable import is_syllable

#: (kind, canonical id)
Name = tuple[str, str]

#: A name has at least this many letters in all,
_LETTERS = 8
#: and the word that is off this many; a name of ``_LONG`` words is sure enough without that.
_WORD_LETTERS = 3
_LONG = 4
_LONGEST = 8
_NO_LETTER = re.compile(r"[\W_]")


class NearNames:
    """Adds entities for names that are nearly those it knows."""

    def __init__(self) -> None:
        """Know nothing; see ``learn``."""
        self._names: dict[str, Name] = {}

    def learn(self, names: Iterable[tuple[str, Name]]) -> None:
        """Learn folded surface forms and what they name."""
        self._names.update(names)
        self._joined: dict[str, set[Name]] = {}
        self._gapped: dict[tuple[str, ...], list[tuple[str, Name]]] = {}
        self._words = {word for surface in self._names for word in surface.split()}
        for surface, name in self._names.items():
            words = surface.split()
            joined = _NO_LETTER.sub("", surface)
            if len(joined) >= _LETTERS:
                self._joined.setdefault(joined, set()).add(name)
                shortest = _WORD_LETTERS if len(words) < _LONG else 2
                for place, word in enumerate(words if len(words) > 1 else ()):
                    if len(word) >= shortest and word.isalpha():
                        gapped = (*words[:place], "*", *words[place + 1 :])
                        self._gapped.setdefault(gapped, []).append((word, name))

    def __call__(self, doc: Doc) -> Doc:
        """Add what is nearly a name to ``doc.ents``."""
        words = [token.norm_ for token in doc]
        real = [is_syllable(token.text) for token in doc]
        letters = [_NO_LETTER.sub("", word) for word in words]
        found = [
            Span(doc, start, end, name[0], span_id=name[1])
            for start, end in _windows(doc)
            if (
                name := self._name(
                    words[start:end], letters[start:end], real[start:end]
                )
            )
        ]
        if found:
            found = filter_spans(found)
            taken = {number for span in found for number in range(span.start, span.end)}
            kept = [span for span in doc.ents if span.start not in taken]
            doc.ents = [*kept, *found]
        return doc

    def _name(
        self, words: Sequence[str], letters: Sequence[str], real: Sequence[bool]
    ) -> Name | None:
        if not letters[0] or not letters[-1]:
            return None
        exact = self._joined.get("".join(letters))
        if exact:
            return next(iter(exact)) if len(exact) == 1 else None
        unknown = [n for n, word in enumerate(words) if word not in self._words]
        if len(words) < 2 or len(unknown) > 1:
            return None
        near = {
            name
            for place in unknown or range(len(words))
            for meant, name in self._gapped.get(
                (*words[:place], "*", *words[place + 1 :]), ()
            )
            if len(words) >= _LONG or not real[place]
            if _is_slip(words[place], meant)
        }
        return near.pop() if len(near) == 1 else None

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the names."""
        rows = [[surface, *name] for surface, name in self._names.items()]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def from_disk(self, path: Path, **_: Any) -> NearNames:
        """Read what ``to_disk`` wrote."""
        rows = json.loads(path.read_text(encoding="utf-8"))
        self.learn((surface, (kind, entity)) for surface, kind, entity in rows)
        return self


def _windows(doc: Doc) -> Iterable[tuple[int, int]]:
    """Yield what may be a name: it cuts no entity, and is longer than those in it."""
    inside = {
        number: span for span in doc.ents for number in range(span.start, span.end)
    }
    for start in range(len(doc)):
        longest = 0
        for end in range(start + 1, min(start + _LONGEST, len(doc)) + 1):
            last = inside.get(end - 1)
            if last and last.start < start:
                break
            longest = max(longest, len(last) if last else 0)
            if (not last or last.end <= end) and end - start > longest:
                yield start, end


def _is_slip(word: str, meant: str) -> bool:
    return word.isalpha() and OSA.distance(word, meant, score_cutoff=1) <= 1


Language.factory("near_names", func=lambda nlp, name: NearNames())

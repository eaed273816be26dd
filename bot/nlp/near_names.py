"""spaCy component: names that are misspelt, run together, or split.

It only fills what the entity ruler left free, and only when no other name is as near. Every word
may be spelt by its sound ("quản chị dự án"); or one may be off by one edit, and only words that are
none of the language be spelt by their sound beside it. What is off must not be a number, and in a
short name no word of the language ("phân tích đất" is no "phân tích data"). A long name in one word
may be off by a letter too. Anything less sure is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.nlp.sounds import sound
from bot.text.fold import fold
from bot.text.syllable import is_syllable, without_tone

#: (kind, canonical id)
Name = tuple[str, str]


class Meant(NamedTuple):
    """A surface form: its folded words, the same as they are written, and what it names."""

    words: Sequence[str]
    written: Sequence[str]
    name: Name


#: A name has at least this many letters in all,
_LETTERS = 8
#: and the word that is off this many.
_WORD_LETTERS = 3
#: In a name of so many words the word that is off may be another word of the language.
_LONG = 4
#: From so many words on, a word that only sounds alike may be another word of the language.
_HEARD = 3
_LONGEST = 10
#: Letters by which it is told early that nothing run together starts here.
_PREFIX = 5
_NO_LETTER = re.compile(r"[\W_]")


class NearNames:
    """Adds entities for names that are nearly those it knows."""

    def __init__(self) -> None:
        """Know nothing; see ``learn``."""
        self._names: dict[str, Name] = {}

    def learn(self, names: Iterable[tuple[str, Name]]) -> None:
        """Learn surface forms and what they name."""
        self._names.update(names)
        self._joined: dict[str, set[Name]] = {}
        self._lacking: dict[str, set[str]] = {}
        self._heard: dict[str, list[Meant]] = {}
        self._gapped: dict[str, list[Meant]] = {}
        self._sounds: set[str] = set()
        #: How long names are at most whose first, or second, word sounds so.
        self._first: dict[str, int] = {}
        self._second: dict[str, int] = {}
        for surface, name in self._names.items():
            meant = Meant(fold(surface).split(), surface.split(), name)
            sounds = [*map(sound, meant.words)]
            self._sounds.update(sounds)
            for key, longest in zip(sounds, (self._first, self._second), strict=False):
                longest[key] = max(longest.get(key, 0), len(sounds))
            joined = _NO_LETTER.sub("", fold(surface))
            if len(joined) >= _LETTERS:
                self._joined.setdefault(joined, set()).add(name)
                self._learn_words(meant, sounds)
        self._starts = {joined[:_PREFIX] for joined in self._joined}
        for joined in self._joined:
            for lacking in _lackings(joined):
                self._lacking.setdefault(lacking, set()).add(joined)

    def _learn_words(self, meant: Meant, sounds: Sequence[str]) -> None:
        if len(sounds) < 2:
            return
        self._heard.setdefault(" ".join(sounds), []).append(meant)
        for place, word in enumerate(meant.words):
            if len(word) >= _WORD_LETTERS and word.isalpha():
                self._gapped.setdefault(_gap(sounds, place), []).append(meant)

    def __call__(self, doc: Doc) -> Doc:
        """Add what is nearly a name to ``doc.ents``."""
        found = [
            Span(doc, start, end, name[0], span_id=name[1])
            for start, end, name in self._find(doc)
        ]
        if found:
            found = filter_spans(found)
            taken = {number for span in found for number in range(span.start, span.end)}
            kept = [span for span in doc.ents if span.start not in taken]
            doc.ents = [*kept, *found]
        return doc

    def _find(self, doc: Doc) -> Iterator[tuple[int, int, Name]]:
        """Yield start, end and name of everything that is nearly one."""
        words = [token.norm_ for token in doc]
        texts = [token.text for token in doc]
        sounds = [*map(sound, words)]
        letters = [_NO_LETTER.sub("", word) for word in words]
        text = "".join(letters)
        # Before each word: letters so far, and words so far that are in no name.
        sizes = [*accumulate(map(len, letters), initial=0)]
        strange = [*accumulate((it not in self._sounds for it in sounds), initial=0)]
        inside = {
            place: span for span in doc.ents for place in range(span.start, span.end)
        }
        for start, size in enumerate(sizes[:-1]):
            if not letters[start]:
                continue
            long = len(letters[start]) >= _LETTERS and start not in inside
            if long and (name := self._spells(letters[start])):
                yield start, start + 1, name
            joins = text[size : size + _PREFIX] in self._starts
            nears = start + self._longest_from(sounds[start : start + 2])
            if not joins and nears == start:
                continue
            for end in _ends(start, inside, len(words)):
                unknown = strange[end] - strange[start]
                if not joins and (unknown > 1 or end > nears):
                    break
                if sizes[end] - size < _LETTERS - 1 or not letters[end - 1]:
                    continue
                name = _only(self._joined.get(text[size : sizes[end]], ()))
                if not name and end <= nears and unknown <= 1 < end - start:
                    if _is_beside(start, end, inside, texts):
                        continue
                    part = slice(start, end)
                    name = self._nears(words[part], sounds[part], texts[part])
                if name:
                    yield start, end, name

    def _longest_from(self, sounds: Sequence[str]) -> int:
        """Return how many words a name has at most that begins so, but for one of the two."""
        second = self._second.get(sounds[1], 0) if len(sounds) > 1 else 0
        return max(self._first.get(sounds[0], 0), second)

    def _spells(self, word: str) -> Name | None:
        """Return what one long word names but for a letter that is not its first."""
        near = {
            joined
            for lacking in _lackings(word)
            for joined in self._lacking.get(lacking, ())
            if joined[0] == word[0] and _is_slip(word, joined)
        }
        return _only({name for joined in near for name in self._joined[joined]})

    def _nears(
        self, words: Sequence[str], sounds: Sequence[str], typed: Sequence[str]
    ) -> Name | None:
        """Return what the words name by their sound, or but for a letter in one of them."""
        unknown = [n for n, key in enumerate(sounds) if key not in self._sounds]
        if not unknown and (alike := self._heard.get(" ".join(sounds))):
            most = 0 if len(words) < _HEARD else 1 if len(words) < _LONG else len(words)
            return _nearest(
                words, [it for it in alike if _others(words, it, typed) <= most]
            )
        return _nearest(
            words,
            [
                meant
                for place in unknown or range(len(words))
                for meant in self._gapped.get(_gap(sounds, place), ())
                if len(words) >= _LONG or not is_syllable(typed[place])
                if _is_slip(words[place], meant.words[place])
                if not _others(words, meant, typed, slip=place)
            ],
        )

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the names."""
        rows = [[surface, *name] for surface, name in self._names.items()]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def from_disk(self, path: Path, **_: Any) -> NearNames:
        """Read what ``to_disk`` wrote."""
        rows = json.loads(path.read_text(encoding="utf-8"))
        self.learn((surface, (kind, entity)) for surface, kind, entity in rows)
        return self


def _only(names: Collection[Name]) -> Name | None:
    return next(iter(names)) if len(names) == 1 else None


def _lackings(word: str) -> Iterator[str]:
    """Yield the word, and the word without each of its letters: a slip has one in common."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _gap(sounds: Sequence[str], place: int) -> str:
    return " ".join((*sounds[:place], f"*{place}", *sounds[place + 1 :]))


def _others(
    words: Sequence[str], meant: Meant, typed: Sequence[str], slip: int = -1
) -> float:
    """Count the words of the language that are taken for another one, but for the slip.

    Those whose vowels are marked otherwise ("bạn", "bằng") are too many.
    """
    count: float = 0
    for place, word in enumerate(words):
        if word != meant.words[place] and place != slip:
            text = typed[place]
            if is_syllable(text):
                marked = text.replace("đ", "d") != word
                unlike = marked and _vowels(text) != _vowels(meant.written[place])
                count += inf if unlike else 1
    return count


def _vowels(word: str) -> str:
    return "".join(it for it in without_tone(word) if fold(it) in "aeiou")


def _nearest(words: Sequence[str], found: Collection[Meant]) -> Name | None:
    """Return the only name of those that differ in the fewest words."""
    if not found:
        return None
    off = [(sum(map(str.__ne__, words, it.words)), it.name) for it in found]
    least = min(count for count, _ in off)
    return _only({name for count, name in off if count == least})


def _ends(start: int, inside: Mapping[int, Span], size: int) -> Iterator[int]:
    """Yield where a name from ``start`` may end: it cuts no entity, and holds more than one."""
    longest = 0
    for end in range(start + 1, min(start + _LONGEST, size) + 1):
        last = inside.get(end - 1)
        if last:
            if last.start < start:
                return
            longest = max(longest, len(last))
            if last.end > end:
                continue
        if end - start > longest:
            yield end


def _is_beside(
    start: int, end: int, inside: Mapping[int, Span], texts: Sequence[str]
) -> bool:
    """Tell whether it is an entity and a word of the language in front of it or behind.

    "là trí tuệ nhân tạo" is no "làm trí tuệ nhân tạo".
    """
    span = inside.get(end - 1) or inside.get(start)
    if not span or len(span) != end - start - 1:
        return False
    return is_syllable(texts[start if span.start > start else end - 1])


def _is_slip(word: str, meant: str) -> bool:
    return word.isalpha() and OSA.distance(word, meant, score_cutoff=1) <= 1


Language.factory("near_names", func=lambda nlp, name: NearNames())

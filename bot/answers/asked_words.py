"""Words of questions and lines (``asked.yml``), with diacritics and without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.answers.cues import phrases
from bot.errors import LexiconError
from bot.knowledge.library import read_yaml
from bot.settings import ROOT
from bot.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"(?<=[.?!:])\s+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True)
class Wanted:
    """A kind of thing asked for.

    Attributes:
        asked: What asks for one, in folded text.
        shown: What a text that has one looks like.
        folded: Whether ``shown`` is for folded text.
        weak: Whether many lines have one that are not meant.
        counts: Whether it is a number of something named.
    """

    asked: re.Pattern[str]
    shown: re.Pattern[str]
    folded: bool = False
    weak: bool = False
    counts: bool = False

    def asked_by(self, text: str) -> bool:
        """Tell whether ``text`` asks for this kind."""
        return bool(self.asked.search(fold(text)))

    def shown_by(self, text: str) -> bool:
        """Tell whether ``text`` has one."""
        return bool(self.shown.search(fold(text) if self.folded else text))


class AskedWords:
    """The words of ``asked.yml``, ready to match."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Compile the words.

        Raises:
            KeyError: A part of the file is missing.
        """
        self.fillers = frozenset(map(str, data["fillers"]))
        self.same = tuple(phrases(row) for row in data["same"])
        self.idle = phrases(data["idle"])
        self.unknown = phrases(data["unknown"])
        self.kinds = tuple(map(_kind, data["kinds"].values()))
        self.number = _kind(data["number"], weak=True)
        skipped = "|".join(map(re.escape, data["not_counted"]))
        counted = "|".join(data["counted"])
        self.counted = re.compile(
            rf"(?<!\w)(?:{counted})\s+(?!(?:{skipped})\b)(?P<thing>[^\W\d]\w*)"
        )
        numbers = "|".join(map(fold, data["numbers"]))
        self.figure = rf"(?:(?!(?:19|20)\d\d\b)\d[\d.,]*|{numbers})"


@lru_cache(maxsize=1)
def load_asked(path: Path = ROOT / "data" / "lexicon" / "asked.yml") -> AskedWords:
    """Read the words.

    Raises:
        LexiconError: A part of the file is missing or has the wrong shape.
    """
    try:
        return AskedWords(read_yaml(path))
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise LexiconError(f"{path.name}: {error!r}; see the comments in it") from error


class Terms:
    """The words of a text and their pairs."""

    def __init__(self, text: str, words: AskedWords) -> None:
        """Read ``text``."""
        self.text = text
        spelt = [_spelt(word) for word in _WORD.findall(text)]
        plain = _WORD.findall(fold(text))
        groups = _groups(text, words)
        self.marked = frozenset({*spelt, *_pairs(spelt), *groups})
        self.plain = frozenset({*plain, *_pairs(plain), *groups})


class Query:
    """What a question asks for.

    Attributes:
        terms: Its words, pairs of words and groups of like sayings.
        wanted: The kinds of things it asks for.
    """

    def __init__(self, text: str, words: AskedWords) -> None:
        """Read the question."""
        text = unicodedata.normalize("NFC", text)
        self._marked = not text.isascii()
        self.wanted = _wanted(fold(text), words)
        clauses = _CLAUSE.split(text)
        # What one clause asks for is told by that clause, not by what leads up to it.
        asking = [it for it in clauses if _wanted(fold(it), words)]
        terms: list[str] = []
        for clause in asking or clauses:
            terms += [*self._terms(clause, words), *_groups(clause, words)]
        self.terms = tuple(dict.fromkeys(terms))

    def is_in(self, terms: Terms, term: str) -> bool:
        """Tell whether a text has ``term``, spelt as the question spells it."""
        return term in (terms.marked if self._marked else terms.plain)

    def _terms(self, clause: str, words: AskedWords) -> list[str]:
        kept = fold(clause)
        for kind in (*words.kinds, words.number):
            kept = kind.asked.sub(lambda found: " " * len(found[0]), kept)
        found: list[str] = []
        before = ""
        for it in _WORD.finditer(clause):
            word = _spelt(it[0]) if self._marked else fold(it[0])
            if not kept[it.start() : it.end()].strip():
                before = ""
                continue
            filler = fold(it[0]) in words.fillers
            if not filler:
                found.append(word)
            if before and not (filler and fold(before) in words.fillers):
                found.append(f"{before} {word}")
            before = word
        return found


def _wanted(folded: str, words: AskedWords) -> list[Wanted]:
    folded = words.idle.sub(" ", folded)
    kinds = [kind for kind in words.kinds if kind.asked.search(folded)]
    for kind in kinds:
        folded = kind.asked.sub(" ", folded)
    for it in words.counted.finditer(folded):
        thing = re.escape(it["thing"])
        shown = re.compile(rf"\b{words.figure}\s+(?:\w+\s+)?{thing}\b")
        asked = re.compile(rf"\b(?:may|bao nhieu)\s+{thing}\b")
        kinds.append(Wanted(asked, shown, folded=True, counts=True))
    if not kinds and words.number.asked.search(folded):
        kinds.append(words.number)
    return kinds


def _kind(row: Mapping[str, Sequence[str]], *, weak: bool = False) -> Wanted:
    shown = re.compile("|".join(row["shown"]))
    return Wanted(phrases(row["asked"]), shown, weak=weak)


def _groups(text: str, words: AskedWords) -> list[str]:
    folded = fold(text)
    return [f"={n}" for n, row in enumerate(words.same) if row.search(folded)]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]


def _spelt(word: str) -> str:
    """Return a word with its tone mark at the end: ``hoà`` and ``hòa`` are one."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(it for it in letters if it in _TONES)
    rest = "".join(it for it in letters if it not in _TONES)
    return unicodedata.normalize("NFC", rest) + tone

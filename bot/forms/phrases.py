"""Find listed phrases in what a person typed, with or without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.settings import ROOT
from bot.text.clean import clean
from bot.text.fold import fold
from bot.text.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+")
_LEXICON = ROOT / "data" / "lexicon"
# A negation may stand one word before what it denies.
_LONGEST_ENDING = 4
_GAP = 6


@dataclass(frozen=True)
class Typed:
    """The words of a text: lower case, short forms written out, one blank between.

    A text typed without diacritics is ``plain``, and its words are folded.
    """

    words: str
    plain: bool


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon.read(_LEXICON)


@lru_cache(maxsize=4096)
def read(text: str) -> Typed:
    """Return ``text`` ready to be compared."""
    lower = text.lower()
    plain = lower == fold(lower)
    written_out = _lexicon().expand(clean(text)).text
    words = " ".join(_WORD.findall(written_out.lower()))
    return Typed(fold(words) if plain else words, plain)


def normal(phrase: str) -> str:
    """Return a listed phrase as :func:`read` gives it, diacritics kept."""
    written_out = _lexicon().expand(clean(phrase)).text
    return " ".join(_WORD.findall(written_out.lower()))


class Phrases:
    """A list of phrases, ready to match whole words; "…" is up to six words between.

    A text that has diacritics is compared with them, so that "Dũng" is not "đúng"; a
    text typed without any is compared without.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Prepare the list; the longest phrase that fits is the one found."""
        exact = sorted(set(map(_normal_parts, phrases)), key=len, reverse=True)
        self._whole = {False: frozenset(exact), True: frozenset(map(fold, exact))}
        self._within = {
            False: _pattern(exact),
            True: _pattern(fold(phrase) for phrase in exact),
        }

    def in_text(self, text: str) -> bool:
        """Return whether one of the phrases is in ``text``."""
        typed = read(text)
        return self._within[typed.plain].search(typed.words) is not None

    def are_text(self, text: str, *, strict: bool = False) -> bool:
        """Return whether ``text`` is one of the phrases.

        Args:
            text: What was typed.
            strict: Ask for the diacritics even of a text that has none.
        """
        typed = read(text)
        return typed.words in self._whole[typed.plain and not strict]

    def start_text(self, text: str) -> bool:
        """Return whether ``text`` starts with one of the phrases."""
        typed = read(text)
        return self._within[typed.plain].match(typed.words) is not None

    def end(self, words: str, *, plain: bool) -> bool:
        """Return whether ``words`` end with one of the phrases, or a word behind it."""
        last = words.split()
        return any(
            " ".join(before[-size:]) in self._whole[plain]
            for before in (last, last[:-1])
            for size in range(1, _LONGEST_ENDING + 1)
        )

    def before(self, text: str) -> str:
        """Return the words in front of the first phrase; all when there is none."""
        typed = read(text)
        found = self._within[typed.plain].search(typed.words)
        return typed.words[: found.start()] if found else typed.words

    def behind(self, text: str) -> str:
        """Return the words behind the first phrase; none when there is none."""
        typed = read(text)
        found = self._within[typed.plain].search(typed.words)
        return typed.words[found.end() :].strip() if found else ""

    def without(self, text: str) -> str:
        """Return the words of ``text`` that belong to none of the phrases."""
        typed = read(text)
        return " ".join(self._within[typed.plain].sub(" ", typed.words).split())


def expression(phrase: str, *, gap: int) -> str:
    """Return a normal phrase as a regular expression.

    Args:
        phrase: The phrase; its "…" stands for other words.
        gap: How many words that is at most.
    """
    between = rf"(?: \w+){{0,{gap}}} "
    return between.join(map(re.escape, phrase.split(" … ")))


def _normal_parts(phrase: str) -> str:
    return " … ".join(map(normal, phrase.split("…")))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    options = "|".join(expression(it, gap=_GAP) for it in phrases) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{options})(?!\w)")

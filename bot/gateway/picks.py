"""Tell whether a typed text picks one of the choices on screen ("số 2", "cái đầu").

Careful on purpose: a text that is not clearly a pick is a question and goes to Rasa.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.text.fold import fold

_SHORTEST_PART = 4


def pick(text: str, titles: Sequence[str]) -> int | None:
    """Return the place (from 0) of the title that ``text`` picks, or ``None``."""
    if not titles:
        return None
    places = {_by_number(text, len(titles)), _by_title(text, titles)} - {None}
    return places.pop() if len(places) == 1 else None


class _Lexicon:
    """The words of ``picks.yml``, ready to match."""

    def __init__(self, data: dict[str, Any]) -> None:
        numbered = data["numbered"]
        before = f"(?:{_any(numbered['before'])} )*"
        after = f"(?: {_any(numbered['after'])})*"
        thing = _any(numbered["things"])
        ordinal = _any(numbered["ordinals"])
        cardinal = _any(numbered["cardinals"])
        self.digits = re.compile(
            rf"{before}(?:{thing} )?(?:(?:so|thu) )?0?([1-9]\d?){after}"
        )
        self.words = re.compile(
            rf"{before}(?:(?:{thing} )?(?:so|thu) (?P<ordinal>{ordinal})"
            rf"|{thing} (?P<cardinal>{cardinal})){after}"
        )
        self.ends = re.compile(
            rf"{before}(?:{thing} (?:dau|cuoi)"
            rf"|(?:{thing} )?(?:dau tien|cuoi cung)){after}"
        )
        self.ordinals: dict[str, int] = numbered["ordinals"]
        self.fillers = frozenset(data["fillers"])
        self.asking = frozenset(data["asking"])


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    path = Path(__file__).with_name("picks.yml")
    return _Lexicon(yaml.safe_load(path.read_text(encoding="utf-8")))


def _by_number(text: str, size: int) -> int | None:
    if "%" in text:
        return None
    lexicon, words = _lexicon(), " ".join(_words(fold(text)))
    if lexicon.ends.fullmatch(words):
        number = 1 if "dau" in words.split() else size
    elif found := lexicon.digits.fullmatch(words):
        number = int(found[1])
    elif found := lexicon.words.fullmatch(words):
        number = lexicon.ordinals[found["ordinal"] or found["cardinal"]]
    else:
        return None
    return number - 1 if 1 <= number <= size else None


def _by_title(text: str, titles: Sequence[str]) -> int | None:
    # Without diacritics "co hoi" may be "cơ hội"; typed with them, "có" is not "cơ".
    folded = fold(text) == text.lower()
    typed = _words(text.lower())
    shown = [_words(_form(title, folded)) for title in titles]
    clauses = [_words(_first_clause(_form(title, folded))) for title in titles]
    for forms in (shown, clauses):
        same = [place for place, words in enumerate(forms) if words == typed]
        if same:
            return same[0] if len(same) == 1 else None
    if "?" in text or not _lexicon().asking.isdisjoint(typed):
        return None
    part = _without_fillers(typed)
    if sum(map(len, part)) < _SHORTEST_PART:
        return None
    holding = [place for place, words in enumerate(shown) if _holds(words, part)]
    return holding[0] if len(holding) == 1 else None


def _form(title: str, folded: bool) -> str:
    return fold(title) if folded else title.lower()


def _first_clause(title: str) -> str:
    return re.split(r"[,;:(]| [-–—] ", title, maxsplit=1)[0]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _without_fillers(words: list[str]) -> list[str]:
    fillers = _lexicon().fillers
    start, end = 0, len(words)
    while start < end and words[start] in fillers:
        start += 1
    while start < end and words[end - 1] in fillers:
        end -= 1
    return words[start:end]


def _holds(words: list[str], part: list[str]) -> bool:
    size = len(part)
    return any(words[at : at + size] == part for at in range(len(words) - size + 1))

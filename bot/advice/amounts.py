"""Figures that people answer with: "15 triệu", "hai chục triệu", "toán 8,4", "2k9"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.text.clean import clean
from bot.text.fold import fold

_DIGITS = r"\d+(?:[.,]\d+)?"
_ONES = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_SPELLED_ONE = {word: value for value, word in enumerate(_ONES)} | {"tu": 4, "lam": 5}
_SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_ONES[2:])}) (?:muoi|chuc)|(?P<ten>muoi|mot chuc|chuc)"
    rf"|(?P<one>{'|'.join(_ONES[1:])}))"
    rf"(?: (?P<last>{'|'.join(_SPELLED_ONE)}))?(?= (?P<unit>[a-z]+))"
)
# "1tr5" is one and a half; "10tr/năm" ten.
_GLUED = re.compile(r"(\d+)(tr|cu)(\d)\b")
_BORN = re.compile(r"\b(?:2k(\d{1,2})|((?:19|20)\d\d))\b")
#: How many words may stand between a subject and its mark.
_NEAR = 4
#: "dưới 5" is a little less than 5.
_UNDER = 0.99


@dataclass(frozen=True)
class Scale:
    """Which answer a figure is.

    Attributes:
        units: A figure counts in front of one of these words,
        subjects: or near behind one of these.
        times: Words that multiply it ("tháng": a year has ten to pay for).
        up_to: Answers with the largest figure each stands for, smallest first.
        born: Years of birth count, as ages.
    """

    units: tuple[str, ...]
    up_to: tuple[tuple[float, str], ...]
    subjects: tuple[str, ...] = ()
    times: tuple[tuple[str, float], ...] = ()
    born: bool = False

    def answer(self, text: str, today: date | None = None) -> str | None:
        """Return the answer that the figures of ``text`` give, if any counts."""
        words = _ready(text, self.units)
        ages = self._ages(words, today or date.today()) if self.born else []
        figures = ages or self._figures(words)
        if not figures:
            return None
        # "6 7 điểm" is somewhere between.
        figure = sum(figures) / len(figures) * self._factor(words)
        if re.search(rf"\bduoi {_DIGITS}", words):
            figure *= _UNDER
        return next((option for most, option in self.up_to if figure <= most), None)

    def _figures(self, words: str) -> list[float]:
        units = "|".join(map(re.escape, _folded(self.units)))
        subjects = "|".join(map(re.escape, _folded(self.subjects))) or "(?!)"
        run = rf"((?:{_DIGITS}[ -]+)*{_DIGITS})"
        behind = rf"\b(?:{subjects})\b(?: (?!lop )[a-z]+){{0,{_NEAR}}} {run}\b"
        before = rf"\b{run} ?(?:{units})\b"
        for pattern in (behind, before):
            found = re.search(pattern, words)
            if found:
                return [_number(it) for it in re.findall(_DIGITS, found[1])]
        return []

    def _factor(self, words: str) -> float:
        found = (by for it, by in self.times if re.search(rf"\b{fold(it)}\b", words))
        return next(found, 1.0)

    def _ages(self, words: str, today: date) -> list[float]:
        years = [
            int(full) if full else 2000 + int(short)
            for short, full in _BORN.findall(words)
        ]
        return [today.year - year for year in years if 8 <= today.year - year <= 80]


def _ready(text: str, units: Iterable[str]) -> str:
    folded = fold(clean(text).text.lower())
    folded = re.sub(r"[^\w.,]+|[.,](?!\d)", " ", folded)
    folded = _GLUED.sub(r"\1.\3 \2", folded)
    spelled = {*_folded(units), "phay", "cham"}

    def digits(found: re.Match[str]) -> str:
        if found["unit"] not in spelled:
            return found[0]
        tens = 10 if found["ten"] else 10 * _SPELLED_ONE.get(found["tens"] or "", 0)
        one = _SPELLED_ONE.get(found["one"] or "", 0)
        return str(tens + one + _SPELLED_ONE.get(found["last"] or "", 0))

    return " ".join(_SPELLED.sub(digits, folded).split())


def _folded(words: Iterable[str]) -> list[str]:
    return [fold(word) for word in words]


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))

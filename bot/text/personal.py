"""Find personal data in what a person wrote and put numbered placeholders in its place.

Public numbers of the domain (years, scores, major codes, decision numbers, fees, dates
of documents, hotlines) stay. Text is expected in NFC, without invisible characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["phone", "email", "identity", "card", "account", "birth_date"]

_NAMES: dict[Kind, str] = {
    "phone": "số điện thoại",
    "email": "email",
    "identity": "số giấy tờ",
    "card": "số thẻ",
    "account": "số tài khoản",
    "birth_date": "ngày sinh",
}

# Between the digits of one number people put at most two of these.
_GAP = r"[ \u00a0.\-–_()]{0,2}"
_FROM = r"(?<!\d)(?<!\d[.,])"
_TO = r"(?!\d)"
_TO_NOT_MONEY = (
    r"(?!\d)(?!\s?(?:đồng|dong|vnđ|vnd|đ|usd|triệu|trieu|tỷ|tỉ|ty|ti|nghìn|nghin)\b)"
)
# From a word that says which number follows to that number.
_TELLS = r"(?:(?!mã |ma |ngành|nganh)[^\d\n,.;?]){0,15}\.?\s?"
_DIGIT_WORD = (
    r"(?:không|khong|một|mốt|mot|hai|ba|bốn|bon|tư|tu|năm|lăm|nam|lam"
    r"|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin)"
)
_DAY = (
    r"\d{1,2}(?:\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})"
    r"|\s+(?:tháng|thang)\s+\d{1,2},?\s+(?:năm|nam)\s+\d{4})"
)


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


# The group "it" is what is masked. The first pattern that claims a place keeps it.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "email",
        _pattern(r"(?<![\w.%+\-])(?P<it>[\w.%+\-]+ ?@ ?[\w.\-]+\.[^\W\d_]{2,})"),
    ),
    (
        "birth_date",
        _pattern(
            r"(?:sinh\s+ng[àa]y|ng[àa]y(?:,?\s*th[áa]ng)?(?:,?\s*n[ăa]m)?\s+sinh)"
            # Students' Day is "ngày sinh viên".
            rf"(?!\s*vi[êe]n)[^\d\n]{{0,20}}(?P<it>{_DAY}){_TO}"
        ),
    ),
    # First digits of the card schemes (ISO/IEC 7812); a list of years starts otherwise.
    (
        "card",
        _pattern(
            rf"{_FROM}(?P<it>(?=[3-6]|2[2-7]|9704)(?:\d{{13,19}}"
            r"|\d{4}([ .\-])\d{4}\2\d{4}\2\d{1,4}(?:\2\d{1,3})?"
            r"|\d{4}[ \-]\d{6}[ \-]\d{5})"
            rf"){_TO}"
        ),
    ),
    (
        "account",
        _pattern(
            rf"(?:\bstk\b|t[àa]i kho[ảa]n|\baccount\b){_TELLS}"
            rf"(?P<it>\d(?:[ .\-]?\d){{7,18}}){_TO_NOT_MONEY}"
        ),
    ),
    (
        "identity",
        _pattern(
            r"(?:\bcccd|\bcmnd|\bcmtnd|c[ăa]n c[ưu][ớo]c|ch[ứu]ng minh|đ[ịi]nh danh"
            rf"|gi[ấa]y t[ờo]){_TELLS}(?P<it>\d(?:{_GAP}\d){{8,11}}){_TO}"
        ),
    ),
    (
        "identity",
        _pattern(
            r"(?:hộ chiếu|ho chieu|passport)"
            rf"{_TELLS}(?P<it>[a-z]{{1,2}} ?\d{{6,8}}){_TO}"
        ),
    ),
    # A citizen's number in groups: 092 203 001 234, 0922 0300 1234, 092 203 001234.
    (
        "identity",
        _pattern(
            rf"{_FROM}(?P<it>0\d\d([ .\-])\d{{3}}\2\d{{3}}\2?\d{{3}}"
            rf"|0\d{{3}}([ .\-])\d{{4}}\3\d{{4}}|0\d\d[ .\-]\d{{9}}){_TO}"
        ),
    ),
    ("phone", _pattern(rf"(?<!\d)(?P<it>\+{_GAP}[1-9](?:{_GAP}\d){{8,13}}){_TO}")),
    (
        "phone",
        _pattern(
            rf"{_FROM}(?P<it>0084(?:{_GAP}\d){{9,10}}"
            rf"|84[ \-]?[235789](?:[ \-]?\d){{8,9}}){_TO_NOT_MONEY}"
        ),
    ),
    # Ten digits, or eleven for landlines and the mobile numbers of before 2018.
    (
        "phone",
        _pattern(
            rf"{_FROM}(?P<it>\(0\d{{2,3}}\)(?:{_GAP}\d){{7,8}}{_TO}"
            rf"|0[1-9](?:{_GAP}\d){{8}}(?:{_TO}|{_GAP}\d{_TO})"
            rf"|0(?:[ .\-]\d){{9}}{_TO})"
        ),
    ),
    # Without the leading zero or the area code, only where the text says it is a phone.
    (
        "phone",
        _pattern(
            r"(?:\bs[đd]t\b|\bđt\b|đi[ệe]n tho[ạa]i|dien thoai|\bphone|\btel"
            r"|\bzalo|\bviber)"
            rf"{_TELLS}(?P<it>(?!1[89]00)[1-9](?:[ .\-]?\d){{6,9}}){_TO_NOT_MONEY}"
        ),
    ),
    (
        "phone",
        _pattern(rf"\b(?P<it>kh[ôo]ng(?:[ ,.\-]+{_DIGIT_WORD}){{8,10}})\b"),
    ),
    (
        "identity",
        _pattern(rf"{_FROM}(?P<it>\d{{9}}|\d{{12,19}}){_TO_NOT_MONEY}"),
    ),
)

_MAYBE = _pattern(r"\d|@|không|khong")
_NOT_A_PHONE = re.compile(
    r"(?<!\d)\d{1,2}([.\-])\d{1,2}\1\d{4}(?!\d)"  # a date
    r"|^(?:19|20)\d\d[ .\-–]?(?:19|20)\d\d$"  # two years
    r"|^[1-9]\d{0,2}(?:\.\d{3})*\.000$"  # a round amount
)
_ROUND = re.compile(r"0{5}$")


@dataclass(frozen=True)
class PersonalDatum:
    """One find: ``start`` and ``end`` are places in the original text."""

    kind: Kind
    placeholder: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """A text with placeholders, and what they stand for."""

    text: str
    found: tuple[PersonalDatum, ...]


def mask(text: str) -> Masked:
    """Replace personal data by "[số điện thoại 1]" and the like.

    The same value keeps the same number, so that a phone given twice is one phone.
    """
    if not _MAYBE.search(text):
        return Masked(text, ())
    numbers: dict[tuple[Kind, str], int] = {}
    found = []
    for kind, start, end in _claims(text):
        value = text[start:end]
        known = [number for (other, _), number in numbers.items() if other == kind]
        number = numbers.setdefault((kind, _bare(value)), len(known) + 1)
        placeholder = f"[{_NAMES[kind]} {number}]"
        found.append(PersonalDatum(kind, placeholder, value, start, end))
    return Masked(_replace(text, found), tuple(found))


def _claims(text: str) -> list[tuple[Kind, int, int]]:
    taken: list[tuple[Kind, int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("it")
            free = all(end <= first or start >= last for _, first, last in taken)
            if free and _is_plausible(kind, match["it"]):
                taken.append((kind, start, end))
    return sorted(taken, key=lambda claim: claim[1])


def _is_plausible(kind: Kind, value: str) -> bool:
    if kind == "card":
        return _passes_luhn(_bare(value))
    if kind == "identity":
        return not _ROUND.search(value)
    if kind == "phone":
        return not _NOT_A_PHONE.search(value)
    return True


def _bare(value: str) -> str:
    return "".join(filter(str.isalnum, value)).casefold()


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        amount = int(digit) * (1 + place % 2)
        total += amount - 9 if amount > 9 else amount
    return total % 10 == 0


def _replace(text: str, found: list[PersonalDatum]) -> str:
    pieces = []
    done = 0
    for datum in found:
        pieces += [text[done : datum.start], datum.placeholder]
        done = datum.end
    return "".join([*pieces, text[done:]])

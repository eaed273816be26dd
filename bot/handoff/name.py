"""A name in what a person typed: "dạ em tên Lan ạ" → "Lan"."""

from __future__ import annotations

import re

from bot.forms.phrases import read
from bot.forms.words import phrases
from bot.text.fold import fold
from bot.text.placeholders import remove_placeholders

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LONGEST = 6
_LONGEST_INTRODUCTION = 5
#: A bare name of more words than this starts with a family name.
_LONGEST_GIVEN = 3


def name_in(text: str) -> str | None:
    """Return the name that ``text`` gives, ``None`` when it gives none for certain."""
    words = _WORD.findall(remove_placeholders(text))
    introduced, words = _without_introduction(words)
    words = _without_ending(words)
    if not 0 < len(words) <= _LONGEST:
        return None
    if introduced or phrases("family_names").are_text(words[0], strict=True):
        return _written(words)
    looks_like_one = words[0][0].isupper() and len(words) <= _LONGEST_GIVEN
    return _written(words) if looks_like_one and "?" not in text else None


def introduced_name(text: str) -> str | None:
    """Return the name behind the first words that introduce one ("… tên em là …")."""
    words = _WORD.findall(remove_placeholders(text))
    for start in range(len(words) - 2):
        for size in range(min(len(words) - start - 1, _LONGEST_INTRODUCTION), 1, -1):
            if phrases("name_before").are_text(" ".join(words[start : start + size])):
                name = _without_ending(words[start + size :])
                return _written(name) if len(name) <= _LONGEST else None
    return None


def short_text_as_name(text: str) -> str | None:
    """Return a short text as a name: one was asked for, and nothing reads better."""
    words = _without_ending(_WORD.findall(remove_placeholders(text)))
    titled = bool(words) and any(
        phrases(titles).are_text(words[0]) for titles in ("family_names", "titles")
    )
    longest = _LONGEST if titled else _LONGEST_GIVEN
    return _written(words) if 0 < len(words) <= longest else None


def _without_introduction(words: list[str]) -> tuple[bool, list[str]]:
    for size in range(min(len(words) - 1, _LONGEST_INTRODUCTION), 0, -1):
        if phrases("name_before").are_text(" ".join(words[:size])):
            return read(" ".join(words[:size])).words not in _POLITE, words[size:]
    return False, words


def _without_ending(words: list[str]) -> list[str]:
    while len(words) > 1 and phrases("name_after").are_text(words[-1], strict=True):
        words = words[:-1]
    return words


def _written(words: list[str]) -> str:
    shown = " ".join(words)
    return shown.title() if shown in (shown.lower(), shown.upper()) else shown


#: In front of a name, but no sign that one follows.
_POLITE = frozenset({"dạ", fold("dạ")})

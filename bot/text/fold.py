"""Folding: compare Vietnamese text without tone marks, letter marks and case."""

import unicodedata
from functools import lru_cache

_KEPT = {"đ": "d", "Đ": "d", "ð": "d"}


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """Return the bare lower-case letter of one composed letter; always one character."""
    if letter in _KEPT:
        return _KEPT[letter]
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """Return ``text`` without diacritics and case; same length as its NFC form."""
    if text.isascii():
        return text.lower()
    return "".join(map(fold_letter, unicodedata.normalize("NFC", text)))

"""Folding: compare Vietnamese text without tone marks, letter marks and case."""

import unicodedata

_KEPT = {"đ": "d", "Đ": "d", "ð": "d"}
#: Letters up to here are remembered: Vietnamese ends at U+1EFF.
_REMEMBERED = 0x2000


class _Letters(dict[int, str]):
    """Bare letters by code point, each found when it is first met."""

    def __missing__(self, code: int) -> str:
        bare = fold_letter(chr(code))
        if code < _REMEMBERED:
            self[code] = bare
        return bare


_LETTERS = _Letters()


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
    return unicodedata.normalize("NFC", text).translate(_LETTERS)

"""Whether a person can be reached by what was left, and how to hint at it."""

from __future__ import annotations

import re

# Mobile numbers since 2018, and landlines with their area code.
_VIETNAMESE = re.compile(r"0[35789]\d{8}|02\d{9}")
_FOREIGN = re.compile(r"\+(?!84)[1-9]\d{7,14}")
_EMAIL = re.compile(r"[\w.%+\-]+@(?:[a-z0-9\-]+\.)+[a-z]{2,}", re.IGNORECASE)
_TRIED = re.compile(r"(?:\d[ .\-]*){4,}|@")
_HINT_DIGITS = 3


def is_reachable(kind: str, value: str) -> bool:
    """Return whether ``value`` has the form of a working phone number or e-mail."""
    bare = value.replace(" ", "")
    if kind == "email":
        return _EMAIL.fullmatch(bare) is not None
    digits = re.sub(r"[^\d+]", "", value)
    if not digits:
        # Spelled out ("không chín không …"): the mask has counted the words.
        return True
    if _FOREIGN.fullmatch(digits):
        return True
    national = re.sub(r"^(?:\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    return _VIETNAMESE.fullmatch(national) is not None


def looks_tried(text: str) -> bool:
    """Return whether ``text`` tries to give a number or address that was not one."""
    return _TRIED.search(text) is not None


def hint(kind: str, value: str) -> str:
    """Return so much of ``value`` that its owner knows it again, and no more."""
    if kind == "email":
        name, _, host = value.replace(" ", "").partition("@")
        return f"{name[:1]}…@{host}"
    digits = re.sub(r"\D", "", value)
    return f"…{digits[-_HINT_DIGITS:]}" if digits else ""

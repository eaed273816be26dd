"""Ticket codes: short enough to read out on the phone, hard to mistake."""

from __future__ import annotations

import re
import secrets

#: Without 0 O, 1 I L, 5 S, 8 B, U V: people mix them up when they copy a code by hand.
ALPHABET = "234679ACDEFGHJKMNPQRTWXYZ"
LENGTH = 5
# People type "CT-7K3M9", "ct 7k3m9", "ct7k3m9"; without the hyphen only
# a digit in it tells a code from a word such as "ctuet".
_TYPED = re.compile(
    rf"(?<!\w)ct(?P<gap>[ \-–_.]{{0,2}})(?P<code>[{ALPHABET}]{{{LENGTH}}})(?!\w)",
    re.IGNORECASE,
)


def new_code() -> str:
    """Return a random code such as ``CT-7K3M9``; a digit in it tells it from a word."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(letter.isdigit() for letter in code):
            return f"CT-{code}"


def find_code(text: str) -> str | None:
    """Return the first ticket code in ``text``, in its usual spelling."""
    for found in _TYPED.finditer(text):
        code = found["code"].upper()
        if "-" in found["gap"] or any(letter.isdigit() for letter in code):
            return f"CT-{code}"
    return None

"""Clean what a person typed before anything looks at it."""

from __future__ import annotations

import unicodedata

# Controls, invisible format characters, lone surrogates: PostgreSQL refuses NUL, UTF-8
# has no surrogates, and the rest only serves to hide text.
_DROPPED = {"Cc", "Cf", "Cs"}
# Rasa takes a text that starts with "/" as a command; normalising makes it of others.
_SLASHES = "/／⁄∕"


def clean_typed(text: str) -> str:
    """Return ``text`` in NFC, without invisible characters and leading slashes."""
    kept = "".join(
        letter
        for letter in text
        if letter in "\n\t" or unicodedata.category(letter) not in _DROPPED
    )
    composed = unicodedata.normalize("NFC", kept).strip()
    while composed and composed[0] in _SLASHES:
        composed = composed[1:].lstrip()
    return composed

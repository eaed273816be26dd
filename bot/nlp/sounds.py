"""How a folded word sounds in the Mekong delta: words with one key are taken for each other.

"dziên" and "viên", "chị" and "trị", "tik" and "tích", "nhún" and "nhúng" have one key each.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ONSET = re.compile(r"ngh|gh|gi|dz|[dvzj]|ph?|tr|x|k(?!h)|qu|w")
_ONSETS = {
    "ngh": "ng",
    "gh": "g",
    "ph": "f",
    "p": "b",
    "tr": "ch",
    "x": "s",
    "k": "c",
    "qu": "w",
    "w": "w",
}
_CODA = re.compile(r"(?<=[aeiouy])(?:ch|[ckt]|n[gh]?)$")
_VOWEL_Y = re.compile(r"(?<![aeou])y")


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Return the key of a folded word: what is heard alike at its ends is written alike."""
    onset = _ONSET.match(word)
    if onset:
        # "giữ" loses its "i" to the consonant, "gìn" and "viên" keep it.
        kept = "i" if onset[0] == "gi" and word[2:3] not in {*"aou"} else ""
        word = _ONSETS.get(onset[0], "d") + kept + word[onset.end() :]
    coda = _CODA.search(word)
    if coda:
        word = word[: coda.start()] + ("n" if coda[0].startswith("n") else "t")
    return _VOWEL_Y.sub("i", word)

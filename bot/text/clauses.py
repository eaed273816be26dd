"""Parts of a message that may be questions of their own."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.text.fold import fold

# Read on folded text. Full stops inside numbers and addresses do not end a sentence.
_BREAK = re.compile(
    r"[.?!;\n]+(?=\s|$)"
    r"|,?\s(?:voi lai|va|voi|con|dong thoi|ngoai ra|nhan tien|sau do|roi|them nua)\s"
    r"|,\s"
)
_WORD = re.compile(r"\w+")


def clauses(text: str, *, most: int = 6) -> list[str]:
    """Return the clauses of ``text``, or nothing when it has only one or too many."""
    if len(text) != len(folded := fold(text)):
        # Uncomposed letters: positions would not agree, and such text is rare.
        return []
    breaks = [(match.start(), match.end()) for match in _BREAK.finditer(folded)]
    edges = [(0, 0), *breaks, (len(text), len(text))]
    parts = [text[end:start].strip() for (_, end), (start, _) in pairwise(edges)]
    found = [part for part in parts if _WORD.search(part)]
    return found if 1 < len(found) <= most else []

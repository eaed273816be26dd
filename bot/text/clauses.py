"""Parts of a message that may be questions of their own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from bot.text.fold import fold

# Read on folded text. Full stops inside numbers and addresses do not end a sentence.
_BREAK = re.compile(
    r"(?P<apart>\?[.?!]*(?=\s|$)"
    r"|,?\s(?:voi lai|zoi lai|dong thoi|ngoai ra|nhan tien|san tien|them nua)\s)"
    r"|[.?!;\n]+(?=\s|$)"
    r"|,?\s(?:va|voi|zoi|con|sau do|roi)\s"
    r"|,\s"
)
_ENDS = " \n.?!;"
_WORD = re.compile(r"\w+")


class Clause(NamedTuple):
    """A part of a message.

    Attributes:
        text: The part as typed.
        apart: Whether a question mark or words like "với lại" set it apart from another part.
    """

    text: str
    apart: bool = False


def clauses(text: str, *, most: int = 6) -> list[Clause]:
    """Return the clauses of ``text``, or nothing when it has only one or too many."""
    if len(text) != len(folded := fold(text)):
        # Uncomposed letters: positions would not agree, and such text is rare.
        return []
    end = len(folded.rstrip(_ENDS))
    breaks = [
        (match.start(), match.end(), match["apart"] is not None)
        for match in _BREAK.finditer(folded, 0, end)
    ]
    edges = [(0, 0, False), *breaks, (end, end, False)]
    parts = [
        Clause(text[low:high].strip(), before or behind)
        for (_, low, before), (high, _, behind) in pairwise(edges)
    ]
    found = [part for part in parts if _WORD.search(part.text)]
    return found if 1 < len(found) <= most else []

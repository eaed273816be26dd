"""Cuts an answer or a detail into its lines and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

#: A line longer than this is cut to the sentences asked for.
LONG = 240

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")
_LABEL = re.compile(r"^[^:.;]{2,70}:(?=\s)")


@dataclass(frozen=True)
class Line:
    """A sentence and the line it is from.

    Attributes:
        text: The sentence.
        label: What its line begins with ("AP (2023):"), or nothing.
        whole: Its line.
        heading: What stands above its line ("Điều kiện vay:"), or nothing.
    """

    text: str
    label: str
    whole: str
    heading: str


@lru_cache(maxsize=1024)
def cut(text: str) -> tuple[Line, ...]:
    """Return the sentences of ``text``; headings are no sentences."""
    found: list[Line] = []
    heading = ""
    for row in text.splitlines():
        listed = row.startswith("- ")
        whole = row.removeprefix("- ").strip()
        if not listed:
            heading = whole if whole.endswith(":") else ""
        if not whole or whole == heading:
            continue
        label = _LABEL.match(whole) if listed else None
        found += [
            Line(it, label[0] if label else "", whole if listed else it, heading)
            for it in _SENTENCE.split(whole)
        ]
    return tuple(found)


def say(lines: Iterable[Line]) -> list[str]:
    """Return what is said of the sentences: their line, or they when it is long."""
    texts: dict[str, list[str]] = {}
    for line in lines:
        texts.setdefault(line.whole, []).append(line.text)
    said = []
    for line in lines:
        if line.whole not in texts:
            continue
        chosen = " ".join(texts.pop(line.whole))
        if len(line.whole) <= LONG:
            said.append(line.whole)
        elif chosen.startswith(line.label):
            said.append(chosen)
        else:
            said.append(f"{line.label} {chosen}")
    return said

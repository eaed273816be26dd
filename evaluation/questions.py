"""Held-out questions: one JSON object a line, a folder per set of questions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "questions"

#: Topics that are no answer: refused, or asked back.
SPECIAL = ("out_of_scope", "clarify")


@dataclass(frozen=True)
class HeldOut:
    """A question and what a fair judge accepts as its topic.

    Attributes:
        id: Unique name.
        text: What the person types.
        topic: The topic asked about.
        also: Other topics that are right, too.
        style: How it is typed (``clean``, ``teencode`` …).
        slice: For out of scope, how far: ``near``, ``far`` or ``emergency``.
        set: Which of the sets it is from; each was written by people who saw no other.
    """

    id: str
    text: str
    topic: str
    also: tuple[str, ...] = ()
    style: str = "clean"
    slice: str = ""
    set: str = ""

    @property
    def in_scope(self) -> bool:
        """Tell whether the question is to be answered."""
        return self.topic not in SPECIAL

    def is_right(self, topics: Iterable[str]) -> bool:
        """Tell whether one of the topics given is right."""
        return not {self.topic, *self.also}.isdisjoint(topics)


def read_questions(folder: Path = FOLDER) -> list[HeldOut]:
    """Return every question of the folder and those in it, in order of file and line."""
    return [
        _parse(line, path.parent.name)
        for path in sorted(folder.rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _parse(line: str, origin: str) -> HeldOut:
    row = json.loads(line)
    known = {
        key: row[key] for key in ("id", "text", "topic", "style", "slice") if key in row
    }
    return HeldOut(**known, also=tuple(row.get("also", ())), set=origin)

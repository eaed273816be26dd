"""Ways in which a platform fails, chosen by a seeded generator."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

#: ``refuse``: an error answer, nothing done. ``cut``: done, but the answer is lost.
#: ``drop``: no answer, nothing done.
Fault = Literal["refuse", "cut", "drop"]


@dataclass
class Faults:
    """Fails a share of the calls; ``outage`` fails them all."""

    share: float = 0.0
    kinds: tuple[Fault, ...] = ("refuse", "refuse", "cut", "drop")
    outage: bool = False
    seed: int = 1755
    #: Forced faults for the next calls, first one first.
    planned: list[Fault | None] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def next(self) -> Fault | None:
        if self.planned:
            fault = self.planned.pop(0)
        elif self.outage:
            fault = "drop"
        elif self._random.random() < self.share:
            fault = self._random.choice(self.kinds)
        else:
            fault = None
        self.made += fault is not None
        return fault


class CutError(Exception):
    """The connection ends without an answer."""

"""What one message does to an open form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Outcome(Enum):
    """Where a form stands after a message."""

    ASKING = "asking"
    #: The message is a question of its own; the form asks again behind its answer.
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """What one message does to an open form.

    Attributes:
        outcome: Where the form stands.
        values: Slots to set.
        ask: The slot to ask for next, while asking.
        note: Name of the phrase that is said in front of the question.
        tried: The slot that was answered in a way the form does not understand.
    """

    outcome: Outcome
    values: Mapping[str, Any] = field(default_factory=dict)
    ask: str | None = None
    note: str = ""
    tried: str | None = None


INTERRUPTED = Step(Outcome.INTERRUPTED)
CANCELLED = Step(Outcome.CANCELLED)

"""What went over the wire, for the page and for tests."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock


@dataclass(frozen=True)
class Seen:
    at: str
    channel: str
    way: str
    what: Any


@dataclass(frozen=True)
class Webhook:
    """A call to make to the assistant."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Traffic:
    """The newest calls, both ways."""

    clock: Clock
    seen: deque[Seen] = field(default_factory=lambda: deque(maxlen=500))

    def note(self, channel: str, way: str, what: Any) -> None:
        moment = self.clock().isoformat(timespec="milliseconds")
        self.seen.append(Seen(moment, channel, way, what))

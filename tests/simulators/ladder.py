"""How platforms repeat a call that was not answered 200, on a clock that tests move."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from tests.simulators.traffic import Webhook

#: Zalo: five more times, then the webhook is switched off.
ZALO = tuple(timedelta(seconds=it) for it in (30, 300, 900, 1800, 3600))
#: Meta: at once, then fewer and fewer for 36 hours (the steps are not published).
META = tuple(timedelta(minutes=it) for it in (0, 1, 5, 15, 60, 180, 360, 720, 820))


@dataclass
class Ladder:
    """Delivers webhooks; ``post`` answers with the status."""

    clock: Clock
    post: Callable[[Webhook], Awaitable[int]]
    steps: tuple[timedelta, ...] = ZALO
    disabled: bool = False
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waiting: list[tuple[datetime, int, int, Webhook]] = []
        self._order = itertools.count()

    async def deliver(self, webhook: Webhook, tries: int = 0) -> None:
        webhook.headers["num_retry"] = str(tries)
        status = await self.post(webhook)
        self.statuses.append(status)
        if status == 200:
            return
        if tries >= len(self.steps):
            self.disabled = True
            return
        at = self.clock() + self.steps[tries]
        heapq.heappush(self._waiting, (at, next(self._order), tries + 1, webhook))

    async def deliver_due(self) -> None:
        while self._waiting and self._waiting[0][0] <= self.clock():
            _, _, tries, webhook = heapq.heappop(self._waiting)
            await self.deliver(webhook, tries)

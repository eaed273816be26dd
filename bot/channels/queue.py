"""Work on the rows of a queue table: lease what is due, a few at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

import anyio
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.gateway.logs import log_failure

_Row = TypeVar("_Row")

# How soon rows that another process stored are noticed.
_LOOK_SECONDS = 0.5
_SHORTEST_SECONDS = 0.02
_BROKEN_SECONDS = 2.0


class Queue(Generic[_Row]):
    """Hands rows to ``handle``, at most ``workers`` at once."""

    def __init__(
        self,
        *,
        claim: Callable[[int], Awaitable[list[_Row]]],
        due: Callable[[], Awaitable[datetime | None]],
        handle: Callable[[_Row], Awaitable[None]],
        workers: int,
        clock: Clock,
        pressed: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare; ``run`` begins the work.

        Args:
            claim: Leases up to that many rows.
            due: Tells when the next row is due.
            handle: Works on one row.
            workers: Most rows at once.
            clock: The source of "now".
            pressed: Whether something else needs the machine more; then one row at once.
        """
        self._claim = claim
        self._due = due
        self._handle = handle
        self._workers = workers
        self._clock = clock
        self._pressed = pressed
        self._busy = 0
        self._awake = anyio.Event()

    def wake(self) -> None:
        """Tell that there may be something to do."""
        self._awake.set()

    async def run(self) -> None:
        """Work until cancelled."""
        async with anyio.create_task_group() as tasks:
            while True:
                seconds = _BROKEN_SECONDS
                self._awake = anyio.Event()
                try:
                    for row in await self._claimed():
                        self._busy += 1
                        tasks.start_soon(self._work, row)
                    seconds = await self._idle_seconds()
                except SQLAlchemyError as error:
                    log_failure("channel_queue_unreadable", error)
                with anyio.move_on_after(seconds):
                    await self._awake.wait()

    async def drain(self) -> int:
        """Work on everything that is due now; return how many rows it was."""
        done = 0
        while rows := await self._claim(self._workers):
            for row in rows:
                await self._handle(row)
            done += len(rows)
        return done

    async def _claimed(self) -> list[_Row]:
        most = 1 if self._pressed() else self._workers
        free = most - self._busy
        # Leasing takes the database's write lock: not for one free hand while others
        # are about to be free, and not when nothing is due.
        if free <= 0 or free * 2 < most:
            return []
        due = await self._due()
        if due is None or due > self._clock():
            return []
        return await self._claim(free)

    async def _idle_seconds(self) -> float:
        due = await self._due()
        if due is None:
            return _LOOK_SECONDS
        wait = (due - self._clock()).total_seconds()
        return min(_LOOK_SECONDS, max(_SHORTEST_SECONDS, wait))

    async def _work(self, row: _Row) -> None:
        try:
            await self._handle(row)
        finally:
            self._busy -= 1
            if self._busy == 0 or (self._workers - self._busy) * 2 >= self._workers:
                self.wake()

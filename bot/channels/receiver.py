"""Put what platforms deliver into the inbox before they are told that it arrived."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import anyio
import anyio.to_thread
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.incoming import Echo
from bot.channels.spool import Spool
from bot.clock import Clock
from bot.gateway.logs import log_failure
from bot.storage import channel_people as people
from bot.storage import inbox, outbox
from bot.storage.inbox import Arrival

# What an earlier process left is found without a new call.
_LOOK_SECONDS = 5.0
_GATHER_SECONDS = 0.05
# About 100 calls a second.
_MANY = 6
_PRESSED_SECONDS = 0.5


@dataclass
class _Call:
    arrivals: Sequence[Arrival]
    echoes: Sequence[Echo]
    written: bool = False
    error: Exception | None = None


class Receiver:
    """Writes the calls that came while it was writing in one transaction.

    A burst costs a few transactions, and nobody waits for more than two of them.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        settle: timedelta,
        spool: Spool | None,
    ) -> None:
        """Write to ``spool`` first, if there is one.

        Args:
            engine: The database with the inbox.
            clock: The source of "now".
            settle: How long a message waits for one that was sent before it.
            spool: Takes the calls until ``copy`` puts them into the inbox.
        """
        self._engine = engine
        self._clock = clock
        self._settle = settle
        #: Called when there are new events.
        self.tells: Callable[[], None] = _nobody
        self._spool = spool
        self._calls: list[_Call] = []
        self._lock = anyio.Lock()
        self._filled = anyio.Event()
        self._pressed_until = 0.0
        # Not the threads of other work: an acknowledgement must not queue behind it.
        self._thread = anyio.CapacityLimiter(1)
        self._copier = anyio.CapacityLimiter(1)

    async def keep(self, arrivals: Sequence[Arrival], echoes: Sequence[Echo]) -> None:
        """Return once the events are stored.

        Raises:
            SQLAlchemyError, sqlite3.Error: They could not be stored; the platform must
                try again.
        """
        if not arrivals and not echoes:
            return
        call = _Call(arrivals, echoes)
        self._calls.append(call)
        async with self._lock:
            if not call.written:
                with anyio.CancelScope(shield=True):
                    await self._write_all()
        if call.error is not None:
            raise call.error
        self._filled.set()
        if arrivals or self._spool is not None:
            self.tells()

    async def run(self) -> None:
        """Copy what is in the spool into the inbox, until cancelled."""
        if self._spool is None:
            return
        while True:
            self._filled = anyio.Event()
            try:
                await self.copy()
            except SQLAlchemyError as error:
                log_failure("spool_not_copied", error)
            # Calls of a burst are copied together.
            await anyio.sleep(_GATHER_SECONDS)
            with anyio.move_on_after(_LOOK_SECONDS):
                await self._filled.wait()

    def is_pressed(self) -> bool:
        """Return whether calls come so fast that taking them must come first."""
        return time.monotonic() < self._pressed_until

    def fill(self) -> None:
        """Tell that another process put calls into the spool."""
        self._filled.set()

    async def copy(self) -> None:
        """Copy everything that is in the spool now."""
        while await anyio.to_thread.run_sync(self._copy, limiter=self._copier):
            self.tells()

    async def tidy(self) -> None:
        """Remove from the spool what was copied, now and then, until cancelled."""
        while self._spool is not None:
            try:
                await anyio.to_thread.run_sync(
                    self._remove_copied, limiter=self._thread
                )
            except (SQLAlchemyError, sqlite3.Error) as error:
                log_failure("spool_not_tidied", error)
            await anyio.sleep(_LOOK_SECONDS)

    def close(self) -> None:
        """Close the spool."""
        if self._spool is not None:
            self._spool.close()

    async def _write_all(self) -> None:
        calls, self._calls = self._calls, []
        error: Exception | None = None
        try:
            await anyio.to_thread.run_sync(self._write, calls, limiter=self._thread)
        except (SQLAlchemyError, sqlite3.Error) as failure:
            error = failure
        for call in calls:
            call.written, call.error = True, error

    def _write(self, calls: Sequence[_Call]) -> None:
        arrivals = [arrival for call in calls for arrival in call.arrivals]
        echoes = [echo for call in calls for echo in call.echoes]
        if self._spool is not None:
            self._spool.add(arrivals, echoes)
        else:
            with self._engine.begin() as connection:
                self._store(connection, arrivals, echoes)

    def _copy(self) -> bool:
        assert self._spool is not None
        with self._engine.connect() as connection:
            place = people.mark(connection, self._spool.name) or 0
        batch = self._spool.after(place)
        if batch is None:
            return False
        if len(batch.arrivals) >= _MANY:
            self._pressed_until = time.monotonic() + _PRESSED_SECONDS
        with self._engine.begin() as connection:
            self._store(connection, batch.arrivals, batch.echoes)
            people.set_mark(connection, self._spool.name, batch.last)
        return True

    def _remove_copied(self) -> None:
        assert self._spool is not None
        with self._engine.connect() as connection:
            place = people.mark(connection, self._spool.name)
        if place is not None:
            self._spool.remove(place)

    def _store(
        self,
        connection: Connection,
        arrivals: Sequence[Arrival],
        echoes: Sequence[Echo],
    ) -> None:
        now = self._clock()
        if arrivals:
            inbox.keep(connection, arrivals, at=now, due_at=now + self._settle)
        for echo in echoes:
            if echo.tag.isdecimal():
                outbox.sent(connection, int(echo.tag), echo.platform_id)


def _nobody() -> None:
    return None


def spool_beside(engine: Engine) -> Spool | None:
    """Return the spool of a SQLite file; other databases need none."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Spool(Path(f"{name}-calls"))

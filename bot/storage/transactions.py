"""Transactions in worker threads, for code that must not block the event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy.engine import Connection, Engine

_Result = TypeVar("_Result")


class Transactions:
    """Each call is one short transaction; at most so many run at once."""

    def __init__(self, engine: Engine, *, threads: int) -> None:
        """Use the database behind ``engine``."""
        self._engine = engine
        self._threads = CapacityLimiter(threads)

    async def read(self, work: Callable[[Connection], _Result]) -> _Result:
        """Return what ``work`` reads."""

        def run() -> _Result:
            with self._engine.connect() as connection:
                return work(connection)

        return await anyio.to_thread.run_sync(run, limiter=self._threads)

    async def write(self, work: Callable[[Connection], _Result]) -> _Result:
        """Return what ``work`` returns, committed."""

        def run() -> _Result:
            with self._engine.begin() as connection:
                return work(connection)

        return await anyio.to_thread.run_sync(run, limiter=self._threads)

"""One turn at a time in a conversation, in the order they came."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio

from bot.gateway.problems import Problem

#: A person has one turn running; more than this many behind it is not a person.
MOST_WAITING = 3
LONGEST_WAIT_SECONDS = 10.0
_RETRY_SECONDS = 2.0


@dataclass
class _Lane:
    lock: anyio.Lock = field(default_factory=anyio.Lock)
    size: int = 0


class Lanes:
    """Keeps the turns of each conversation in line."""

    def __init__(self, longest_wait: float = LONGEST_WAIT_SECONDS) -> None:
        """Let nobody wait longer than ``longest_wait`` seconds."""
        self._longest_wait = longest_wait
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def enter(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for the turns that came before, then hold the conversation.

        Raises:
            Problem: 429 ``turn_in_flight``, too many wait or the wait was too long.
        """
        lane = self._lanes.setdefault(conversation_id, _Lane())
        if lane.size > MOST_WAITING:
            raise Problem(429, "turn_in_flight", retry_after=_RETRY_SECONDS)
        lane.size += 1
        try:
            await self._acquire(lane)
            try:
                yield
            finally:
                lane.lock.release()
        finally:
            lane.size -= 1
            if not lane.size:
                del self._lanes[conversation_id]

    async def _acquire(self, lane: _Lane) -> None:
        try:
            with anyio.fail_after(self._longest_wait):
                await lane.lock.acquire()
        except TimeoutError as error:
            raise Problem(429, "turn_in_flight", retry_after=_RETRY_SECONDS) from error

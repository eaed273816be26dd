"""Replies that come after their turn: staff answer, the page hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator

import anyio
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.archive import Archive
from bot.gateway.logs import log_failure
from bot.gateway.problems import Problem
from bot.storage.conversation_tables import Message

_POLL_SECONDS = 2.0
# A wake-up can be missed when two processes store at once: followers also look.
_LOOK_SECONDS = 15.0
# Then the client opens a new stream, with a token that is checked again.
_LONGEST_STREAM_SECONDS = 3600.0
MOST_STREAMS = 4


class LaterReplies:
    """Wakes those who follow a conversation when replies are stored for it."""

    def __init__(self, archive: Archive) -> None:
        """Read from ``archive``."""
        self._archive = archive
        self._waiting: defaultdict[str, set[anyio.Event]] = defaultdict(set)
        self._streams: defaultdict[str, int] = defaultdict(int)

    def open(self, conversation_id: str, after: int) -> AsyncIterator[Message]:
        """Return the replies past ``after``, then those that come, for an hour.

        Raises:
            Problem: 429 ``too_many_streams``.
        """
        if self._streams[conversation_id] >= MOST_STREAMS:
            raise Problem(429, "too_many_streams", retry_after=_LOOK_SECONDS)
        return self._follow(conversation_id, after)

    def announce(self, conversation_id: str) -> None:
        """Wake the followers of a conversation."""
        for event in self._waiting.get(conversation_id, ()):
            event.set()

    async def watch(self) -> None:
        """Announce what other processes store; runs until it is cancelled."""
        place: int | None = None
        while True:
            try:
                place = await self._announce_new(place)
            except SQLAlchemyError as error:
                log_failure("later_replies_unreadable", error)
            await anyio.sleep(_POLL_SECONDS)

    async def _announce_new(self, place: int | None) -> int | None:
        if place is None:
            return await self._archive.last_place()
        if not self._waiting:
            return place
        found = await self._archive.conversations_answered_later(place)
        for _, conversation_id in found:
            self.announce(conversation_id)
        return found[-1][0] if found else place

    async def _follow(self, conversation_id: str, after: int) -> AsyncIterator[Message]:
        event = anyio.Event()
        ends_at = anyio.current_time() + _LONGEST_STREAM_SECONDS
        self._streams[conversation_id] += 1
        try:
            while anyio.current_time() < ends_at:
                # Listen before looking: what is stored in between is not missed.
                self._waiting[conversation_id].discard(event)
                event = anyio.Event()
                self._waiting[conversation_id].add(event)
                for message in await self._archive.later(conversation_id, after):
                    after = message.seq
                    yield message
                with anyio.move_on_after(_LOOK_SECONDS):
                    await event.wait()
        finally:
            self._leave(conversation_id, event)

    def _leave(self, conversation_id: str, event: anyio.Event) -> None:
        self._waiting[conversation_id].discard(event)
        if not self._waiting[conversation_id]:
            del self._waiting[conversation_id]
        self._streams[conversation_id] -= 1
        if not self._streams[conversation_id]:
            del self._streams[conversation_id]

"""Inbox, outbox and people, for code that must not block the event loop."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.engine import Connection, Engine

from bot.channels.channel import JsonObject
from bot.channels.incoming import Incoming
from bot.clock import Clock
from bot.sealing import Seal
from bot.storage import channel_people as people
from bot.storage import inbox, outbox
from bot.storage.channel_people import Person
from bot.storage.inbox import Event
from bot.storage.outbox import NewSend, Send
from bot.storage.transactions import Transactions

#: Who holds a row longer has died.
LEASE = timedelta(seconds=30)
#: Longer than any platform repeats a call; after it a repeated event would be new.
DONE_KEPT = timedelta(days=7)
_THREADS = 4


@dataclass(frozen=True)
class Parcel:
    """What a row of the outbox holds, sealed."""

    user_id: str
    message: JsonObject


@dataclass(frozen=True)
class Rows:
    """How many rows of a queue wait, and how many were given up."""

    waiting: int
    dead: int


@dataclass(frozen=True)
class Done:
    """How an event ends; everything is stored in one transaction."""

    messages: Sequence[JsonObject] = ()
    #: The person did something that lets the account write to them.
    wrote: bool = False
    #: The person left: nothing more goes out.
    left: bool = False
    #: Everything stored of the person is removed.
    erased: bool = False
    paused_until: datetime | None = None


class ChannelStore:
    """Each method is one short transaction in a worker thread."""

    def __init__(
        self, engine: Engine, seal: Seal, clock: Clock, retention_days: int
    ) -> None:
        """Use the database behind ``engine``, already migrated."""
        self._seal = seal
        self._database = Transactions(engine, threads=_THREADS)
        self._clock = clock
        self._retention = timedelta(days=retention_days)

    async def claim_events(self, limit: int) -> list[Event]:
        """Lease events that are due, at most one of a person."""
        now = self._clock()
        return await self._database.write(
            partial(inbox.claim, at=now, lease=LEASE, limit=limit)
        )

    async def claim_sends(self, limit: int) -> list[Send]:
        """Lease messages that are due, at most one to a person."""
        now = self._clock()
        return await self._database.write(
            partial(outbox.claim, at=now, lease=LEASE, limit=limit)
        )

    async def events_due(self) -> datetime | None:
        """Return when the next event is due."""
        return await self._database.read(
            partial(inbox.queue.next_due, at=self._clock())
        )

    async def sends_due(self) -> datetime | None:
        """Return when the next message is due."""
        return await self._database.read(
            partial(outbox.queue.next_due, at=self._clock())
        )

    async def person(self, person: str) -> Person | None:
        """Return a person who wrote lately."""
        return await self._database.read(partial(people.find, person=person))

    async def finish(self, event: Event, incoming: Incoming, done: Done) -> None:
        """Store how an event ends, unless another worker did."""
        sends = self._sends(
            event.channel,
            event.person,
            event.event_key,
            incoming.user_id,
            done.messages,
        )
        now = self._clock()

        def write(connection: Connection) -> None:
            if not inbox.finish(connection, event.seq):
                return
            if done.left:
                outbox.drop_waiting(connection, event.person, error="left")
            if done.wrote and not done.erased:
                people.remember(
                    connection,
                    person=event.person,
                    channel=event.channel,
                    sealed=self._seal.close(incoming.user_id),
                    at=event.sent_at,
                )
            if done.paused_until is not None:
                people.pause(connection, event.person, done.paused_until)
            if done.left or done.erased:
                people.forget(connection, event.person)
                outbox.erase(connection, event.person)
            outbox.add(connection, sends, now)

        await self._database.write(write)

    async def put_event_back(self, seq: int, seconds: float, error: str) -> None:
        """Try an event again later."""
        due = self._clock() + timedelta(seconds=seconds)
        await self._database.write(
            partial(inbox.put_back, seq=seq, due_at=due, error=error)
        )

    async def bury_event(self, seq: int, error: str) -> None:
        """Give an event up."""
        await self._database.write(partial(inbox.queue.bury, seq=seq, error=error))

    def open_event(self, event: Event) -> Incoming:
        """Return what a leased event holds."""
        return Incoming.from_json(self._seal.open(event.sealed))

    def open_send(self, send: Send) -> Parcel:
        """Return what a leased message holds."""
        return Parcel(**json.loads(self._seal.open(send.sealed)))

    async def sent(self, seq: int, platform_id: str | None) -> None:
        """Mark a message sent."""
        await self._database.write(
            partial(outbox.sent, seq=seq, platform_id=platform_id)
        )

    async def put_send_back(
        self, seq: int, seconds: float, error: str, *, doubtful: bool
    ) -> None:
        """Try a message again later."""
        due = self._clock() + timedelta(seconds=seconds)
        await self._database.write(
            partial(
                outbox.put_back, seq=seq, due_at=due, doubtful=doubtful, error=error
            )
        )

    async def drop_send(self, seq: int, error: str) -> None:
        """Give a message up that nobody can receive."""
        await self._database.write(partial(outbox.drop, seq=seq, error=error))

    async def bury_send(self, seq: int, error: str) -> None:
        """Give a message up, for people to look at."""
        await self._database.write(partial(outbox.queue.bury, seq=seq, error=error))

    async def known_ids(self, person: str) -> set[str]:
        """Return the platform's ids of the last messages that went to a person."""
        return await self._database.read(partial(outbox.known_ids, person=person))

    async def add_later(
        self, person: Person, message_id: str, messages: Sequence[JsonObject]
    ) -> None:
        """Add messages that no event asked for."""
        user_id = self._seal.open(person.sealed)
        sends = self._sends(
            person.channel, person.person, message_id, user_id, messages
        )
        await self._database.write(partial(outbox.add, sends=sends, at=self._clock()))

    async def mark(self, name: str) -> int | None:
        """Return how far a reader has come."""
        return await self._database.read(partial(people.mark, name=name))

    async def set_mark(self, name: str, place: int) -> None:
        """Note how far a reader has come."""
        await self._database.write(partial(people.set_mark, name=name, place=place))

    async def figures(self) -> dict[str, Rows]:
        """Return how many rows of each queue wait or were given up."""

        def read(connection: Connection) -> dict[str, Rows]:
            return {
                "inbox": Rows(
                    inbox.queue.waiting(connection), len(inbox.queue.dead(connection))
                ),
                "outbox": Rows(
                    outbox.queue.waiting(connection), len(outbox.queue.dead(connection))
                ),
            }

        return await self._database.read(read)

    async def purge(self) -> None:
        """Remove what need not be kept any more."""
        now = self._clock()
        done, dead = now - DONE_KEPT, now - self._retention

        def write(connection: Connection) -> None:
            inbox.queue.purge(connection, done_before=done, dead_before=dead)
            outbox.queue.purge(connection, done_before=done, dead_before=dead)
            people.purge(connection, dead)

        await self._database.write(write)

    def _sends(
        self,
        channel: str,
        person: str,
        reply_to: str,
        user_id: str,
        messages: Sequence[JsonObject],
    ) -> list[NewSend]:
        return [
            NewSend(channel, person, reply_to, part, self._pack(user_id, message))
            for part, message in enumerate(messages)
        ]

    def _pack(self, user_id: str, message: JsonObject) -> bytes:
        return self._seal.close(
            json.dumps({"user_id": user_id, "message": message}, ensure_ascii=False)
        )

"""Statements on the outbox: messages to people, each made once, sent in order.

The rule for a crash in the middle of a call: ``claim`` marks the row doubtful *before*
the call; only a clear answer takes the mark away. A doubtful row is looked up at the
platform before it is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import (
    DONE,
    DROPPED,
    WAITING,
    channel_sends,
    insert_into,
)
from bot.storage.queue import QueueTable

queue = QueueTable(channel_sends, came=channel_sends.c.created_at)
_KNOWN_IDS = 30


@dataclass(frozen=True)
class NewSend:
    """A message to send; (person, reply_to, part) makes it unique."""

    channel: str
    person: str
    reply_to: str
    part: int
    sealed: bytes


@dataclass(frozen=True)
class Send:
    """A message a worker has leased; ``doubtful`` tells of an earlier call."""

    seq: int
    channel: str
    person: str
    sealed: bytes
    created_at: datetime
    doubtful: bool
    attempts: int


def add(connection: Connection, sends: Sequence[NewSend], at: datetime) -> int:
    """Add messages that are not there yet; return how many."""
    if not sends:
        return 0
    rows = [
        {
            **vars(send),
            "created_at": at,
            "due_at": at,
            "doubtful": False,
            "state": WAITING,
            "attempts": 0,
        }
        for send in sends
    ]
    added = connection.execute(
        insert_into(connection, channel_sends)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["person", "reply_to", "part"])
    )
    return int(added.rowcount)


def claim(
    connection: Connection, *, at: datetime, lease: timedelta, limit: int
) -> list[Send]:
    """Lease the next message of each of up to ``limit`` people, and mark it doubtful."""
    mine, other = channel_sends.c, channel_sends.alias("other").c
    earlier = exists().where(
        other.person == mine.person, other.state == WAITING, other.seq < mine.seq
    )
    found = queue.claim(
        connection,
        [mine.channel, mine.person, mine.sealed, mine.created_at, mine.doubtful],
        blocked=earlier,
        at=at,
        lease=lease,
        limit=limit,
        doubtful=True,
    )
    return [Send(*row) for row in found]


def sent(connection: Connection, seq: int, platform_id: str | None) -> None:
    """Mark a message sent and empty it."""
    connection.execute(
        update(channel_sends)
        .where(channel_sends.c.seq == seq, channel_sends.c.state != DONE)
        .values(
            state=DONE,
            sealed=None,
            doubtful=False,
            leased_until=None,
            error=None,
            platform_id=platform_id,
        )
    )


def put_back(
    connection: Connection, seq: int, *, due_at: datetime, doubtful: bool, error: str
) -> None:
    """Give up the lease; the message is tried again at ``due_at``."""
    queue.end(connection, seq, due_at=due_at, doubtful=doubtful, error=error)


def drop(connection: Connection, seq: int, *, error: str) -> None:
    """Give a message up that nobody can receive any more, and empty it."""
    queue.end(connection, seq, state=DROPPED, error=error, sealed=None)


def drop_waiting(connection: Connection, person: str, *, error: str) -> None:
    """Give up what waits for a person who left."""
    connection.execute(
        update(channel_sends)
        .where(channel_sends.c.person == person, channel_sends.c.state == WAITING)
        .values(state=DROPPED, sealed=None, leased_until=None, error=error)
    )


def known_ids(connection: Connection, person: str) -> set[str]:
    """Return the platform's ids of the last messages that went to a person."""
    query = (
        select(channel_sends.c.platform_id)
        .where(
            channel_sends.c.person == person, channel_sends.c.platform_id.is_not(None)
        )
        .order_by(channel_sends.c.seq.desc())
        .limit(_KNOWN_IDS)
    )
    return set(connection.execute(query).scalars())


def erase(connection: Connection, person: str) -> None:
    """Remove what is stored of messages that went to a person."""
    connection.execute(
        delete(channel_sends).where(
            channel_sends.c.person == person, channel_sends.c.state != WAITING
        )
    )

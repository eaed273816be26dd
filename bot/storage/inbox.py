"""Statements on the inbox: events that platforms delivered, each kept once.

One event of a person is worked on at a time, in the order they were sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import DONE, WAITING, channel_events, insert_into
from bot.storage.queue import QueueTable

queue = QueueTable(channel_events, came=channel_events.c.received_at)

# SQLite takes 32,766 values in a statement; a row has ten.
_ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Arrival:
    """An event to keep; ``event_key`` stands for the platform's id of it."""

    channel: str
    event_key: str
    person: str
    kind: str
    sealed: bytes
    sent_at: datetime


@dataclass(frozen=True)
class Event:
    """An event a worker has leased; ``attempts`` counts this one."""

    seq: int
    channel: str
    event_key: str
    person: str
    kind: str
    sealed: bytes
    sent_at: datetime
    received_at: datetime
    attempts: int


def keep(
    connection: Connection,
    arrivals: Sequence[Arrival],
    *,
    at: datetime,
    due_at: datetime,
) -> int:
    """Keep the events that are new; return how many."""
    rows = [
        {
            **asdict(arrival),
            "received_at": at,
            "due_at": due_at,
            "state": WAITING,
            "attempts": 0,
        }
        for arrival in arrivals
    ]
    new = insert_into(connection, channel_events)
    kept = 0
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        some = new.values(rows[first : first + _ROWS_AT_ONCE])
        done = connection.execute(
            some.on_conflict_do_nothing(index_elements=["channel", "event_key"])
        )
        kept += done.rowcount
    return kept


def claim(
    connection: Connection, *, at: datetime, lease: timedelta, limit: int
) -> list[Event]:
    """Lease the next event of each of up to ``limit`` people."""
    mine = channel_events.c
    columns = [
        mine.channel,
        mine.event_key,
        mine.person,
        mine.kind,
        mine.sealed,
        mine.sent_at,
        mine.received_at,
    ]
    found = queue.claim(
        connection, columns, blocked=_blocked(at), at=at, lease=lease, limit=limit
    )
    return [Event(*row) for row in found]


def _blocked(at: datetime) -> Any:
    """Return the condition that a person is being answered, or sent something earlier."""
    mine, other = channel_events.c, channel_events.alias("other").c
    earlier = or_(
        other.sent_at < mine.sent_at,
        and_(other.sent_at == mine.sent_at, other.seq < mine.seq),
    )
    return exists().where(
        other.person == mine.person,
        other.state == WAITING,
        other.seq != mine.seq,
        or_(other.leased_until > at, earlier),
    )


def finish(connection: Connection, seq: int) -> bool:
    """Mark an event done and empty it.

    Returns:
        Whether it was still waiting; not when another worker finished it.
    """
    return queue.end(connection, seq, state=DONE, sealed=None, error=None)


def put_back(
    connection: Connection, seq: int, *, due_at: datetime, error: str | None
) -> None:
    """Give up the lease; the event is tried again at ``due_at``."""
    queue.end(connection, seq, due_at=due_at, error=error)

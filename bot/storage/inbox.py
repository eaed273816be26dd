"""Statements on the inbox: events that platforms delivered, each kept once.

One event of a person is worked on at a time, in the order they were sent; a worker that
dies loses its lease and another one goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import (
    DEAD,
    DONE,
    WAITING,
    channel_events,
    insert_into,
    lock_queues,
)

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


@dataclass(frozen=True)
class DeadLetter:
    """A row that was given up."""

    seq: int
    channel: str
    at: datetime
    attempts: int
    error: str


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
    mine = channel_events
    free = _free(at)
    # With a long queue looking takes a while; the lock is only held to look again at
    # the few that were found.
    seen = connection.execute(
        select(mine.c.seq).where(*free).order_by(mine.c.due_at).limit(limit)
    ).scalars()
    candidates = list(seen)
    if not candidates:
        return []
    lock_queues(connection)
    found = connection.execute(
        select(
            mine.c.seq,
            mine.c.channel,
            mine.c.event_key,
            mine.c.person,
            mine.c.kind,
            mine.c.sealed,
            mine.c.sent_at,
            mine.c.received_at,
            mine.c.attempts + 1,
        ).where(mine.c.seq.in_(candidates), *free)
    ).all()
    connection.execute(
        update(mine)
        .where(mine.c.seq.in_([row[0] for row in found]))
        .values(leased_until=at + lease, attempts=mine.c.attempts + 1)
    )
    return [Event(*row) for row in found]


def _free(at: datetime) -> list[Any]:
    """Return what makes an event the next one of a person whom nobody answers."""
    mine, other = channel_events, channel_events.alias("other")
    earlier = or_(
        other.c.sent_at < mine.c.sent_at,
        and_(other.c.sent_at == mine.c.sent_at, other.c.seq < mine.c.seq),
    )
    blocked = exists().where(
        other.c.person == mine.c.person,
        other.c.state == WAITING,
        other.c.seq != mine.c.seq,
        or_(other.c.leased_until > at, earlier),
    )
    return [
        mine.c.state == WAITING,
        mine.c.due_at <= at,
        or_(mine.c.leased_until.is_(None), mine.c.leased_until <= at),
        ~blocked,
    ]


def finish(connection: Connection, seq: int) -> bool:
    """Mark an event done and empty it.

    Returns:
        Whether it was still waiting; not when another worker finished it.
    """
    changed = connection.execute(
        update(channel_events)
        .where(channel_events.c.seq == seq, channel_events.c.state == WAITING)
        .values(state=DONE, sealed=None, leased_until=None, error=None)
    )
    return bool(changed.rowcount)


def put_back(
    connection: Connection, seq: int, *, due_at: datetime, error: str | None
) -> None:
    """Give up the lease; the event is tried again at ``due_at``."""
    connection.execute(
        update(channel_events)
        .where(channel_events.c.seq == seq, channel_events.c.state == WAITING)
        .values(due_at=due_at, leased_until=None, error=error)
    )


def bury(connection: Connection, seq: int, *, error: str) -> None:
    """Give an event up; it is kept for people to look at and replay."""
    connection.execute(
        update(channel_events)
        .where(channel_events.c.seq == seq, channel_events.c.state == WAITING)
        .values(state=DEAD, leased_until=None, error=error)
    )


def next_due(connection: Connection, at: datetime) -> datetime | None:
    """Return when the next waiting event that nobody holds at ``at`` is due."""
    columns = channel_events.c
    query = select(func.min(columns.due_at)).where(
        columns.state == WAITING,
        or_(columns.leased_until.is_(None), columns.leased_until <= at),
    )
    due: datetime | None = connection.execute(query).scalar_one_or_none()
    return due


def waiting(connection: Connection) -> int:
    """Return how many events wait."""
    query = select(func.count()).select_from(channel_events)
    return int(
        connection.execute(query.where(channel_events.c.state == WAITING)).scalar_one()
    )


def dead(connection: Connection) -> list[DeadLetter]:
    """Return the events that were given up, oldest first."""
    columns = channel_events.c
    rows = connection.execute(
        select(
            columns.seq,
            columns.channel,
            columns.received_at,
            columns.attempts,
            columns.error,
        )
        .where(columns.state == DEAD)
        .order_by(columns.seq)
    )
    return [DeadLetter(*row) for row in rows]


def replay(connection: Connection, at: datetime, seqs: Sequence[int] | None) -> int:
    """Let given-up events wait again (all, or those of ``seqs``); return how many."""
    query = update(channel_events).where(
        channel_events.c.state == DEAD, channel_events.c.sealed.is_not(None)
    )
    if seqs is not None:
        query = query.where(channel_events.c.seq.in_(list(seqs)))
    changed = connection.execute(
        query.values(state=WAITING, attempts=0, due_at=at, received_at=at, error=None)
    )
    return int(changed.rowcount)


def purge(
    connection: Connection, *, done_before: datetime, dead_before: datetime
) -> None:
    """Remove events that were finished, or given up, long ago."""
    table = channel_events.c
    connection.execute(
        delete(channel_events).where(
            or_(
                and_(table.state == DONE, table.received_at < done_before),
                and_(table.state == DEAD, table.received_at < dead_before),
            )
        )
    )

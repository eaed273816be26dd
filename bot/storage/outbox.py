"""Statements on the outbox: messages to people, each made once, sent in order.

The rule for a crash in the middle of a call: ``claim`` marks the row doubtful *before*
the call; only a clear answer takes the mark away. A doubtful row is looked up at the
platform before it is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import (
    DEAD,
    DONE,
    DROPPED,
    WAITING,
    channel_sends,
    insert_into,
    lock_queues,
)
from bot.storage.inbox import DeadLetter

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
    mine = channel_sends
    free = _free(at)
    # As in the inbox: the lock is not held while the whole queue is looked at.
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
            mine.c.person,
            mine.c.sealed,
            mine.c.created_at,
            mine.c.doubtful,
            mine.c.attempts + 1,
        ).where(mine.c.seq.in_(candidates), *free)
    ).all()
    connection.execute(
        update(mine)
        .where(mine.c.seq.in_([row[0] for row in found]))
        .values(leased_until=at + lease, attempts=mine.c.attempts + 1, doubtful=True)
    )
    return [Send(*row) for row in found]


def _free(at: datetime) -> list[Any]:
    """Return what makes a message the next one of its person."""
    mine, other = channel_sends, channel_sends.alias("other")
    blocked = exists().where(
        other.c.person == mine.c.person,
        other.c.state == WAITING,
        other.c.seq < mine.c.seq,
    )
    return [
        mine.c.state == WAITING,
        mine.c.due_at <= at,
        or_(mine.c.leased_until.is_(None), mine.c.leased_until <= at),
        ~blocked,
    ]


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
    connection.execute(
        update(channel_sends)
        .where(channel_sends.c.seq == seq, channel_sends.c.state == WAITING)
        .values(due_at=due_at, doubtful=doubtful, leased_until=None, error=error)
    )


def drop(connection: Connection, seq: int, *, error: str) -> None:
    """Give a message up that nobody can receive any more, and empty it."""
    _end(connection, seq, state=DROPPED, error=error, sealed=None)


def bury(connection: Connection, seq: int, *, error: str) -> None:
    """Give a message up; it is kept for people to look at and replay."""
    _end(connection, seq, state=DEAD, error=error)


def _end(connection: Connection, seq: int, **values: object) -> None:
    connection.execute(
        update(channel_sends)
        .where(channel_sends.c.seq == seq, channel_sends.c.state == WAITING)
        .values(leased_until=None, **values)
    )


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


def next_due(connection: Connection, at: datetime) -> datetime | None:
    """Return when the next waiting message that nobody holds at ``at`` is due."""
    columns = channel_sends.c
    query = select(func.min(columns.due_at)).where(
        columns.state == WAITING,
        or_(columns.leased_until.is_(None), columns.leased_until <= at),
    )
    due: datetime | None = connection.execute(query).scalar_one_or_none()
    return due


def waiting(connection: Connection) -> int:
    """Return how many messages wait."""
    query = select(func.count()).select_from(channel_sends)
    return int(
        connection.execute(query.where(channel_sends.c.state == WAITING)).scalar_one()
    )


def dead(connection: Connection) -> list[DeadLetter]:
    """Return the messages that were given up, oldest first."""
    columns = channel_sends.c
    rows = connection.execute(
        select(
            columns.seq,
            columns.channel,
            columns.created_at,
            columns.attempts,
            columns.error,
        )
        .where(columns.state == DEAD)
        .order_by(columns.seq)
    )
    return [DeadLetter(*row) for row in rows]


def replay(connection: Connection, at: datetime, seqs: Sequence[int] | None) -> int:
    """Let given-up messages wait again (all, or those of ``seqs``); return how many."""
    query = update(channel_sends).where(
        channel_sends.c.state == DEAD, channel_sends.c.sealed.is_not(None)
    )
    if seqs is not None:
        query = query.where(channel_sends.c.seq.in_(list(seqs)))
    changed = connection.execute(
        query.values(state=WAITING, attempts=0, due_at=at, created_at=at, error=None)
    )
    return int(changed.rowcount)


def erase(connection: Connection, person: str) -> None:
    """Remove what is stored of messages that went to a person."""
    connection.execute(
        delete(channel_sends).where(
            channel_sends.c.person == person, channel_sends.c.state != WAITING
        )
    )


def purge(
    connection: Connection, *, done_before: datetime, dead_before: datetime
) -> None:
    """Remove messages that were sent, dropped, or given up, long ago."""
    table = channel_sends.c
    connection.execute(
        delete(channel_sends).where(
            or_(
                and_(table.state.in_([DONE, DROPPED]), table.created_at < done_before),
                and_(table.state == DEAD, table.created_at < dead_before),
            )
        )
    )

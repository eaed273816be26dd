"""Statements on a queue: a table of rows that wait, are leased, and end.

A worker that dies loses its lease and another one goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import DEAD, DONE, DROPPED, WAITING

_LOCK_NUMBER = 1755_07


@dataclass(frozen=True)
class DeadLetter:
    """A row that was given up."""

    seq: int
    channel: str
    at: datetime
    attempts: int
    error: str


class QueueTable:
    """The statements that are the same for every queue."""

    def __init__(self, table: Table, *, came: Column[Any]) -> None:
        """Use ``table``; its column ``came`` holds when a row came."""
        self._table = table
        self._came = came

    def claim(
        self,
        connection: Connection,
        columns: Sequence[Column[Any]],
        *,
        blocked: Any,
        at: datetime,
        lease: timedelta,
        limit: int,
        **values: object,
    ) -> list[Any]:
        """Lease up to ``limit`` rows that are due.

        Args:
            connection: A transaction in which nothing was written yet.
            columns: What is wanted of each row.
            blocked: The condition by which a row has to wait for another one.
            at: The moment now.
            lease: How long the rows are held.
            limit: Most rows.
            values: What is set beside the lease.

        Returns:
            For each row its number, ``columns`` as they were, and which attempt this is.
        """
        mine = self._table.c
        free = [*self._loose(at), mine.due_at <= at, ~blocked]
        # With a long queue looking takes a while; the lock is only held to look again at
        # the few that were found.
        seen = connection.execute(
            select(mine.seq).where(*free).order_by(mine.due_at).limit(limit)
        ).scalars()
        candidates = list(seen)
        if not candidates:
            return []
        _lock(connection)
        found = connection.execute(
            select(mine.seq, *columns, mine.attempts + 1).where(
                mine.seq.in_(candidates), *free
            )
        ).all()
        connection.execute(
            update(self._table)
            .where(mine.seq.in_([row[0] for row in found]))
            .values(leased_until=at + lease, attempts=mine.attempts + 1, **values)
        )
        return list(found)

    def end(self, connection: Connection, seq: int, **values: object) -> bool:
        """Give up the lease of a waiting row and set ``values``.

        Returns:
            Whether it was still waiting; not when another worker ended it.
        """
        columns = self._table.c
        changed = connection.execute(
            update(self._table)
            .where(columns.seq == seq, columns.state == WAITING)
            .values(leased_until=None, **values)
        )
        return bool(changed.rowcount)

    def bury(self, connection: Connection, seq: int, *, error: str) -> None:
        """Give a row up; it is kept for people to look at and replay."""
        self.end(connection, seq, state=DEAD, error=error)

    def next_due(self, connection: Connection, at: datetime) -> datetime | None:
        """Return when the next waiting row that nobody holds at ``at`` is due."""
        query = select(func.min(self._table.c.due_at)).where(*self._loose(at))
        due: datetime | None = connection.execute(query).scalar_one_or_none()
        return due

    def waiting(self, connection: Connection) -> int:
        """Return how many rows wait."""
        query = select(func.count()).select_from(self._table)
        return int(
            connection.execute(query.where(self._table.c.state == WAITING)).scalar_one()
        )

    def dead(self, connection: Connection) -> list[DeadLetter]:
        """Return the rows that were given up, oldest first."""
        columns = self._table.c
        rows = connection.execute(
            select(
                columns.seq,
                columns.channel,
                self._came,
                columns.attempts,
                columns.error,
            )
            .where(columns.state == DEAD)
            .order_by(columns.seq)
        )
        return [DeadLetter(*row) for row in rows]

    def replay(
        self, connection: Connection, at: datetime, seqs: Sequence[int] | None
    ) -> int:
        """Let given-up rows wait again (all, or those of ``seqs``); return how many."""
        columns = self._table.c
        query = update(self._table).where(
            columns.state == DEAD, columns.sealed.is_not(None)
        )
        if seqs is not None:
            query = query.where(columns.seq.in_(list(seqs)))
        again = {"state": WAITING, "attempts": 0, "due_at": at, "error": None}
        changed = connection.execute(query.values({**again, self._came.name: at}))
        return int(changed.rowcount)

    def purge(
        self, connection: Connection, *, done_before: datetime, dead_before: datetime
    ) -> None:
        """Remove rows that were done, dropped, or given up, long ago."""
        state, came = self._table.c.state, self._came
        connection.execute(
            delete(self._table).where(
                or_(
                    and_(state.in_([DONE, DROPPED]), came < done_before),
                    and_(state == DEAD, came < dead_before),
                )
            )
        )

    def _loose(self, at: datetime) -> list[Any]:
        """Return what makes a row one that waits and that nobody holds."""
        columns = self._table.c
        return [
            columns.state == WAITING,
            or_(columns.leased_until.is_(None), columns.leased_until <= at),
        ]


def _lock(connection: Connection) -> None:
    """Let one process at a time choose rows; call it before the first write.

    SQLite takes its write lock at once, because a transaction that begins with a read
    fails instead of waiting (https://www.sqlite.org/isolation.html).
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})")

"""Table of rotating access tokens: one row per channel, changed in one statement.

A refresh token works once. So one process at a time may use it (the lease), and the new
pair is committed before anybody uses it; the pair before it is kept for people to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, LargeBinary, String, Table, or_, select, update
from sqlalchemy.engine import Connection

from bot.storage.channel_tables import insert_into
from bot.storage.columns import UtcDateTime
from bot.storage.database import metadata

channel_tokens = Table(
    "channel_tokens",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("previous", LargeBinary),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("error", String(64)),
)


@dataclass(frozen=True)
class TokenRow:
    """The pair in use; ``error`` is set when a refresh was refused."""

    version: int
    sealed: bytes
    expires_at: datetime
    changed_at: datetime
    error: str | None


def read(connection: Connection, channel: str) -> TokenRow | None:
    """Return the pair in use."""
    columns = channel_tokens.c
    row = connection.execute(
        select(
            columns.version,
            columns.sealed,
            columns.expires_at,
            columns.changed_at,
            columns.error,
        ).where(columns.channel == channel)
    ).one_or_none()
    return TokenRow(*row) if row else None


def lease(
    connection: Connection, channel: str, *, version: int, at: datetime, seconds: float
) -> bool:
    """Take the right to refresh pair ``version``; ``False`` when somebody else has it."""
    columns = channel_tokens.c
    taken = connection.execute(
        update(channel_tokens)
        .where(
            columns.channel == channel,
            columns.version == version,
            or_(columns.leased_until.is_(None), columns.leased_until <= at),
        )
        .values(leased_until=at + timedelta(seconds=seconds))
    )
    return bool(taken.rowcount)


def replace(
    connection: Connection,
    channel: str,
    *,
    sealed: bytes,
    expires_at: datetime,
    at: datetime,
) -> None:
    """Store a new pair; the one before it stays beside it."""
    columns = channel_tokens.c
    new = insert_into(connection, channel_tokens).values(
        channel=channel, version=1, sealed=sealed, expires_at=expires_at, changed_at=at
    )
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["channel"],
            set_={
                "version": columns.version + 1,
                "previous": columns.sealed,
                "sealed": sealed,
                "expires_at": expires_at,
                "changed_at": at,
                "leased_until": None,
                "error": None,
            },
        )
    )


def release(connection: Connection, channel: str, *, error: str | None) -> None:
    """Give the lease back; ``error`` says why the pair cannot be refreshed."""
    connection.execute(
        update(channel_tokens)
        .where(channel_tokens.c.channel == channel)
        .values(leased_until=None, error=error)
    )

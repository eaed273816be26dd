"""Table of the dialogue state that Rasa keeps, one row per conversation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection

from bot.storage.database import metadata

trackers = Table(
    "trackers",
    metadata,
    Column("sender_id", String(64), primary_key=True),
    Column("saved_at", DateTime(timezone=True), nullable=False, index=True),
    Column("events", LargeBinary, nullable=False),
)


def read(connection: Connection, sender_id: str) -> bytes | None:
    """Return the stored events of a conversation."""
    query = select(trackers.c.events).where(trackers.c.sender_id == sender_id)
    return connection.execute(query).scalar_one_or_none()


def write(connection: Connection, sender_id: str, events: bytes, at: datetime) -> None:
    """Store the events of a conversation in place of what was there."""
    row = {"saved_at": at, "events": events}
    changed = connection.execute(
        update(trackers).where(trackers.c.sender_id == sender_id).values(**row)
    )
    if not changed.rowcount:
        connection.execute(insert(trackers).values(sender_id=sender_id, **row))


def sender_ids(connection: Connection) -> list[str]:
    """Return every conversation that has stored events."""
    return list(connection.execute(select(trackers.c.sender_id)).scalars())


def erase(connection: Connection, sender_id: str) -> None:
    """Remove the stored events of a conversation."""
    connection.execute(delete(trackers).where(trackers.c.sender_id == sender_id))

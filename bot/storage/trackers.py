"""Table of the dialogue state that Rasa keeps, one row per conversation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    String,
    Table,
    bindparam,
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


# Run at every turn, so made once.
_READ = select(trackers.c.events).where(trackers.c.sender_id == bindparam("sender"))
_CHANGE = update(trackers).where(trackers.c.sender_id == bindparam("sender"))
_ADD = insert(trackers)


def read(connection: Connection, sender_id: str) -> bytes | None:
    """Return the stored events of a conversation."""
    return connection.execute(_READ, {"sender": sender_id}).scalar_one_or_none()


def write(connection: Connection, sender_id: str, events: bytes, at: datetime) -> None:
    """Store the events of a conversation in place of what was there."""
    row = {"saved_at": at, "events": events}
    if not connection.execute(_CHANGE, {"sender": sender_id, **row}).rowcount:
        connection.execute(_ADD, {"sender_id": sender_id, **row})


def sender_ids(connection: Connection) -> list[str]:
    """Return every conversation that has stored events."""
    return list(connection.execute(select(trackers.c.sender_id)).scalars())


def erase(connection: Connection, sender_id: str) -> None:
    """Remove the stored events of a conversation."""
    connection.execute(delete(trackers).where(trackers.c.sender_id == sender_id))

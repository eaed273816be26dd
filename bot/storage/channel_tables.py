"""Tables of the channels: inbox, outbox, the people who write, and a mark."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection

from bot.storage.columns import UtcDateTime
from bot.storage.database import metadata

#: A row of a queue is ``waiting`` (also while somebody works on it), then one of the others.
WAITING, DONE, DEAD, DROPPED = "waiting", "done", "dead", "dropped"

_INSERTS: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


def _queue_columns() -> list[Column[Any]]:
    return [
        Column("state", String(8), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due_at", UtcDateTime, nullable=False),
        Column("leased_until", UtcDateTime),
        Column("error", String(64)),
    ]


#: What platforms delivered. ``sealed`` is emptied as soon as the event is done.
channel_events = Table(
    "channel_events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("event_key", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("sealed", LargeBinary),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    *_queue_columns(),
    UniqueConstraint("channel", "event_key"),
    Index("ix_channel_events_state_due_at", "state", "due_at"),
    Index("ix_channel_events_person_state", "person", "state"),
    sqlite_autoincrement=True,
)

#: What goes out. ``doubtful``: a call was begun and its outcome is not known (yet).
channel_sends = Table(
    "channel_sends",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("person", String(64), nullable=False),
    Column("reply_to", String(64), nullable=False),
    Column("part", Integer, nullable=False),
    Column("sealed", LargeBinary),
    Column("created_at", UtcDateTime, nullable=False),
    Column("doubtful", Boolean, nullable=False),
    Column("platform_id", String(255)),
    *_queue_columns(),
    UniqueConstraint("person", "reply_to", "part"),
    Index("ix_channel_sends_state_due_at", "state", "due_at"),
    Index("ix_channel_sends_person_state", "person", "state"),
    sqlite_autoincrement=True,
)

#: Who wrote lately; ``sealed`` holds the platform's user id.
channel_people = Table(
    "channel_people",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    Column("paused_until", UtcDateTime),
)

#: How far a reader of another table has come.
channel_marks = Table(
    "channel_marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("place", Integer, nullable=False),
)


def insert_into(connection: Connection, table: Table) -> Any:
    """Return an INSERT that knows ``ON CONFLICT``, which both databases have."""
    return _INSERTS[connection.dialect.name](table)

"""Tables of conversations, and a row of each as code sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import UtcDateTime
from bot.storage.database import metadata

JsonObject = dict[str, Any]

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)

messages = Table(
    "messages",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column(
        "conversation_id",
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("client_key", String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("later", Boolean, nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("text", Text),
    Column("replies", JSON, nullable=False),
    Column("offers", JSON, nullable=False),
    UniqueConstraint("conversation_id", "client_key"),
    Index("ix_messages_conversation_id_seq", "conversation_id", "seq"),
    Index("ix_messages_later_seq", "later", "seq"),
    # Without it SQLite gives the numbers of erased messages to new ones.
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column(
        "message_id",
        ForeignKey("messages.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("rating", String(4), nullable=False),
    Column("comment", Text),
)


@dataclass(frozen=True)
class Offer:
    """Something a person may choose: its public id and what Rasa is told.

    ``listed`` choices can also be typed ("số 2"); the others are related topics.
    """

    id: str
    title: str
    payload: JsonObject
    listed: bool


@dataclass(frozen=True)
class Turn:
    """A turn to store.

    ``client_key`` stands for the client's own message id; ``replaces`` is the id of the
    failed message that this turn is the second try of.
    """

    id: str
    conversation_id: str
    channel: str
    client_key: str | None
    text: str
    replies: list[JsonObject]
    offers: list[Offer]
    failed: bool
    replaces: str | None = None


@dataclass(frozen=True)
class Message:
    """A stored message as a person may see it; ``text`` is what the person wrote."""

    seq: int
    id: str
    at: datetime
    text: str | None
    replies: list[JsonObject]
    failed: bool

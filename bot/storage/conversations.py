"""Queries of conversations: turns, replies that came later, feedback.

Only masked text gets here (``bot.text.personal``). A *message* is one row: a person's
turn with its replies, or, without text, replies that staff added later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection

from bot.storage import tickets, trackers, vault
from bot.storage.conversation_tables import (
    JsonObject,
    Message,
    Offer,
    Turn,
    conversations,
    feedback,
    messages,
)

_UPSERTS: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}

_SEEN = (
    messages.c.seq,
    messages.c.id,
    messages.c.at,
    messages.c.text,
    messages.c.replies,
    messages.c.failed,
)


def answered(
    connection: Connection, conversation_id: str, client_key: str
) -> Message | None:
    """Return the message that was stored for the client's own message id."""
    row = connection.execute(
        select(*_SEEN).where(
            messages.c.conversation_id == conversation_id,
            messages.c.client_key == client_key,
        )
    ).one_or_none()
    return Message(*row) if row else None


def offers(connection: Connection, conversation_id: str, last: int) -> list[Offer]:
    """Return what the ``last`` answered messages offered, newest message first."""
    rows = connection.execute(
        select(messages.c.offers)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.failed.is_(False),
        )
        .order_by(messages.c.seq.desc())
        .limit(last)
    ).scalars()
    return [Offer(**offer) for row in rows for offer in row]


def record(connection: Connection, turn: Turn, at: datetime) -> None:
    """Store a turn, in the place of the failed one that it replaces."""
    row: JsonObject = {
        "at": at,
        "text": turn.text,
        "failed": turn.failed,
        "replies": turn.replies,
        "offers": [asdict(offer) for offer in turn.offers],
    }
    _touch(connection, turn.conversation_id, turn.channel, at)
    if turn.replaces is not None:
        failed = update(messages).where(messages.c.id == turn.replaces)
        connection.execute(failed.values(id=turn.id, **row))
        return
    connection.execute(
        insert(messages).values(
            id=turn.id,
            conversation_id=turn.conversation_id,
            client_key=turn.client_key,
            later=False,
            **row,
        )
    )


def record_later(
    connection: Connection,
    *,
    message_id: str,
    conversation_id: str,
    replies: list[JsonObject],
    at: datetime,
) -> bool:
    """Store replies that no turn asked for.

    Returns:
        Whether they were stored; not when the conversation does not exist any more.
    """
    known = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(last_at=at)
    )
    if not known.rowcount:
        return False
    connection.execute(
        insert(messages).values(
            id=message_id,
            conversation_id=conversation_id,
            at=at,
            later=True,
            failed=False,
            text=None,
            replies=replies,
            offers=[],
        )
    )
    return True


def sequence_of(
    connection: Connection, conversation_id: str, message_id: str
) -> int | None:
    """Return the place of a message of this conversation, or ``None``."""
    return connection.execute(
        select(messages.c.seq).where(
            messages.c.id == message_id, messages.c.conversation_id == conversation_id
        )
    ).scalar_one_or_none()


def replies_of(
    connection: Connection, conversation_id: str, message_id: str
) -> list[JsonObject] | None:
    """Return the replies of a message of this conversation, or ``None``."""
    replies: list[JsonObject] | None = connection.execute(
        select(messages.c.replies).where(
            messages.c.id == message_id, messages.c.conversation_id == conversation_id
        )
    ).scalar_one_or_none()
    return replies


def history(
    connection: Connection, conversation_id: str, *, after: int | None, limit: int
) -> list[Message]:
    """Return messages oldest first: those that follow ``after``, or else the newest."""
    query = select(*_SEEN).where(messages.c.conversation_id == conversation_id)
    if after is not None:
        query = query.where(messages.c.seq > after).order_by(messages.c.seq)
        return _read(connection.execute(query.limit(limit)).all())
    newest = connection.execute(query.order_by(messages.c.seq.desc()).limit(limit))
    return _read(newest.all()[::-1])


def later(connection: Connection, conversation_id: str, after: int) -> list[Message]:
    """Return the replies that came later, past the place ``after``."""
    query = (
        select(*_SEEN)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.later.is_(True),
            messages.c.seq > after,
        )
        .order_by(messages.c.seq)
    )
    return _read(connection.execute(query).all())


def conversations_answered_later(
    connection: Connection, after: int
) -> list[tuple[int, str]]:
    """Return (place, conversation) of all replies that came later, past ``after``."""
    query = (
        select(messages.c.seq, messages.c.conversation_id)
        .where(messages.c.later.is_(True), messages.c.seq > after)
        .order_by(messages.c.seq)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def last_place(connection: Connection) -> int:
    """Return the place of the newest message of all, 0 when there is none."""
    query = select(messages.c.seq).order_by(messages.c.seq.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none() or 0


def rate(
    connection: Connection,
    *,
    message_id: str,
    rating: str,
    comment: str | None,
    at: datetime,
) -> None:
    """Store what a person thinks of a message; a second rating replaces the first."""
    values = {"rating": rating, "comment": comment, "at": at}
    changed = connection.execute(
        update(feedback).where(feedback.c.message_id == message_id).values(**values)
    )
    if not changed.rowcount:
        connection.execute(insert(feedback).values(message_id=message_id, **values))


def erase(connection: Connection, conversation_id: str) -> None:
    """Remove everything stored of a conversation, Rasa's dialogue state included."""
    mine = select(messages.c.id).where(messages.c.conversation_id == conversation_id)
    connection.execute(delete(feedback).where(feedback.c.message_id.in_(mine)))
    connection.execute(
        delete(messages).where(messages.c.conversation_id == conversation_id)
    )
    connection.execute(
        delete(conversations).where(conversations.c.id == conversation_id)
    )
    trackers.erase(connection, conversation_id)
    vault.erase(connection, conversation_id)
    tickets.erase(connection, conversation_id)


def _touch(
    connection: Connection, conversation_id: str, channel: str, at: datetime
) -> None:
    # As the first statement it makes SQLite take the write lock at once: a transaction
    # that reads first fails instead of waiting (https://www.sqlite.org/isolation.html).
    upsert = _UPSERTS[connection.dialect.name](conversations).values(
        id=conversation_id, channel=channel, started_at=at, last_at=at
    )
    connection.execute(
        upsert.on_conflict_do_update(index_elements=["id"], set_={"last_at": at})
    )


def _read(rows: Sequence[Any]) -> list[Message]:
    return [Message(*row) for row in rows]

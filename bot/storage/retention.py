"""Deletes conversations that are older than people were told they are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.storage.conversation_tables import conversations
from bot.storage.conversations import erase


def purge(engine: Engine, before: datetime) -> int:
    """Erase every conversation nothing was said in since ``before``; return how many.

    One transaction each, so that people who talk meanwhile never wait for long.
    """
    query = select(conversations.c.id).where(conversations.c.last_at < before)
    with engine.connect() as connection:
        old = list(connection.execute(query).scalars())
    for conversation_id in old:
        with engine.begin() as connection:
            erase(connection, conversation_id)
    return len(old)

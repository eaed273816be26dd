"""Table ``vault``: what placeholders stand for, sealed and short-lived.

Rasa, its tracker and the stored messages only ever see "[số điện thoại 1]"; the value
waits here until a ticket takes it, or until it expires.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    Column,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection

from bot.sealing import Seal
from bot.storage.columns import UtcDateTime
from bot.storage.database import metadata
from bot.text.personal import Masked

#: Longer than a form can lie open: Rasa's session ends after one idle hour.
KEPT_FOR = timedelta(hours=2)

vault = Table(
    "vault",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("placeholder", String(40), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)


@dataclass(frozen=True)
class Waiting:
    """A value that waits under its placeholder."""

    placeholder: str
    value: str


@lru_cache(maxsize=4)
def vault_seal(secret_key: str) -> Seal:
    """Return the seal of the vault."""
    return Seal(secret_key, "ictbot vault v1")


def put(
    connection: Connection,
    seal: Seal,
    *,
    conversation_id: str,
    text: str,
    masked: Masked,
    at: datetime,
) -> str:
    """Keep what was masked in ``text``.

    Args:
        connection: A connection in a transaction.
        seal: The seal of the vault.
        conversation_id: Whose data it is.
        text: The text as it was typed.
        masked: What ``bot.text.personal.mask`` found in it.
        at: The moment now.

    Returns:
        The masked text; its placeholders are unique within the conversation while their
        values wait, and one value keeps one placeholder.
    """
    # A write first: SQLite then waits for the lock instead of failing.
    purge(connection, at)
    waiting = _waiting(connection, seal, conversation_id)
    pieces, done = [], 0
    for datum in masked.found:
        placeholder = _placeholder(datum.placeholder, datum.value, waiting)
        waiting[placeholder] = datum.value
        _keep(connection, seal, conversation_id, Waiting(placeholder, datum.value), at)
        pieces += [text[done : datum.start], placeholder]
        done = datum.end
    return "".join([*pieces, text[done:]])


def read(
    connection: Connection,
    seal: Seal,
    *,
    conversation_id: str,
    placeholders: Collection[str],
    at: datetime,
) -> dict[str, str]:
    """Return the values that still wait under ``placeholders``."""
    if not placeholders:
        return {}
    rows = connection.execute(
        select(vault.c.placeholder, vault.c.sealed).where(
            vault.c.conversation_id == conversation_id,
            vault.c.placeholder.in_(list(placeholders)),
            vault.c.expires_at > at,
        )
    )
    return {placeholder: seal.open(sealed) for placeholder, sealed in rows}


def remove(
    connection: Connection, conversation_id: str, placeholders: Collection[str]
) -> None:
    """Remove the values under ``placeholders``."""
    connection.execute(
        delete(vault).where(
            vault.c.conversation_id == conversation_id,
            vault.c.placeholder.in_(list(placeholders)),
        )
    )


def purge(connection: Connection, at: datetime) -> int:
    """Remove what has expired; return how much."""
    ended = connection.execute(delete(vault).where(vault.c.expires_at <= at))
    return int(ended.rowcount)


def erase(connection: Connection, conversation_id: str) -> None:
    """Remove everything that waits for a conversation."""
    connection.execute(delete(vault).where(vault.c.conversation_id == conversation_id))


def _waiting(
    connection: Connection, seal: Seal, conversation_id: str
) -> dict[str, str]:
    rows = connection.execute(
        select(vault.c.placeholder, vault.c.sealed).where(
            vault.c.conversation_id == conversation_id
        )
    )
    return {placeholder: seal.open(sealed) for placeholder, sealed in rows}


def _placeholder(proposed: str, value: str, waiting: Mapping[str, str]) -> str:
    name = proposed.rpartition(" ")[0]
    for placeholder, known in waiting.items():
        if known == value and placeholder.rpartition(" ")[0] == name:
            return placeholder
    number = 1
    while f"{name} {number}]" in waiting:
        number += 1
    return f"{name} {number}]"


def _keep(
    connection: Connection,
    seal: Seal,
    conversation_id: str,
    waiting: Waiting,
    at: datetime,
) -> None:
    row = {"sealed": seal.close(waiting.value), "expires_at": at + KEPT_FOR}
    changed = connection.execute(
        update(vault)
        .where(
            vault.c.conversation_id == conversation_id,
            vault.c.placeholder == waiting.placeholder,
        )
        .values(**row)
    )
    if not changed.rowcount:
        connection.execute(
            insert(vault).values(
                conversation_id=conversation_id,
                placeholder=waiting.placeholder,
                **row,
            )
        )

"""Conversations in the database, for code that must not block the event loop."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from functools import partial

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from bot.gateway.problems import Problem
from bot.sealing import Seal
from bot.storage import conversations as rows
from bot.storage import vault
from bot.storage.conversation_tables import JsonObject, Message, Offer, Turn
from bot.storage.transactions import Transactions
from bot.text.personal import Masked

# More would only wait for each other: SQLite has one writer.
_THREADS = 8
HISTORY_LIMIT = 200


class Archive:
    """Each method is one short transaction in a worker thread."""

    def __init__(self, engine: Engine, clock: Clock, seal: Seal) -> None:
        """Use the database behind ``engine``, already migrated.

        Args:
            engine: The database.
            clock: The moment now.
            seal: The seal of the vault.
        """
        self._clock = clock
        self._seal = seal
        self._database = Transactions(engine, threads=_THREADS)

    async def before_turn(
        self, conversation_id: str, client_key: str | None, last: int
    ) -> tuple[Message | None, list[Offer]]:
        """Return what is stored for ``client_key``, and offers of the last messages."""

        def read(connection: Connection) -> tuple[Message | None, list[Offer]]:
            stored = (
                rows.answered(connection, conversation_id, client_key)
                if client_key
                else None
            )
            return stored, rows.offers(connection, conversation_id, last)

        return await self._database.read(read)

    async def keep(self, conversation_id: str, typed: str, masked: Masked) -> str:
        """Keep in the vault what was masked; return the text with its placeholders."""
        return await self._database.write(
            partial(
                vault.put,
                seal=self._seal,
                conversation_id=conversation_id,
                text=typed,
                masked=masked,
                at=self._clock(),
            )
        )

    async def record(self, turn: Turn) -> Message | None:
        """Store a turn.

        Returns:
            ``None``; or what another process stored for the same ``client_key``.
        """
        try:
            await self._database.write(
                partial(rows.record, turn=turn, at=self._clock())
            )
        except IntegrityError:
            stored, _ = await self.before_turn(turn.conversation_id, turn.client_key, 0)
            if stored is None:
                raise
            return stored
        return None

    async def add_later(
        self, conversation_id: str, replies: list[JsonObject]
    ) -> str | None:
        """Store replies that no turn asked for.

        Returns:
            Their message id, or ``None`` when the conversation does not exist any more.
        """
        message_id = new_message_id()
        stored = await self._database.write(
            partial(
                rows.record_later,
                message_id=message_id,
                conversation_id=conversation_id,
                replies=replies,
                at=self._clock(),
            )
        )
        return message_id if stored else None

    async def history(self, conversation_id: str, after: str | None) -> list[Message]:
        """Return the newest messages, or those after the message ``after``.

        Raises:
            Problem: 404 ``unknown_message``.
        """

        def read(connection: Connection) -> list[Message]:
            place = None
            if after is not None:
                place = _place(connection, conversation_id, after)
            return rows.history(
                connection, conversation_id, after=place, limit=HISTORY_LIMIT
            )

        return await self._database.read(read)

    async def place_of(self, conversation_id: str, message_id: str) -> int:
        """Return the place of a message.

        Raises:
            Problem: 404 ``unknown_message``.
        """
        return await self._database.read(
            partial(_place, conversation_id=conversation_id, message_id=message_id)
        )

    async def replies_of(
        self, conversation_id: str, message_id: str
    ) -> list[JsonObject] | None:
        """Return the replies of a message of this conversation, or ``None``."""
        return await self._database.read(
            partial(
                rows.replies_of, conversation_id=conversation_id, message_id=message_id
            )
        )

    async def last_place(self) -> int:
        """Return the place of the newest message of all conversations."""
        return await self._database.read(rows.last_place)

    async def later(self, conversation_id: str, after: int) -> list[Message]:
        """Return the replies of a conversation that came later, past a place."""
        return await self._database.read(
            partial(rows.later, conversation_id=conversation_id, after=after)
        )

    async def conversations_answered_later(self, after: int) -> list[tuple[int, str]]:
        """Return (place, conversation) of all replies that came later, past a place."""
        return await self._database.read(
            partial(rows.conversations_answered_later, after=after)
        )

    async def rate(
        self, conversation_id: str, message_id: str, rating: str, comment: str | None
    ) -> None:
        """Store what a person thinks of a message.

        Raises:
            Problem: 404 ``unknown_message``.
        """

        def write(connection: Connection) -> None:
            _place(connection, conversation_id, message_id)
            rows.rate(
                connection,
                message_id=message_id,
                rating=rating,
                comment=comment,
                at=self._clock(),
            )

        await self._database.write(write)

    async def erase(self, conversation_id: str) -> None:
        """Remove everything stored of a conversation."""
        await self._database.write(partial(rows.erase, conversation_id=conversation_id))

    async def check(self) -> None:
        """Raise when the database cannot be reached."""
        await self._database.read(
            lambda connection: connection.execute(text("SELECT 1"))
        )


def new_message_id() -> str:
    """Return a random id that a message goes by in public."""
    return secrets.token_urlsafe(12)


def client_key(client_message_id: str) -> str:
    """Return what stands for the client's message id, which could be personal."""
    return hashlib.sha256(
        client_message_id.encode("utf-8", "surrogatepass")
    ).hexdigest()


def public_message(message: Message) -> JsonObject:
    """Return a stored message as the API gives it."""
    data: JsonObject = {
        "message_id": message.id,
        "at": iso(message.at),
        "replies": message.replies,
    }
    if message.text is not None:
        data["text"] = message.text
    return data


def iso(moment: datetime) -> str:
    """Return a UTC moment as RFC 3339 text."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _place(connection: Connection, conversation_id: str, message_id: str) -> int:
    place = rows.sequence_of(connection, conversation_id, message_id)
    if place is None:
        raise Problem(404, "unknown_message")
    return place

"""Table ``tickets``: questions left for staff, and the statements on them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from sqlalchemy import (
    Column,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection

from bot.errors import TicketError
from bot.handoff.code import new_code
from bot.sealing import Seal
from bot.storage import vault
from bot.storage.columns import UtcDateTime
from bot.storage.database import metadata
from bot.text.placeholders import fill_placeholders, find_placeholders

Kind = Literal["human", "feedback"]
Status = Literal["open", "answered", "closed"]

tickets = Table(
    "tickets",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("conversation_id", String(64), nullable=False),
    # One per opening of the form, so that confirming twice is one ticket.
    Column("instance", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("status", String(8), nullable=False, index=True),
    Column("question", Text, nullable=False),
    # Name, contact, and what the question's placeholders stand for.
    Column("sealed", LargeBinary, nullable=False),
    Column("answer", Text),
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "instance"),
)


@dataclass(frozen=True)
class Request:
    """What a person confirmed; texts carry placeholders, never contact details."""

    conversation_id: str
    instance: str
    kind: Kind
    question: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Ticket:
    """A ticket as the person may ask about it."""

    code: str
    conversation_id: str
    kind: Kind
    status: Status
    question: str
    answer: str | None
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Opened:
    """A ticket as staff read it, contact details included."""

    ticket: Ticket
    question: str
    name: str
    contact: str


_SEEN = (
    tickets.c.code,
    tickets.c.conversation_id,
    tickets.c.kind,
    tickets.c.status,
    tickets.c.question,
    tickets.c.answer,
    tickets.c.opened_at,
    tickets.c.changed_at,
)


@lru_cache(maxsize=4)
def ticket_seal(secret_key: str) -> Seal:
    """Return the seal of the tickets' encrypted column."""
    return Seal(secret_key, "ictbot tickets v1")


def store(
    connection: Connection,
    request: Request,
    *,
    seals: tuple[Seal, Seal],
    at: datetime,
) -> str:
    """Store a confirmed request, contact details taken from the vault.

    Confirming the same request again gives the same ticket, with what was said last.

    Args:
        connection: A connection in a transaction.
        request: What was confirmed.
        seals: The seals of the vault and of the tickets.
        at: The moment now.

    Returns:
        The ticket's code.

    Raises:
        TicketError: The contact does not wait in the vault any more.
    """
    vault_seal, seal = seals
    # A write first: SQLite then waits for the lock instead of failing.
    vault.purge(connection, at)
    mine = (
        tickets.c.conversation_id == request.conversation_id,
        tickets.c.instance == request.instance,
    )
    known = connection.execute(
        select(tickets.c.code, tickets.c.sealed).where(*mine)
    ).one_or_none()
    wanted = find_placeholders(f"{request.question} {request.name} {request.contact}")
    found = vault.read(
        connection,
        vault_seal,
        conversation_id=request.conversation_id,
        placeholders=wanted,
        at=at,
    )
    if known:
        found = {**json.loads(seal.open(known.sealed))["values"], **found}
    if not find_placeholders(request.contact) <= found.keys():
        raise TicketError(
            f"the contact of conversation {request.conversation_id} is not in the "
            "vault any more; ask for it again"
        )
    details = {
        "name": request.name,
        "contact": request.contact,
        "values": {key: value for key, value in found.items() if key in wanted},
    }
    row = {
        "question": request.question,
        "sealed": seal.close(json.dumps(details, ensure_ascii=False)),
        "changed_at": at,
    }
    if known:
        connection.execute(update(tickets).where(*mine).values(**row))
    code = str(known.code) if known else _insert(connection, request, row, at)
    vault.remove(connection, request.conversation_id, wanted)
    return code


def find(connection: Connection, code: str) -> Ticket | None:
    """Return a ticket, or ``None`` when there is none of that code."""
    row = connection.execute(select(*_SEEN).where(tickets.c.code == code)).one_or_none()
    return Ticket(*row) if row else None


def of_conversation(connection: Connection, conversation_id: str) -> list[Ticket]:
    """Return the tickets of a conversation, newest first."""
    rows = connection.execute(
        select(*_SEEN)
        .where(tickets.c.conversation_id == conversation_id)
        .order_by(tickets.c.opened_at.desc(), tickets.c.code)
    )
    return [Ticket(*row) for row in rows]


def listed(connection: Connection, statuses: Iterable[Status]) -> list[Ticket]:
    """Return the tickets that have one of ``statuses``, oldest first."""
    rows = connection.execute(
        select(*_SEEN)
        .where(tickets.c.status.in_(list(statuses)))
        .order_by(tickets.c.opened_at, tickets.c.code)
    )
    return [Ticket(*row) for row in rows]


def opened(connection: Connection, seal: Seal, code: str) -> Opened:
    """Return a ticket with everything the person left, for staff.

    Raises:
        TicketError: There is no such ticket.
    """
    ticket = find(connection, code)
    if ticket is None:
        raise _unknown(code)
    sealed = connection.execute(
        select(tickets.c.sealed).where(tickets.c.code == code)
    ).scalar_one()
    details = json.loads(seal.open(sealed))
    values = details["values"]
    return Opened(
        ticket=ticket,
        question=fill_placeholders(ticket.question, values),
        name=fill_placeholders(details["name"], values),
        contact=fill_placeholders(details["contact"], values),
    )


def answer(connection: Connection, code: str, text: str, at: datetime) -> Ticket:
    """Store the answer of staff; a second answer takes the place of the first.

    Raises:
        TicketError: There is no such ticket.
    """
    return _change(connection, code, {"status": "answered", "answer": text}, at)


def close(connection: Connection, code: str, at: datetime) -> Ticket:
    """Close a ticket.

    Raises:
        TicketError: There is no such ticket.
    """
    return _change(connection, code, {"status": "closed"}, at)


def erase(connection: Connection, conversation_id: str) -> None:
    """Remove the tickets of a conversation."""
    connection.execute(
        delete(tickets).where(tickets.c.conversation_id == conversation_id)
    )


def _change(
    connection: Connection, code: str, values: dict[str, str], at: datetime
) -> Ticket:
    connection.execute(
        update(tickets).where(tickets.c.code == code).values(changed_at=at, **values)
    )
    ticket = find(connection, code)
    if ticket is None:
        raise _unknown(code)
    return ticket


def _insert(
    connection: Connection, request: Request, row: dict[str, object], at: datetime
) -> str:
    code = new_code()
    while find(connection, code) is not None:
        code = new_code()
    connection.execute(
        insert(tickets).values(
            code=code,
            conversation_id=request.conversation_id,
            instance=request.instance,
            kind=request.kind,
            status="open",
            opened_at=at,
            **row,
        )
    )
    return code


def _unknown(code: str) -> TicketError:
    return TicketError(f"no ticket {code}; `ictbot tickets list` shows those there are")

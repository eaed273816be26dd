"""``ictbot tickets``: what people left for staff, until there is a console."""

from __future__ import annotations

import argparse
import secrets
from datetime import datetime
from typing import Any, get_args

from sqlalchemy.engine import Engine

from bot.clock import VIETNAM, utc_now
from bot.handoff.phrasing import answered
from bot.settings import Settings, load_settings
from bot.storage import tickets
from bot.storage.conversations import record_later
from bot.storage.database import connect

_SHOWN_OF_QUESTION = 60
_MESSAGE_ID_BYTES = 12


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("tickets", help="questions left for staff")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    listing = verbs.add_parser("list", help="list tickets, oldest first")
    listing.add_argument(
        "--all", action="store_true", help="answered and closed ones too"
    )
    listing.set_defaults(run=show_list)
    for name, run, text in (
        ("show", show, "show a ticket with everything the person left"),
        ("answer", answer, "answer a ticket; the person reads it in the chat"),
        ("close", close, "close a ticket"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("code", type=str.upper)
        if name == "answer":
            verb.add_argument("text")
        verb.set_defaults(run=run)


def show_list(options: argparse.Namespace) -> None:
    """Print one line a ticket; contact details only in ``show``."""
    statuses = get_args(tickets.Status) if options.all else ("open",)
    with _engine(load_settings()).connect() as connection:
        found = tickets.listed(connection, statuses)
    for ticket in found:
        question = " ".join(ticket.question.split())[:_SHOWN_OF_QUESTION]
        print(
            f"{ticket.code}  {ticket.status:8}  {ticket.kind:8}  "
            f"{_day(ticket.opened_at)}  {question}"
        )
    print(f"{len(found)} tickets")


def show(options: argparse.Namespace) -> None:
    """Print a ticket, decrypted."""
    settings = load_settings()
    seal = tickets.ticket_seal(settings.secret_key)
    with _engine(settings).connect() as connection:
        found = tickets.opened(connection, seal, options.code)
    for label, value in (
        ("code", found.ticket.code),
        ("kind", found.ticket.kind),
        ("status", found.ticket.status),
        ("opened", _day(found.ticket.opened_at)),
        ("question", found.question),
        ("name", found.name or "-"),
        ("contact", found.contact or "-"),
        ("answer", found.ticket.answer or "-"),
    ):
        print(f"{label + ':':10}{value}")


def answer(options: argparse.Namespace) -> None:
    """Store the answer and bring it to the person, in one transaction."""
    now = utc_now()
    with _engine(load_settings()).begin() as connection:
        ticket = tickets.answer(connection, options.code, options.text, now)
        reached = record_later(
            connection,
            message_id=secrets.token_urlsafe(_MESSAGE_ID_BYTES),
            conversation_id=ticket.conversation_id,
            replies=[answered(ticket).as_json()],
            at=now,
        )
    if reached:
        print(f"{ticket.code}: answered; the person reads it in the conversation")
    else:
        print(
            f"{ticket.code}: answer kept, but the conversation is gone; "
            f"use the contact in `ictbot tickets show {ticket.code}`"
        )


def close(options: argparse.Namespace) -> None:
    """Close a ticket."""
    with _engine(load_settings()).begin() as connection:
        ticket = tickets.close(connection, options.code, utc_now())
    print(f"{ticket.code}: closed")


def _engine(settings: Settings) -> Engine:
    return connect(settings.database_url)


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")

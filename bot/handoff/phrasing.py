"""The words around a request and its ticket, from ``data/forms/requests.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.clock import VIETNAM
from bot.handoff import request
from bot.handoff.contact import hint
from bot.reply import Choice, Reply
from bot.settings import ROOT
from bot.storage.tickets import Kind, Ticket
from bot.text.placeholders import contacts_in

TOPIC = "service/human"
_FILE = ROOT / "data" / "forms" / "requests.yml"


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    texts: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return texts


def note(name: str) -> str:
    """Return the phrase said in front of a question."""
    return str(_texts()["notes"][name])


def summary(kind: Kind, values: request.Values, contacts: Mapping[str, str]) -> str:
    """Return what will be sent, a line a part.

    Args:
        kind: Which form it is.
        values: What was answered.
        contacts: What the contact's placeholders stand for; only hinted at.
    """
    texts = _texts()["summary"]
    question = texts[kind].format(question=values[request.QUESTION])
    name = texts["name"].format(name=values[request.NAME] or texts["none"])
    hints = [
        texts[which].format(hint=hint(which, contacts.get(placeholder, "")))
        for placeholder, which in contacts_in(values[request.CONTACT]).items()
    ]
    contact = texts["contact"].format(contact=", ".join(hints) or texts["none"])
    lines = [question, name, contact, *_consent(values, texts)]
    return "\n".join(lines)


def _consent(values: request.Values, texts: Mapping[str, Any]) -> list[str]:
    given = [
        name
        for name, slot in (("name", request.NAME), ("contact", request.CONTACT))
        if values[slot]
    ]
    if not given:
        return []
    details = texts["details"]["both" if len(given) > 1 else given[0]]
    return [texts["consent"].format(details=details)]


def sent(kind: Kind, code: str) -> Reply:
    """Return the reply to a person who confirms what was sent, or asks when."""
    text = _texts()["sent"][kind].format(code=code)
    return Reply(kind="handoff", text=text, topic=f"service/{kind}")


def stored(kind: Kind, code: str, *, reachable: bool) -> Reply:
    """Return the reply that tells the ticket's code."""
    texts = _texts()["stored"]
    also = texts["also"] if reachable else ""
    text = texts[kind].format(code=code, also=also).strip()
    return Reply(kind="handoff", text=text, topic=f"service/{kind}")


def cancelled(kind: Kind) -> Reply:
    """Return the reply to a person who stops."""
    return Reply(kind="form", text=_texts()["cancelled"][kind], topic=f"service/{kind}")


def status(ticket: Ticket | None, code: str | None, *, asked_in: str) -> Reply:
    """Return where a ticket stands; its answer only in the conversation it is of."""
    texts = _texts()["status"]
    if ticket is None:
        name = "unknown" if code else "none"
        choice = Choice(
            texts["new_button"], {"intent": "service_human", "entities": {}}
        )
        return Reply(
            kind="handoff",
            text=texts[name].format(code=code),
            topic=TOPIC,
            choices=(choice,),
        )
    day = ticket.opened_at.astimezone(VIETNAM).strftime("%d/%m/%Y")
    text = texts[_state(ticket, asked_in)].format(
        code=ticket.code, day=day, answer=ticket.answer
    )
    return Reply(kind="handoff", text=text, topic=TOPIC)


def answered(ticket: Ticket) -> Reply:
    """Return the reply that brings the answer of staff."""
    text = _texts()["answered"].format(code=ticket.code, answer=ticket.answer)
    return Reply(kind="handoff", text=text, topic=TOPIC)


def _state(ticket: Ticket, asked_in: str) -> str:
    own = ticket.conversation_id == asked_in
    if ticket.status == "open":
        return "open"
    if ticket.status == "closed":
        return "closed_answered" if own and ticket.answer else "closed"
    return "answered" if own else "answered_elsewhere"

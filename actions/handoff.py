"""The forms that leave a question or an opinion for staff; asking after a ticket."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.forms import TRIED, FormStep, say
from actions.storage import engine, seals
from bot.clock import utc_now
from bot.errors import TicketError
from bot.forms.message import Message
from bot.forms.step import Step
from bot.handoff import phrasing, request
from bot.handoff.code import find_code
from bot.handoff.contact import is_reachable
from bot.reply import Reply
from bot.storage import tickets, vault
from bot.text.placeholders import contacts_in

INSTANCE = "request_instance"
SUMMARY = "request_summary"
_INSTANCE_BYTES = 12


class RequestForm(FormStep, ABC):
    """Asks for a question and how to answer it; ends with a stored ticket."""

    slots = (*request.SLOTS, INSTANCE, SUMMARY)

    @property
    @abstractmethod
    def kind(self) -> tickets.Kind:
        """Which tickets the form makes; also the name of its topic."""

    def started(self) -> Mapping[str, Any]:
        """Return the mark that makes confirming twice one ticket."""
        return {INSTANCE: secrets.token_hex(_INSTANCE_BYTES)}

    def open(self, message: Message, tracker: Tracker) -> Step:
        """Return the step of the message that opens the form."""
        return request.opened(message, self._reachable(tracker))

    def take(self, message: Message, tracker: Tracker) -> Step:
        """Return the step of a message in the form."""
        return request.taken(
            message,
            request.Asked(
                slot=tracker.get_slot("requested_slot"),
                values=self._values(tracker.slots),
                intent=f"service_{self.kind}",
                reachable=self._reachable(tracker),
                tried=tracker.get_slot(TRIED),
            ),
        )

    def finish(self, values: Mapping[str, Any], tracker: Tracker) -> Reply | Step:
        """Store the ticket, and only then tell its code."""
        left = self._values(values)
        asked_for = tickets.Request(
            conversation_id=tracker.sender_id,
            instance=values[INSTANCE],
            kind=self.kind,
            question=left[request.QUESTION],
            name=left[request.NAME],
            contact=left[request.CONTACT],
        )
        try:
            with engine().begin() as connection:
                code = tickets.store(connection, asked_for, seals=seals(), at=utc_now())
        except TicketError:
            return request.contact_expired()
        return phrasing.stored(self.kind, code, reachable=bool(asked_for.contact))

    def cancelled(self) -> Reply:
        """Return what is said when the person stops."""
        return phrasing.cancelled(self.kind)

    def note(self, name: str) -> str:
        """Return the phrase said in front of the question."""
        return phrasing.note(name)

    def shown(self, values: Mapping[str, Any], tracker: Tracker) -> Mapping[str, Any]:
        """Return the summary, once there is all that it sums up."""
        left = self._values(values)
        if not {request.QUESTION, request.NAME, request.CONTACT} <= left.keys():
            return {}
        contacts = self._waiting(tracker, left[request.CONTACT])
        return {SUMMARY: phrasing.summary(self.kind, left, contacts)}

    def _values(self, slots: Mapping[str, Any]) -> dict[str, str]:
        return {
            slot: slots[slot] for slot in request.SLOTS if slots.get(slot) is not None
        }

    def _reachable(self, tracker: Tracker) -> request.Reachable:
        waiting = self._waiting(tracker, tracker.latest_message.get("text") or "")

        def reachable(placeholder: str) -> bool:
            kind = contacts_in(placeholder)[placeholder]
            return placeholder in waiting and is_reachable(kind, waiting[placeholder])

        return reachable

    def _waiting(self, tracker: Tracker, text: str) -> dict[str, str]:
        placeholders = contacts_in(text)
        if not placeholders:
            return {}
        vault_seal, _ = seals()
        with engine().connect() as connection:
            return vault.read(
                connection,
                vault_seal,
                conversation_id=tracker.sender_id,
                placeholders=placeholders,
                at=utc_now(),
            )


class HumanForm(RequestForm):
    """Leaves a question for staff."""

    form = "human_form"

    @property
    def kind(self) -> tickets.Kind:
        """Which tickets the form makes."""
        return "human"


class FeedbackForm(RequestForm):
    """Leaves an opinion or a report of a mistake."""

    form = "feedback_form"

    @property
    def kind(self) -> tickets.Kind:
        """Which tickets the form makes."""
        return "feedback"


class TicketStatus(Action):
    """Says where a ticket stands."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_ticket_status"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Look up the ticket named, or else the newest of this conversation."""
        code = find_code(tracker.latest_message.get("text") or "")
        with engine().connect() as connection:
            if code:
                found = tickets.find(connection, code)
            else:
                mine = tickets.of_conversation(connection, tracker.sender_id)
                found = mine[0] if mine else None
        say(dispatcher, phrasing.status(found, code, asked_in=tracker.sender_id))
        return []


class TicketSent(Action):
    """Tells a person who confirms again, or asks when, that it was sent."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_ticket_sent"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell the code of the newest ticket of this conversation."""
        with engine().connect() as connection:
            mine = tickets.of_conversation(connection, tracker.sender_id)
        if mine and mine[0].status == "open":
            say(dispatcher, phrasing.sent(mine[0].kind, mine[0].code))
        else:
            newest = mine[0] if mine else None
            say(dispatcher, phrasing.status(newest, None, asked_in=tracker.sender_id))
        return []

"""The career advice form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.forms import TRIED, FormStep
from actions.storage import engine
from bot.advice import form
from bot.advice.advice import advise, cancelled, note, topics_to_read
from bot.advice.questions import questions
from bot.forms.message import Message
from bot.forms.step import Step
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.store import KnowledgeStore
from bot.reply import Reply


class AdviceForm(FormStep):
    """Asks, and ends with majors and roles."""

    form = "advice_form"
    slots = tuple(question.slot for question in questions())

    def __init__(self) -> None:
        """Open the stores."""
        self._catalogue = CatalogueStore(engine())
        self._knowledge = KnowledgeStore(engine())

    def open(self, message: Message, tracker: Tracker) -> Step:
        """Return the step of the message that opens the form."""
        return form.opened(message)

    def take(self, message: Message, tracker: Tracker) -> Step:
        """Return the step of a message in the form."""
        asked = tracker.get_slot("requested_slot")
        answers = self._answers(tracker.slots)
        return form.taken(message, asked, answers, tracker.get_slot(TRIED))

    def finish(self, values: Mapping[str, Any], tracker: Tracker) -> Reply | Step:
        """Return the advice."""
        titles = self._knowledge.titles(topics_to_read())
        return advise(self._answers(values), self._catalogue.current(), titles)

    def cancelled(self) -> Reply:
        """Return what is said when the person stops."""
        return cancelled()

    def note(self, name: str) -> str:
        """Return the phrase said in front of the question."""
        return note(name)

    def _answers(self, slots: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        return {slot: tuple(slots[slot]) for slot in self.slots if slots.get(slot)}

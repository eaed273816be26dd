"""What every form's validation shares: reading the tracker, writing its events.

The actions are plain ones, not ``FormValidationAction``: that class wants the whole
domain sent with every call, and a method per slot where here one message may fill,
change or clear several.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from bot.forms.message import Message
from bot.forms.step import Outcome, Step
from bot.reply import Reply

NOTE = "form_note"
TRIED = "form_tried"


class FormStep(Action, ABC):
    """Validation of one form, called by Rasa at its opening and each message."""

    form: str
    #: Slots that are cleared when the form ends.
    slots: tuple[str, ...]

    def name(self) -> str:
        """Return the action's name in the domain."""
        return f"validate_{self.form}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Return the events of the message; none when it is a question of its own."""
        since = list(_since_message(tracker))
        if _has(since, "active_loop", self.form):
            return self._open(tracker)
        if _has(since, "action_execution_rejected", self.form):
            # The question was answered: only say again what was asked.
            asked = tracker.get_slot(REQUESTED_SLOT)
            return [SlotSet(NOTE, ""), SlotSet(REQUESTED_SLOT, asked)]
        step = self.take(message_of(tracker), tracker)
        if step.outcome is Outcome.INTERRUPTED:
            return []
        if step.outcome is Outcome.ASKING:
            return self._asking(step, tracker)
        if step.outcome is Outcome.CANCELLED:
            say(dispatcher, self.cancelled())
            return self._ending()
        return self._finish(dispatcher, step, tracker)

    @abstractmethod
    def open(self, message: Message, tracker: Tracker) -> Step:
        """Return the step of the message that opens the form."""

    @abstractmethod
    def take(self, message: Message, tracker: Tracker) -> Step:
        """Return the step of a message in the form."""

    @abstractmethod
    def finish(self, values: Mapping[str, Any], tracker: Tracker) -> Reply | Step:
        """Return the last reply; or a step when something has to be asked again."""

    @abstractmethod
    def cancelled(self) -> Reply:
        """Return what is said when the person stops."""

    @abstractmethod
    def note(self, name: str) -> str:
        """Return the phrase said in front of the question."""

    def started(self) -> Mapping[str, Any]:
        """Return slots that a newly opened form sets."""
        return {}

    def shown(self, values: Mapping[str, Any], tracker: Tracker) -> Mapping[str, Any]:
        """Return slots that only the questions' texts use."""
        return {}

    def _open(self, tracker: Tracker) -> list[EventType]:
        tracker.slots.update(dict.fromkeys(self.slots))
        step = self.open(message_of(tracker), tracker)
        cleared = {**dict.fromkeys(self.slots), **self.started()}
        return [*_set(cleared), *self._asking(step, tracker)]

    def _asking(self, step: Step, tracker: Tracker) -> list[EventType]:
        known = {**tracker.slots, **step.values}
        note = self.note(step.note) if step.note else ""
        return [
            *_set(step.values),
            *_set(self.shown(known, tracker)),
            SlotSet(NOTE, note),
            SlotSet(TRIED, step.tried),
            SlotSet(REQUESTED_SLOT, step.ask),
        ]

    def _finish(
        self, dispatcher: CollectingDispatcher, step: Step, tracker: Tracker
    ) -> list[EventType]:
        last = self.finish({**tracker.slots, **step.values}, tracker)
        if isinstance(last, Step):
            return self._asking(last, tracker)
        say(dispatcher, last)
        return self._ending()

    def _ending(self) -> list[EventType]:
        cleared = dict.fromkeys((*self.slots, TRIED))
        return [*_set(cleared), SlotSet(NOTE, ""), SlotSet(REQUESTED_SLOT, None)]


def message_of(tracker: Tracker) -> Message:
    """Return the latest message as forms see it."""
    latest = tracker.latest_message
    intent = latest.get("intent") or {}
    return Message(
        text=latest.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        told={row["name"]: row["confidence"] for row in latest.get("told") or ()},
    )


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Send a whole reply."""
    dispatcher.utter_message(json_message={"replies": [reply.as_json()]})


def _set(values: Mapping[str, Any]) -> list[EventType]:
    return [SlotSet(slot, value) for slot, value in values.items()]


def _since_message(tracker: Tracker) -> Iterator[Mapping[str, Any]]:
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return
        yield event


def _has(events: Iterable[Mapping[str, Any]], kind: str, name: str) -> bool:
    return any(event["event"] == kind and event.get("name") == name for event in events)

"""The request forms: what a message answers, changes, refuses or confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.forms.message import Control, Message, control, guessed_control, interrupts
from bot.forms.step import CANCELLED, INTERRUPTED, Outcome, Step
from bot.forms.words import phrases
from bot.handoff import parts
from bot.handoff.contact import looks_tried
from bot.handoff.name import name_in, short_text_as_name
from bot.text.placeholders import contacts_in, find_placeholders

QUESTION = "request_question"
NAME = "request_name"
CONTACT = "request_contact"
CONSENT = "request_consent"
CONFIRMED = "request_confirmed"
CHANGE = "request_change"
#: In the order they are asked.
SLOTS = (QUESTION, NAME, CONTACT, CONSENT, CONFIRMED)

#: What stands in a slot whose question was refused.
REFUSED = ""
YES, NO = "yes", "no"

Values = Mapping[str, str]
#: Whether a placeholder stands for something a person can be reached by.
Reachable = Callable[[str], bool]


@dataclass(frozen=True)
class Asked:
    """Where a request form stands when a message comes.

    Attributes:
        slot: What was asked for.
        values: What was answered so far; a refused part is ``REFUSED``.
        intent: The intent that opens this form.
        reachable: Tells whether a contact can be used.
        tried: The slot whose answer was not understood the last time.
    """

    slot: str
    values: Values
    intent: str
    reachable: Reachable
    tried: str | None = None


def opened(message: Message, reachable: Reachable) -> Step:
    """Return the first step: an opening that says what is asked is not asked again."""
    if message.chosen or not parts.says_something(message.text):
        return Step(Outcome.ASKING, ask=QUESTION)
    return _with_question(message.text, {}, reachable)


def taken(message: Message, asked: Asked) -> Step:
    """Return what a message does."""
    told = _control(message, asked.slot)
    if told is Control.CANCEL:
        return CANCELLED
    if told is Control.BACK:
        return _back(asked)
    changed = _changed(message, asked)
    if changed is not None:
        return changed
    if message.intent == asked.intent and asked.slot != QUESTION and message.asks():
        return Step(Outcome.ASKING, ask=asked.slot, note="office_hours")
    return _TAKERS[asked.slot](message, asked, told)


def onward(values: Values, new: Values, note: str = "") -> Step:
    """Return the step that keeps ``new`` and asks for what is missing."""
    known = {**values, **new}
    for slot in SLOTS:
        if slot == CONSENT and not (known.get(NAME) or known.get(CONTACT)):
            continue
        if slot not in known:
            return Step(Outcome.ASKING, new, ask=slot, note=note)
    return Step(Outcome.DONE, new)


def contact_expired() -> Step:
    """Return the step when the contact does not wait in the vault any more."""
    new: dict[str, str | None] = {CONTACT: None, CONFIRMED: None}
    return Step(Outcome.ASKING, new, ask=CONTACT, note="contact_expired")


def _control(message: Message, slot: str) -> Control | None:
    if slot == NAME and phrases("names_like_commands").are_text(message.text):
        return None
    told = control(message) or (guessed_control(message) if slot != QUESTION else None)
    optional = slot in (NAME, CONTACT, CONSENT)
    if told is None and not optional:
        return Control.CANCEL if phrases("enough").are_text(message.text) else None
    return told


def _take_question(message: Message, asked: Asked, told: Control | None) -> Step:
    text = message.text.strip()
    if parts.is_aside(message):
        return INTERRUPTED
    refuses = told is Control.SKIP or _declines(message)
    if refuses and asked.tried == QUESTION:
        return CANCELLED
    if (
        refuses
        or phrases("agree").are_text(text)
        or not parts.says_something(text, fewest=1)
    ):
        return _again(asked, "question_empty")
    return _with_question(text, asked.values, asked.reachable)


def _with_question(text: str, values: Values, reachable: Reachable) -> Step:
    new = {QUESTION: text, **_usable(text, reachable)}
    return onward(values, {key: it for key, it in new.items() if key not in values})


def _take_name(message: Message, asked: Asked, told: Control | None) -> Step:
    contact = _usable(message.text, asked.reachable)
    like_command = phrases("names_like_commands").are_text(message.text)
    if told is Control.SKIP or (_says_no(message) and not like_command):
        return onward(asked.values, {NAME: REFUSED})
    says_yes = phrases("agree").are_text(message.text) and not like_command
    name = None if says_yes else name_in(message.text)
    if name is None and interrupts(message, asked.intent):
        return INTERRUPTED
    if name is None and not says_yes:
        name = short_text_as_name(message.text)
    if name or contact:
        return onward(asked.values, {NAME: name or REFUSED, **contact})
    return _again(asked, "unclear")


def _take_contact(message: Message, asked: Asked, told: Control | None) -> Step:
    contact = _usable(message.text, asked.reachable)
    if contact:
        return onward(asked.values, contact)
    if find_placeholders(message.text) or looks_tried(message.text):
        if asked.tried == CONTACT:
            return onward(asked.values, {CONTACT: REFUSED}, note="contact_dropped")
        return _again(asked, "contact_wrong")
    if told is Control.SKIP or _declines(message):
        return onward(asked.values, {CONTACT: REFUSED})
    if interrupts(message, asked.intent):
        return INTERRUPTED
    if asked.tried == CONTACT:
        return onward(asked.values, {CONTACT: REFUSED}, note="contact_dropped")
    return _again(asked, "unclear")


def _take_consent(message: Message, asked: Asked, told: Control | None) -> Step:
    if _agrees(message):
        return onward(asked.values, {CONSENT: YES})
    if told is Control.SKIP or _declines(message):
        new = {CONSENT: NO, NAME: REFUSED, CONTACT: REFUSED}
        return onward(asked.values, new, note="details_dropped")
    return (
        INTERRUPTED if interrupts(message, asked.intent) else _again(asked, "unclear")
    )


def _take_confirmation(message: Message, asked: Asked, told: Control | None) -> Step:
    if _agrees(message):
        return onward(asked.values, {CONFIRMED: YES})
    if interrupts(message, asked.intent):
        return INTERRUPTED
    if _declines(message) or phrases("change").in_text(message.text):
        return Step(Outcome.ASKING, ask=CHANGE)
    return _again(asked, "unclear")


def _take_change(message: Message, asked: Asked, told: Control | None) -> Step:
    slot = parts.named_part(message.text)
    if slot is not None:
        return _ask_anew(slot, asked.values)
    if interrupts(message, asked.intent):
        return INTERRUPTED
    if _agrees(message) or told is Control.SKIP:
        return onward(asked.values, {})
    return _again(asked, "unclear")


_TAKERS: Mapping[str, Callable[[Message, Asked, Control | None], Step]] = {
    QUESTION: _take_question,
    NAME: _take_name,
    CONTACT: _take_contact,
    CONSENT: _take_consent,
    CONFIRMED: _take_confirmation,
    CHANGE: _take_change,
}


def _changed(message: Message, asked: Asked) -> Step | None:
    """Return the step of a message that changes an earlier part, else ``None``."""
    if message.chosen or asked.slot in (QUESTION, CHANGE):
        return None
    contact = _usable(message.text, asked.reachable)
    if contact and asked.slot in (CONSENT, CONFIRMED):
        return onward(_without_refusal(asked.values), contact, note="changed")
    name = parts.corrected_name(message.text)
    if name and asked.slot != NAME:
        return onward(_without_refusal(asked.values), {NAME: name}, note="changed")
    slot = parts.part_to_change(message.text)
    if slot is None or slot not in asked.values:
        return None
    return _ask_anew(slot, asked.values)


def _ask_anew(slot: str, values: Values) -> Step:
    again: dict[str, str | None] = {slot: None}
    if values.get(CONSENT) == NO:
        again[CONSENT] = None
    return Step(Outcome.ASKING, again, ask=slot, note="again")


def _without_refusal(values: Values) -> Values:
    return {
        slot: value for slot, value in values.items() if (slot, value) != (CONSENT, NO)
    }


def _back(asked: Asked) -> Step:
    answered = [slot for slot in SLOTS if slot in asked.values]
    if not answered:
        return Step(Outcome.ASKING, ask=asked.slot, note="again")
    return _ask_anew(answered[-1], asked.values)


def _again(asked: Asked, note: str) -> Step:
    return Step(Outcome.ASKING, ask=asked.slot, note=note, tried=asked.slot)


def _usable(text: str, reachable: Reachable) -> dict[str, str]:
    usable = [it for it in contacts_in(text) if reachable(it)]
    return {CONTACT: " ".join(usable)} if usable else {}


def _declines(message: Message) -> bool:
    return _says_no(message) or message.intent == "deny"


def _says_no(message: Message) -> bool:
    return phrases("decline").are_text(message.text) or phrases(
        "decline_within"
    ).in_text(message.text)


def _agrees(message: Message) -> bool:
    if phrases("agree").are_text(message.text):
        return True
    # "Khỏi gửi đi" has "gửi đi" in it: what hesitates never sends a ticket.
    if phrases("hesitates").in_text(message.text):
        return False
    return message.intent == "affirm" or phrases("agree_within").in_text(message.text)

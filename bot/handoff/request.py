"""The request forms: what a message answers, changes, refuses or confirms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.forms.message import Control, Message, interrupts
from bot.forms.step import CANCELLED, INTERRUPTED, Outcome, Step
from bot.forms.words import phrases
from bot.handoff import parts
from bot.handoff.contact import looks_tried
from bot.handoff.control import told_by
from bot.handoff.name import (
    introduced_name,
    name_beside_contact,
    name_in,
    short_text_as_name,
)
from bot.handoff.opening import is_empty, says_matter
from bot.handoff.sending import (
    agrees,
    asks_when,
    declines,
    holds_back,
    leaves_out,
    only_agrees,
    puzzled,
    says_no,
    sends,
    sends_the_rest,
)
from bot.text.placeholders import contacts_in, find_placeholders

QUESTION, NAME, CONTACT = parts.QUESTION, parts.NAME, parts.CONTACT
CONFIRMED, SUMMARIES = parts.CONFIRMED, parts.SUMMARIES
CONFIRMED_WITH_CONTACT = parts.CONFIRMED_WITH_CONTACT
CHANGE = "request_change"
#: In the order they are asked.
SLOTS = (QUESTION, NAME, CONTACT, CONFIRMED)

#: What stands in a slot whose question was refused.
REFUSED = ""
YES = "yes"

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
    if message.chosen or not says_matter(message):
        return Step(Outcome.ASKING, ask=QUESTION)
    return _with_question(message.text, {}, reachable)


def taken(message: Message, asked: Asked) -> Step:
    """Return what a message does."""
    without = _without_details(message, asked)
    if without is not None:
        return without
    told = told_by(message, asked.slot)
    if told is Control.CANCEL:
        return CANCELLED
    if told is Control.BACK:
        return _back(asked)
    changed = _changed(message, asked)
    if changed is not None:
        return changed
    asks = message.asks() and not says_no(message)
    asks_about_form = asks and message.intent == asked.intent
    if asked.slot != QUESTION and (asks_about_form or asks_when(message)):
        return Step(Outcome.ASKING, ask=asked.slot, note="office_hours")
    return _TAKERS[asked.slot](message, asked, told)


def onward(values: Values, new: Values, note: str = "") -> Step:
    """Return the step that keeps ``new`` and asks for what is missing."""
    known = {**values, **new}
    for slot in SLOTS:
        if slot not in known:
            with_contact = slot == CONFIRMED and known.get(CONTACT)
            ask = CONFIRMED_WITH_CONTACT if with_contact else slot
            return Step(Outcome.ASKING, new, ask=ask, note=note)
    return Step(Outcome.DONE, new)


def contact_expired() -> Step:
    """Return the step when the contact does not wait in the vault any more."""
    new: dict[str, str | None] = {CONTACT: None, CONFIRMED: None}
    return Step(Outcome.ASKING, new, ask=CONTACT, note="contact_expired")


def _take_question(message: Message, asked: Asked, told: Control | None) -> Step:
    text = message.text.strip()
    if parts.is_aside(message) and not phrases("lost").are_text(text):
        return INTERRUPTED
    refuses = told is Control.SKIP or declines(message)
    if refuses and asked.tried == QUESTION:
        return CANCELLED
    # What is written twice is meant, whatever it looks like.
    empty = asked.tried != QUESTION and is_empty(message)
    if refuses or empty or only_agrees(text):
        return _again(asked, "question_empty")
    return _with_question(text, asked.values, asked.reachable)


def _with_question(text: str, values: Values, reachable: Reachable) -> Step:
    new = {QUESTION: text, **_usable(text, reachable)}
    return onward(values, {key: it for key, it in new.items() if key not in values})


def _take_name(message: Message, asked: Asked, told: Control | None) -> Step:
    text = message.text
    contact = _usable(text, asked.reachable)
    if contact:
        name = name_beside_contact(text)
        return onward(asked.values, {NAME: name or REFUSED, **contact})
    like_command = phrases("names_like_commands").are_text(text)
    if not like_command:
        refused = _refused_at_name(message, told)
        if refused is not None:
            return onward(asked.values, refused)
    name = name_in(text)
    if name is None and interrupts(message, asked.intent):
        return INTERRUPTED
    if name is None and not puzzled(message):
        name = short_text_as_name(text)
    return onward(asked.values, {NAME: name}) if name else _again(asked, "unclear")


def _refused_at_name(message: Message, told: Control | None) -> Values | None:
    """Return what a message refuses when the name is asked for, ``None`` if nothing."""
    text = message.text
    refuses_contact = says_no(message) and CONTACT in parts.named(text)
    if refuses_contact or sends(text):
        name = parts.name_before_refusal(text)
        return {NAME: name or REFUSED, CONTACT: REFUSED}
    refuses = told is Control.SKIP or says_no(message) or only_agrees(text)
    if refuses or _keeps_name(message):
        return {NAME: REFUSED}
    return None


def _keeps_name(message: Message) -> bool:
    text = message.text
    corrects = phrases("not_this").in_text(text) or introduced_name(text) is not None
    if corrects or NAME not in parts.named(text):
        return False
    return declines(message) or parts.refuses_part(text, NAME)


def _take_contact(message: Message, asked: Asked, told: Control | None) -> Step:
    text = message.text
    contact = _usable(text, asked.reachable)
    if contact:
        return onward(asked.values, contact)
    if _tries_contact(text):
        if asked.tried == CONTACT:
            return onward(asked.values, {CONTACT: REFUSED}, note="contact_dropped")
        return _again(asked, "contact_wrong")
    refuses = told is Control.SKIP or declines(message) or only_agrees(text)
    if refuses or sends(text) or phrases("decline_contact").in_text(text):
        return onward(asked.values, {CONTACT: REFUSED})
    if interrupts(message, asked.intent) and not puzzled(message):
        return INTERRUPTED
    if asked.tried == CONTACT:
        return onward(asked.values, {CONTACT: REFUSED}, note="contact_dropped")
    if parts.refuses_part(text, CONTACT):
        return onward(asked.values, {CONTACT: REFUSED})
    return _again(asked, "unclear")


def _take_confirmation(message: Message, asked: Asked, told: Control | None) -> Step:
    if agrees(message):
        return onward(asked.values, {CONFIRMED: YES})
    details = _refused(asked.values, (NAME, CONTACT))
    if details and phrases("disagree").in_text(message.text):
        return onward(asked.values, details, note="details_dropped")
    if puzzled(message):
        return _again(asked, "unclear")
    if holds_back(message):
        return Step(Outcome.ASKING, ask=CHANGE)
    if interrupts(message, asked.intent):
        return INTERRUPTED
    if declines(message) or phrases("change").in_text(message.text):
        return Step(Outcome.ASKING, ask=CHANGE)
    return _again(asked, "unclear")


def _take_change(message: Message, asked: Asked, told: Control | None) -> Step:
    named = parts.named(message.text)
    if named:
        return _ask_anew(named[0])
    if interrupts(message, asked.intent):
        return INTERRUPTED
    if agrees(message) or told is Control.SKIP:
        return onward(asked.values, {})
    return _again(asked, "unclear")


_TAKERS: Mapping[str, Callable[[Message, Asked, Control | None], Step]] = {
    QUESTION: _take_question,
    NAME: _take_name,
    CONTACT: _take_contact,
    CONFIRMED: _take_confirmation,
    CONFIRMED_WITH_CONTACT: _take_confirmation,
    CHANGE: _take_change,
}


def _without_details(message: Message, asked: Asked) -> Step | None:
    """Return the step of "gửi mà đừng kèm số" at the summary, else ``None``."""
    text = message.text
    if asked.slot not in SUMMARIES or find_placeholders(text) or not leaves_out(text):
        return None
    named = [slot for slot in parts.named(text) if slot != QUESTION]
    both = phrases("all_details").in_text(text)
    left_out = (NAME, CONTACT) if both else named or (CONTACT,)
    dropped = _refused(asked.values, left_out)
    if sends_the_rest(text):
        return onward(asked.values, {**dropped, CONFIRMED: YES})
    return onward(asked.values, dropped, note="details_dropped" if dropped else "")


def _refused(values: Values, slots: Iterable[str]) -> dict[str, str]:
    return {slot: REFUSED for slot in slots if values.get(slot)}


def _changed(message: Message, asked: Asked) -> Step | None:
    """Return the step of a message that changes an earlier part, else ``None``."""
    if message.chosen or asked.slot in (QUESTION, CHANGE):
        return None
    contact = _usable(message.text, asked.reachable)
    if contact and asked.slot in SUMMARIES:
        return onward(asked.values, contact, note="changed")
    if asked.slot in SUMMARIES and _tries_contact(message.text):
        step = _again(replace(asked, slot=CONTACT), "contact_wrong")
        return replace(step, values={CONTACT: None})
    name = parts.corrected_name(message.text)
    if name and asked.slot != NAME:
        return onward(asked.values, {NAME: name}, note="changed")
    if asked.slot == CONTACT and parts.refuses_part(message.text, NAME):
        return onward(asked.values, _refused(asked.values, (NAME,)), "details_dropped")
    slot = parts.part_to_change(message.text)
    if slot is None or slot not in asked.values:
        return None
    return _ask_anew(slot)


def _ask_anew(slot: str) -> Step:
    return Step(Outcome.ASKING, {slot: None}, ask=slot, note="again")


def _back(asked: Asked) -> Step:
    answered = [slot for slot in SLOTS if slot in asked.values]
    if not answered:
        return Step(Outcome.ASKING, ask=asked.slot, note="again")
    return _ask_anew(answered[-1])


def _again(asked: Asked, note: str) -> Step:
    return Step(Outcome.ASKING, ask=asked.slot, note=note, tried=asked.slot)


def _tries_contact(text: str) -> bool:
    return bool(find_placeholders(text)) or looks_tried(text)


def _usable(text: str, reachable: Reachable) -> dict[str, str]:
    usable = [it for it in contacts_in(text) if reachable(it)]
    return {CONTACT: " ".join(usable)} if usable else {}

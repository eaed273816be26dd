"""The parts of a request in a message: what is asked, what is to be changed."""

from __future__ import annotations

import re

from bot.forms.message import SURE, Message
from bot.forms.phrases import read
from bot.forms.words import phrases
from bot.handoff.name import introduced_name, name_in
from bot.text.placeholders import find_placeholders

QUESTION = "request_question"
NAME = "request_name"
CONTACT = "request_contact"
CONFIRMED = "request_confirmed"
#: The same question, of a summary with a contact that may be left out.
CONFIRMED_WITH_CONTACT = "request_confirmed_with_contact"
SUMMARIES = (CONFIRMED, CONFIRMED_WITH_CONTACT)
_PARTS = {CONTACT: "part_contact", NAME: "part_name", QUESTION: "part_question"}
#: While the question itself is asked for, only these are questions to the assistant.
_ABOUT_THE_FORM = frozenset({"service_privacy", "service_delete_data"})
_ABOUT_THE_BOT = frozenset({"chitchat_bot_identity", "chitchat_capabilities"})
_CERTAIN = 0.9
_LONGEST_OF_BOT = 16
_SHORT = 5
_LONGEST_CHANGE = 18
#: A longer message is a question, though it has a word of going away in it.
_LONGEST_STOP = 12


def is_aside(message: Message) -> bool:
    """Return whether a message is no answer when the question was asked for."""
    if message.chosen or message.confidence < SURE:
        return False
    about_form = message.asks() and phrases("about_form").in_text(message.text)
    if message.intent in _ABOUT_THE_FORM or about_form:
        return True
    if message.intent.startswith("chitchat_"):
        of_bot = message.intent in _ABOUT_THE_BOT and message.confidence >= _CERTAIN
        longest = _LONGEST_OF_BOT if of_bot else _SHORT
        return len(read(message.text).words.split()) <= longest
    return message.is_topic() and is_marked_aside(message.text)


def is_marked_aside(text: str) -> bool:
    """Return whether a text says itself that it comes in between."""
    starts = phrases("aside").start_text(text)
    return starts or phrases("aside_within").in_text(text)


def stops(message: Message) -> bool:
    """Return whether a message, asked for the question, goes away instead."""
    text = message.text
    if message.asks() or len(read(text).words.split()) > _LONGEST_STOP:
        return False
    first = re.split(r"[,.;]", text, maxsplit=1)[0]
    goes = any(phrases(it).in_text(text) for it in ("leaving", "goes_elsewhere"))
    if goes or phrases("enough").are_text(first):
        return True
    return message.intent == "cancel" and message.confidence >= SURE


def named(text: str) -> list[str]:
    """Return the slots of the parts that a text names."""
    return [slot for slot, name in _PARTS.items() if phrases(name).in_text(text)]


def part_to_change(text: str) -> str | None:
    """Return the slot of the part that a text wants changed."""
    short = len(read(text).words.split()) <= _LONGEST_CHANGE
    if short and phrases("change").in_text(text) and not find_placeholders(text):
        return next(iter(named(text)), None)
    return None


def refuses_part(text: str, slot: str) -> bool:
    """Return whether a text names a part and refuses it ("thôi khỏi ghi tên bác")."""
    name = phrases(_PARTS[slot])
    first, _, _ = text.partition(",")
    if not name.in_text(text):
        return False
    return phrases("negation").in_text(name.before(text)) or (
        name.in_text(first) and phrases("decline").are_text(text[len(first) + 1 :])
    )


def corrected_name(text: str) -> str | None:
    """Return the name that a text puts in the place of another one."""
    denies = phrases("not_this")
    meant = denies.before(text) if denies.in_text(text) else text
    corrects = phrases("correction").in_text(text) or phrases("change").in_text(text)
    if corrects and phrases("part_name").in_text(text):
        return introduced_name(meant)
    return None


def name_before_refusal(text: str) -> str | None:
    """Return the name in front of what is refused ("Lan, khỏi số nha")."""
    first, comma, _ = text.partition(",")
    refuses = phrases("decline_within")
    if comma and not refuses.in_text(first):
        return name_in(first)
    return name_in(refuses.before(text)) if refuses.in_text(text) else None

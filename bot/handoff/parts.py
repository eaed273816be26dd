"""The parts of a request in a message: what is asked, what is to be changed."""

from __future__ import annotations

from bot.forms.message import SURE, Message
from bot.forms.phrases import read
from bot.forms.words import phrases
from bot.handoff.name import introduced_name, name_in
from bot.text.placeholders import find_placeholders, remove_placeholders

#: So many words beyond the usual ones of an opening say what is asked.
_ENOUGH_WORDS = 3
QUESTION = "request_question"
NAME = "request_name"
CONTACT = "request_contact"
_PARTS = {CONTACT: "part_contact", NAME: "part_name", QUESTION: "part_question"}
#: While the question itself is asked for, only these are questions to the assistant.
_ABOUT_THE_FORM = frozenset(
    {"service_privacy", "service_delete_data", "service_sources", "service_contact"}
)
_SHORT = 5
_LONGEST_CHANGE = 8


def says_something(text: str, *, fewest: int = _ENOUGH_WORDS) -> bool:
    """Return whether a text says what is asked, not only that something is."""
    left = phrases("opening").without(remove_placeholders(text)).split()
    return len(left) >= fewest


def is_aside(message: Message) -> bool:
    """Return whether a message is no answer when the question was asked for."""
    if message.chosen or message.confidence < SURE:
        return False
    if message.intent in _ABOUT_THE_FORM:
        return True
    if message.intent.startswith("chitchat_"):
        return len(read(message.text).words.split()) <= _SHORT
    return message.is_topic() and phrases("aside").start_text(message.text)


def named(text: str) -> list[str]:
    """Return the slots of the parts that a text names."""
    return [slot for slot, name in _PARTS.items() if phrases(name).in_text(text)]


def part_to_change(text: str) -> str | None:
    """Return the slot of the part that a text wants changed."""
    short = len(read(text).words.split()) <= _LONGEST_CHANGE
    if short and phrases("change").in_text(text) and not find_placeholders(text):
        return next(iter(named(text)), None)
    return None


def corrected_name(text: str) -> str | None:
    """Return the name that a text puts in the place of another one."""
    meant = phrases("not_this").before(text)
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

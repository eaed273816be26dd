"""Whether a message says what is to be left, or only that something is."""

from __future__ import annotations

import re

from bot.forms.message import Message
from bot.forms.phrases import read
from bot.forms.words import phrases
from bot.text.placeholders import remove_placeholders

_BREAK = re.compile(r"[,;:!?\n]+|\.(?=\s|$)")
#: So many words beyond the usual ones, in a message that asks or names a matter …
_ENOUGH_ASKED = 3
#: … and in one that only tells something: better asked twice than sent wrongly.
_ENOUGH_TOLD = 5
#: A clause is about its matter when so many of its words are beyond the usual ones.
_SHARE = 0.3
_FEEDBACK = "service_feedback"


def says_matter(message: Message) -> bool:
    """Return whether an opening message itself says what is to be left.

    A wish for a person and a complaint about the machine do not, whatever their words:
    of a clause with such a wish only what follows "hỏi về", "chuyện" … counts.
    """
    text = remove_placeholders(message.text)
    of_machine = message.intent != _FEEDBACK
    told = 0
    asks = "?" in text
    for clause in _BREAK.split(text):
        if of_machine and phrases("machine").in_text(clause):
            continue
        if phrases("wish").in_text(clause):
            matter = phrases("matter").behind(phrases("wish").without(clause))
            told += _new_words(matter)
            asks = asks or _new_words(matter) >= _ENOUGH_ASKED
            continue
        count = _new_words(clause)
        if count >= _SHARE * len(read(clause).words.split()):
            told += count
            asks = asks or Message(clause).asks()
            asks = asks or bool(phrases("matter").behind(clause))
    return told >= (_ENOUGH_ASKED if asks else _ENOUGH_TOLD)


def is_empty(text: str) -> bool:
    """Return whether a text, asked for the question, says nothing that could be one."""
    left = phrases("opening").without(remove_placeholders(text))
    if not left or phrases("lost").are_text(text):
        return True
    unsure = phrases("unsure").without(phrases("lost").without(text))
    hesitates = unsure != read(text).words
    return hesitates and not phrases("opening").without(unsure)


def _new_words(text: str) -> int:
    return len(phrases("opening").without(text).split())

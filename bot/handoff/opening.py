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
#: Of these the words must say what is asked.
_NO_TOPIC = ("service_human", _FEEDBACK, "chitchat_")


def says_matter(message: Message) -> bool:
    """Return whether an opening message itself says what is to be left.

    A wish for a person and a complaint about the machine do not, whatever their words:
    of a clause with such a wish only what follows "hỏi về", "chuyện" … counts.
    """
    text = remove_placeholders(message.text)
    of_machine = message.intent != _FEEDBACK
    told = 0
    head, colon, _ = text.partition(":")
    asks = "?" in text or (bool(colon) and phrases("matter").in_text(head))
    for clause in _BREAK.split(text):
        if of_machine and phrases("machine").in_text(clause):
            continue
        if phrases("wish").in_text(clause):
            count = _new_words(_matter_behind_wish(clause))
            told += count
            asks = asks or count >= _ENOUGH_ASKED
            continue
        count = _new_words(clause)
        if count >= _SHARE * len(read(clause).words.split()):
            told += count
            asks = asks or Message(clause).asks()
            asks = asks or bool(phrases("matter").behind(clause))
    return told >= (_ENOUGH_ASKED if asks else _ENOUGH_TOLD)


def is_empty(message: Message) -> bool:
    """Return whether a message, asked for the question, says nothing of one."""
    text = message.text
    lost = phrases("lost")
    if lost.are_text(text):
        return True
    if message.is_topic() and not message.intent.startswith(_NO_TOPIC):
        return False
    if not phrases("opening").without(remove_placeholders(text)):
        return True
    rest = phrases("unsure").without(lost.without(text))
    hesitates = rest != read(text).words or message.intent == "skip"
    if hesitates and _new_words(rest) < _ENOUGH_ASKED:
        return True
    wishes = message.intent == "service_human" and phrases("wish").in_text(text)
    return wishes and _new_words(text) < _ENOUGH_TOLD and not says_matter(message)


def _matter_behind_wish(clause: str) -> str:
    behind = phrases("wish").behind(clause)
    # "… được không" asks for the person, not for anything else.
    asks = Message(phrases("usual").without(behind)).asks()
    return phrases("matter").behind(behind) or (behind if asks else "")


def _new_words(text: str) -> int:
    left = phrases("opening").without(phrases("usual").without(text))
    return len(left.split())

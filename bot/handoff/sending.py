"""Whether a message sends a request, and with what left out."""

from __future__ import annotations

import re

from bot.forms.message import SURE, Message
from bot.forms.phrases import read
from bot.forms.words import phrases

_BREAK = re.compile(r"[,.;!?\n]")

#: What an agreement is often taken for; any other sure topic is a question.
_OWN = ("service_human", "service_feedback", "chitchat_")


def agrees(message: Message) -> bool:
    """Return whether a message says that the summary may be sent."""
    text = message.text
    if only_agrees(text):
        return True
    rest, right = _without_nothing_wrong(text)
    # "Khỏi gửi đi" has "gửi đi" in it: what hesitates never sends a ticket.
    if phrases("hesitates").in_text(rest) or (
        right and phrases("change").in_text(rest)
    ):
        return False
    if right or message.intent == "affirm" or phrases("agree_within").in_text(rest):
        return True
    elsewhere = message.is_topic() and not message.intent.startswith(_OWN)
    told = phrases("agree_told").in_text(rest) and not phrases("change").in_text(rest)
    return told and not elsewhere and not message.asks()


def _without_nothing_wrong(text: str) -> tuple[str, bool]:
    """Return a text without what says that nothing is wrong, and whether it did."""
    listed = phrases("nothing_wrong")
    # Part by part: "không, sai rồi" is not "không sai".
    parts = _BREAK.split(text)
    left = [listed.without(it) if listed.in_text(it) else it for it in parts]
    return ", ".join(left), left != parts


def only_agrees(text: str) -> bool:
    """Return whether a text agrees and says nothing else ("Đồng ý", "ok em")."""
    return phrases("agree").are_text(text) or _is_made_of("agree", text)


def puzzled(message: Message) -> bool:
    """Return whether a message only wonders or wants a moment ("ủa gì vậy")."""
    if _is_made_of("puzzled", message.text):
        return True
    return phrases("unsure").in_text(message.text) and not message.is_topic()


def holds_back(message: Message) -> bool:
    """Return whether a message, shown the summary, does not want it sent like that."""
    hesitates = phrases("hesitates")
    wants_sent = phrases("send").in_text(message.text) and not message.asks()
    first = _BREAK.split(message.text, maxsplit=1)[0]
    return phrases("decline").are_text(first) or (
        wants_sent and hesitates.in_text(message.text)
    )


def sends(text: str) -> bool:
    """Return whether a text only wants it sent, whatever was asked for."""
    return phrases("send").in_text(text) and _is_made_of("agree", text)


def declines(message: Message) -> bool:
    """Return whether a message refuses, as listed or as the classifier reads it."""
    return message.intent == "deny" or says_no(message)


def says_no(message: Message) -> bool:
    """Return whether a message refuses in one of the listed ways."""
    text = message.text
    refuses = phrases("decline").are_text(text)
    return refuses or phrases("decline_within").in_text(text)


def leaves_out(text: str) -> bool:
    """Return whether a text wants a name or contact not to be sent along."""
    rest = _without_left_out(text)
    stops = phrases("cancel").are_text(rest) or phrases("cancel_within").in_text(rest)
    return rest != read(text).words and not stops


def sends_the_rest(text: str) -> bool:
    """Return whether a text that leaves something out wants the rest sent."""
    rest = _without_left_out(text)
    return phrases("send").in_text(rest) and not phrases("hesitates").in_text(rest)


def sent_again(message: Message) -> bool:
    """Return whether a message, right behind a ticket, only confirms it once more."""
    text = message.text
    if only_agrees(text):
        return True
    return message.intent == "affirm" and message.confidence >= SURE


def asks_when(message: Message) -> bool:
    """Return whether a message asks when staff will answer a ticket."""
    # The ways of asking are loose: a sure topic is asked for by itself.
    if message.is_topic() and not message.intent.startswith("service_"):
        return False
    return phrases("asks_when").in_text(message.text)


def _without_left_out(text: str) -> str:
    return phrases("decline_within").without(phrases("leave_out").without(text))


def _is_made_of(name: str, text: str) -> bool:
    """Return whether a text has phrases of a list, and else only words around them."""
    rest = phrases(name).without(text)
    if rest == read(text).words:
        return False
    return not phrases("around").without(rest)

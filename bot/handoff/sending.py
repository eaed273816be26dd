"""Whether a message sends a request, and with what left out."""

from __future__ import annotations

from bot.forms.message import SURE, Message
from bot.forms.phrases import read
from bot.forms.words import phrases


def agrees(message: Message) -> bool:
    """Return whether a message says that the summary may be sent."""
    text = message.text
    if phrases("agree").are_text(text) or _is_made_of("agree", text):
        return True
    # "Khỏi gửi đi" has "gửi đi" in it: what hesitates never sends a ticket.
    if phrases("hesitates").in_text(text):
        return False
    return message.intent == "affirm" or phrases("agree_within").in_text(text)


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
    if phrases("agree").are_text(text) or _is_made_of("agree", text):
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

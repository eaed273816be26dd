"""A message as an open form sees it, and what it tells the form to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.forms.words import phrases

#: From here on a guessed topic is taken for what the person asks.
SURE = 0.6
#: Intent of the buttons of forms; nothing typed is taken for it.
BUTTON = "inform"
#: A message of more words tells something else than to stop.
_LONGEST_CANCEL = 12
_PART = re.compile(r"[^,.;:!?\n]+")
_CONTROLS = frozenset({"affirm", "deny", "cancel", "skip", BUTTON})
_UNSURE = frozenset({"out_of_scope", "clarify", "none_of_these", "follow_up"})


class Control(Enum):
    """What a message tells a form to do, whatever was asked."""

    CANCEL = "cancel"
    SKIP = "skip"
    BACK = "back"


@dataclass(frozen=True)
class Message:
    """One message.

    Attributes:
        text: What was typed, personal data masked; or the title of the button.
        intent: What the classifier took it for.
        confidence: How sure the classifier was.
        told: What the text tells about the person, by probability; see ``bot.nlu.told``.
    """

    text: str
    intent: str = ""
    confidence: float = 0.0
    told: Mapping[str, float] = field(default_factory=dict)

    @property
    def chosen(self) -> bool:
        """Return whether it was a button of a form; its title is the text."""
        return self.intent == BUTTON

    def is_topic(self) -> bool:
        """Return whether the classifier named a topic and was sure of it."""
        known = self.intent not in _CONTROLS | _UNSURE and bool(self.intent)
        return known and self.confidence >= SURE

    def asks(self) -> bool:
        """Return whether the text has the form of a question."""
        if "?" in self.text:
            return True
        # "đâu cũng được" and "tám phẩy mấy" have a question's word and ask nothing.
        return phrases("asking").in_text(phrases("not_asking").without(self.text))


def control(message: Message) -> Control | None:
    """Return what the message tells the form to do in so many words, if anything."""
    text = message.text
    if _cancels(text):
        return Control.CANCEL
    if phrases("back").are_text(text) or phrases("back_within").in_text(text):
        return Control.BACK
    if phrases("skip").are_text(text) or phrases("skip_within").in_text(text):
        return Control.SKIP
    return None


def _cancels(text: str) -> bool:
    if phrases("cancel").are_text(text) or phrases("cancel_within").in_text(text):
        return True
    # "mà thôi, hủy đi, tôi lên trực tiếp"; a lone "Dung," may be a name.
    parts = _PART.findall(text) if len(text.split()) <= _LONGEST_CANCEL else []
    return any(
        phrases("cancel").are_text(part, strict=" " not in part.strip())
        for part in parts
    )


def guessed_control(message: Message) -> Control | None:
    """Return what the classifier is sure the message tells the form to do."""
    if message.confidence < SURE:
        return None
    return {"cancel": Control.CANCEL, "skip": Control.SKIP}.get(message.intent)


def interrupts(message: Message, own: str) -> bool:
    """Return whether the message is a question about something else than the form.

    Args:
        message: The message; not an answer that the form understands.
        own: The intent that opens the form.
    """
    if message.chosen or message.intent == own:
        return False
    if message.is_topic():
        return True
    return message.asks() and message.intent not in _CONTROLS

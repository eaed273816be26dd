"""What a message tells a request form to do, by what was asked for."""

from __future__ import annotations

from bot.forms.message import Control, Message, control, guessed_control
from bot.forms.words import phrases
from bot.handoff import parts


def told_by(message: Message, slot: str) -> Control | None:
    """Return what a message tells the form to do when ``slot`` is asked for."""
    if slot == parts.QUESTION:
        return _control_of_question(message)
    if slot == parts.NAME and phrases("names_like_commands").are_text(message.text):
        return None
    # "dung" may be "đúng" or "dừng"; asked whether it may be sent, it is "đúng".
    if slot in parts.SUMMARIES and phrases("agree").are_text(message.text):
        return None
    leaves = slot != parts.NAME and parts.refuses_part(message.text, parts.NAME)
    told = control(message) or (None if leaves else guessed_control(message))
    if phrases("goes_elsewhere").in_text(message.text) and not message.asks():
        return Control.CANCEL
    if told is None and slot not in (parts.NAME, parts.CONTACT):
        return Control.CANCEL if phrases("enough").are_text(message.text) else None
    return told


def _control_of_question(message: Message) -> Control | None:
    # "Bỏ qua môn toán thì có học được không" is a question, not a command.
    if message.asks() and not message.chosen:
        return None
    return Control.CANCEL if parts.stops(message) else control(message)

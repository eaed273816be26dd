"""Answers as messages of the Send API."""

from __future__ import annotations

from bot.channels.channel import JsonObject, Said
from bot.channels.fitting import shorten, split
from bot.channels.layout import Option, Style, lay_out
from bot.channels.words import Words

LONGEST_TEXT = 2000
LONGEST_TEMPLATE_TEXT = 640
MOST_QUICK_REPLIES = 13
MOST_BUTTONS = 3
LONGEST_TITLE = 20

_STYLE = Style(options=MOST_QUICK_REPLIES, sources=3, links=True)


def render(said: Said, words: Words) -> list[JsonObject]:
    """Return the messages; the choices are beside the last one.

    Buttons stay on screen, so they are preferred where they fit; quick replies vanish
    after a tap, but there may be more of them and more text.
    """
    laid = lay_out(said, _STYLE, words)
    messages: list[JsonObject] = [
        {"text": piece} for piece in split(laid.text, LONGEST_TEXT)
    ]
    last = messages[-1]
    choices = [option for option in laid.options if option.number]
    fits = len(last["text"]) <= LONGEST_TEMPLATE_TEXT
    if choices and len(choices) == len(laid.options) <= MOST_BUTTONS and fits:
        messages[-1] = _with_buttons(last["text"], choices)
    elif laid.options:
        last["quick_replies"] = [
            {"content_type": "text", "title": _title(it), "payload": it.payload}
            for it in laid.options
        ]
    return messages


def _with_buttons(text: str, options: list[Option]) -> JsonObject:
    buttons = [
        {"type": "postback", "title": _title(it), "payload": it.payload}
        for it in options
    ]
    payload = {"template_type": "button", "text": text, "buttons": buttons}
    return {"attachment": {"type": "template", "payload": payload}}


def _title(option: Option) -> str:
    title = f"{option.number}. {option.title}" if option.number else option.title
    return shorten(title, LONGEST_TITLE)

"""Answers as messages of the Official Account API (``v3.0/oa/message/cs``)."""

from __future__ import annotations

from bot.channels.channel import JsonObject, Said
from bot.channels.fitting import shorten, split
from bot.channels.layout import Option, Style, lay_out
from bot.channels.words import Words

LONGEST_TEXT = 2000
MOST_BUTTONS = 5
LONGEST_TITLE = 100

# Addresses make answers long; the staff page and the website carry them.
_STYLE = Style(options=MOST_BUTTONS, sources=2, links=False)


def render(said: Said, words: Words, template_type: str) -> list[JsonObject]:
    """Return the messages; the buttons are on the last one.

    Args:
        said: What the assistant says.
        words: The channel's own words.
        template_type: Sent as ``template_type`` with buttons unless empty; running
            integrations of 2026 send none, older samples send "button".
    """
    laid = lay_out(said, _STYLE, words)
    messages: list[JsonObject] = [
        {"text": piece} for piece in split(laid.text, LONGEST_TEXT)
    ]
    if laid.options:
        payload: JsonObject = {"buttons": [_button(option) for option in laid.options]}
        if template_type:
            payload["template_type"] = template_type
        messages[-1]["attachment"] = {"type": "template", "payload": payload}
    return messages


def _button(option: Option) -> JsonObject:
    title = f"{option.number}. {option.title}" if option.number else option.title
    # "show" would post the payload in the chat as the person's own words.
    return {
        "title": shorten(title, LONGEST_TITLE),
        "type": "oa.query.hide",
        "payload": option.payload,
    }

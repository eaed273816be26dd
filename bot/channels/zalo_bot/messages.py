"""Answers as messages of the Bot Platform: text only, choices by number."""

from __future__ import annotations

from bot.channels.channel import JsonObject, Said
from bot.channels.fitting import split
from bot.channels.layout import Style, lay_out
from bot.channels.words import Words

LONGEST_TEXT = 2000
_STYLE = Style(options=0, sources=2, links=False)


def render(said: Said, words: Words) -> list[JsonObject]:
    """Return the messages."""
    text = lay_out(said, _STYLE, words).text
    return [{"text": piece} for piece in split(text, LONGEST_TEXT)]

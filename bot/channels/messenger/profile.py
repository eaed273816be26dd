"""What the Page shows before anybody writes: greeting, first questions, menu."""

from __future__ import annotations

from bot.channels.channel import JsonObject
from bot.channels.fitting import shorten
from bot.channels.incoming import MENU_MARK
from bot.channels.messenger.events import START_PAYLOAD
from bot.channels.words import Words

#: Without the echoes nobody would know that a member of staff answered.
FIELDS = "messages,messaging_postbacks,message_echoes,messaging_handovers,standby"
_MOST_ICE_BREAKERS = 4
_LONGEST_GREETING = 160
_LONGEST_MENU_TITLE = 30


def profile(words: Words) -> JsonObject:
    """Return the profile; there is one menu, for all languages."""
    return {
        "get_started": {"payload": START_PAYLOAD},
        "greeting": [
            {"locale": "default", "text": shorten(words.welcome, _LONGEST_GREETING)}
        ],
        "ice_breakers": [
            {
                "locale": "default",
                "call_to_actions": [
                    {"question": item.question, "payload": f"{MENU_MARK}{item.key}"}
                    for item in words.menu[:_MOST_ICE_BREAKERS]
                ],
            }
        ],
        "persistent_menu": [
            {
                "locale": "default",
                "composer_input_disabled": False,
                "call_to_actions": [
                    {
                        "type": "postback",
                        "title": shorten(item.title, _LONGEST_MENU_TITLE),
                        "payload": f"{MENU_MARK}{item.key}",
                    }
                    for item in words.menu
                ],
            }
        ],
    }

"""``ictbot messenger``: what the Page shows, and what Meta tells us of."""

from __future__ import annotations

import argparse
from typing import Any

import anyio

from bot.channels.calls import CallError, platform_client
from bot.channels.messenger.client import GraphClient, GraphError
from bot.channels.messenger.profile import FIELDS, profile
from bot.channels.settings import MessengerSettings
from bot.channels.words import load_words
from bot.errors import AssistantError, SettingsError
from bot.settings import load_settings


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("messenger", help="the Facebook Page")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    setting_up = verbs.add_parser(
        "setup", help="set greeting, first questions and menu; subscribe to the Page"
    )
    setting_up.set_defaults(run=set_up)


def set_up(_: argparse.Namespace) -> None:
    """Set the profile and subscribe; running it again changes nothing."""
    settings = load_settings().channels.messenger
    if settings is None:
        raise SettingsError(
            "the Messenger channel is off; set ICTBOT_MESSENGER_APP_ID and the others "
            "(docs/channels.md)"
        )
    anyio.run(_set_up, settings)
    print("greeting, first questions and menu are set; the Page is subscribed")


async def _set_up(settings: MessengerSettings) -> None:
    async with platform_client(None) as http:
        client = GraphClient(settings, http)
        try:
            await client.set_profile(profile(load_words()))
            await client.subscribe(FIELDS)
        except (GraphError, CallError) as error:
            raise AssistantError(
                f"Meta refused ({error}); is the Page token right? See docs/channels.md"
            ) from error

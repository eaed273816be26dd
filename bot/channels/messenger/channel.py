"""A Facebook Page as a channel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import anyio

from bot.channels.calls import CallError
from bot.channels.channel import Address, ForgedError, JsonObject, Said
from bot.channels.incoming import Delivery
from bot.channels.messenger import messages
from bot.channels.messenger.client import GraphClient, GraphError, treatment_of
from bot.channels.messenger.events import TAG_MARK, read_call
from bot.channels.messenger.signature import HEADER, is_genuine
from bot.channels.outcome import Outcome
from bot.channels.pace import Pace
from bot.channels.settings import MessengerSettings
from bot.channels.words import Words

CHANNEL = "messenger"
#: Meta repeats a call for 36 hours.
OLDEST = timedelta(hours=37)
_GREETING_SECONDS = 2.0
_LOOKED_UP = 10


class MessengerChannel:
    """Reads, fits and sends for one Page."""

    name = CHANNEL
    window = timedelta(hours=24)
    # A call may bring up to 1,000 events.
    largest_call = 4 * 1024 * 1024

    def __init__(
        self, settings: MessengerSettings, client: GraphClient, words: Words
    ) -> None:
        """Speak for the Page of ``settings``."""
        self._settings = settings
        self._client = client
        self._words = words
        self._pace = Pace(settings.sends_per_second)

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
        """Check that a call is genuine, and read it.

        Raises:
            ForgedError: The signature is wrong or missing.
        """
        given = headers.get(HEADER, "")
        if not is_genuine(given, body, self._settings.app_secret):
            raise ForgedError("wrong_signature" if given else "unsigned")
        try:
            data = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ForgedError("not_json") from error
        if not isinstance(data, dict) or data.get("object") != "page":
            return Delivery(ignored=("not_a_page",))
        found = read_call(data, self._settings.app_id)
        fresh = tuple(it for it in found.events if now - it.sent_at <= OLDEST)
        stale = ("stale",) * (len(found.events) - len(fresh))
        return Delivery(fresh, found.echoes, found.ignored + stale)

    def render(self, said: Said) -> list[JsonObject]:
        """Return the messages that say it."""
        return messages.render(said, self._words)

    async def greet(self, user_id: str) -> None:
        """Show that the message was seen and an answer is being written."""
        if not self._settings.typing:
            return
        with anyio.move_on_after(_GREETING_SECONDS):
            for action in ("mark_seen", "typing_on"):
                try:
                    await self._client.send(
                        {"recipient": {"id": user_id}, "sender_action": action}
                    )
                except (GraphError, CallError):
                    return

    async def send(self, address: Address, message: JsonObject) -> Outcome:
        """Send one message."""
        await self._pace.wait()
        body = {
            "recipient": {"id": address.user_id},
            "messaging_type": "RESPONSE",
            "message": {**message, "metadata": f"{TAG_MARK}{address.tag}"},
        }
        try:
            answer = await self._client.send(body)
        except GraphError as error:
            return Outcome(treatment_of(error), f"graph_{error.name}")
        except CallError as error:
            return Outcome("doubt" if error.reached else "retry", error.reason)
        return Outcome("sent", platform_id=str(answer.get("message_id") or ""))

    async def find(
        self, address: Address, message: JsonObject, known: set[str]
    ) -> str | None:
        """Look the message up in the conversation, by its text and unknown id.

        An echo usually tells sooner: it carries the tag of the message.
        """
        payload = message.get("attachment", {}).get("payload", {})
        text = (message.get("text") or payload.get("text") or "").split()
        for row in await self._client.conversation(address.user_id, _LOOKED_UP):
            found = str(row.get("id") or "")
            mine = str((row.get("from") or {}).get("id")) != address.user_id
            same = str(row.get("message") or "").split() == text
            if mine and same and found and found not in known:
                return found
        return None

"""A bot of the Zalo Bot Platform as a channel."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.channels.calls import CallError, read_json
from bot.channels.channel import Address, ForgedError, JsonObject, Said
from bot.channels.incoming import Delivery, Incoming, Kind, moment_of
from bot.channels.outcome import Outcome, Verdict
from bot.channels.pace import Pace
from bot.channels.settings import ZaloBotSettings
from bot.channels.words import Words
from bot.channels.zalo_bot import messages

CHANNEL = "zalo_bot"
HEADER = "x-bot-api-secret-token"

_OLDEST = timedelta(hours=3)
# The platform names no limit; Telegram, which it is like, has 30 a second.
_SENDS_PER_SECOND = 20.0
_KINDS: dict[str, Kind] = {
    "message.text.received": "text",
    "message.image.received": "image",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.unsupported.received": "unreadable",
}
_VERDICTS: dict[int, Verdict] = {
    400: "dead",
    401: "alarm",
    403: "drop",
    404: "alarm",
    429: "retry",
}


class ZaloBotChannel:
    """Reads, fits and sends for one bot."""

    name = CHANNEL
    # How long a person may be answered is not documented; the account's rule is taken.
    window = timedelta(days=7)
    largest_call = 256 * 1024

    def __init__(
        self, settings: ZaloBotSettings, http: httpx.AsyncClient, words: Words
    ) -> None:
        """Speak for the bot of ``settings``."""
        self._settings = settings
        self._http = http
        self._words = words
        self._pace = Pace(_SENDS_PER_SECOND)

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
        """Check that a call is genuine, and read it; the body itself is not signed.

        Raises:
            ForgedError: The secret is wrong or missing.
        """
        given = headers.get(HEADER, "").encode()
        if not hmac.compare_digest(given, self._settings.webhook_secret.encode()):
            raise ForgedError("wrong_secret")
        try:
            data = json.loads(body)
            event = _read(data.get("result") or data)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Delivery(ignored=("unreadable",))
        if event is None:
            return Delivery(ignored=("unknown",))
        if now - event.sent_at > _OLDEST:
            return Delivery(ignored=("stale",))
        return Delivery(events=(event,))

    def render(self, said: Said) -> list[JsonObject]:
        """Return the messages that say it."""
        return messages.render(said, self._words)

    async def greet(self, user_id: str) -> None:
        """Show that an answer is being written."""
        try:
            await self._call("sendChatAction", {"chat_id": user_id, "action": "typing"})
        except CallError:
            return

    async def send(self, address: Address, message: JsonObject) -> Outcome:
        """Send one message."""
        await self._pace.wait()
        try:
            answer = await self._call(
                "sendMessage", {"chat_id": address.user_id, **message}
            )
        except CallError as error:
            return Outcome("doubt" if error.reached else "retry", error.reason)
        if answer.get("ok"):
            result = answer.get("result") or {}
            return Outcome("sent", platform_id=str(result.get("message_id") or ""))
        code = int(answer.get("error_code") or 0)
        return Outcome(_VERDICTS.get(code, "retry"), f"zalo_bot_{code}")

    async def find(
        self, address: Address, message: JsonObject, known: set[str]
    ) -> str | None:
        """Return ``None``: the platform cannot be asked; an answer may come twice."""
        return None

    async def _call(self, method: str, body: JsonObject) -> JsonObject:
        url = f"{self._settings.api_url}/bot{self._settings.token}/{method}"
        return await read_json(self._http, "POST", url, json=body)


def _read(update: dict[str, Any]) -> Incoming | None:
    kind = _KINDS.get(str(update["event_name"]))
    message = update["message"]
    chat = message["chat"]
    if kind is None or chat.get("chat_type", "PRIVATE") != "PRIVATE":
        return None
    return Incoming(
        str(message["message_id"]),
        str(chat["id"]),
        kind,
        moment_of(message["date"]),
        str(message.get("text") or "") if kind == "text" else "",
    )

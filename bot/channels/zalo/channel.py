"""The Official Account as a channel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.channels.alarms import Alarms
from bot.channels.calls import CallError
from bot.channels.channel import Address, ForgedError, JsonObject, Said
from bot.channels.incoming import Delivery
from bot.channels.outcome import Outcome
from bot.channels.pace import Pace
from bot.channels.settings import ZaloSettings
from bot.channels.words import Words
from bot.channels.zalo import messages
from bot.channels.zalo.client import ZaloClient, ZaloError, treatment_of
from bot.channels.zalo.events import read_event
from bot.channels.zalo.signature import HEADER, is_genuine
from bot.channels.zalo.tokens import CHANNEL, ZaloTokenError

_log = structlog.get_logger("bot.channels")

#: Zalo repeats a call for about 1 h 50 min, and the body stays the same.
OLDEST = timedelta(hours=3)
_FREE_WINDOW, _PAID_WINDOW = timedelta(hours=48), timedelta(days=7)
_LOOKED_UP = 10
_LOW_QUOTA = 100


class ZaloChannel:
    """Reads, fits and sends for one Official Account."""

    name = CHANNEL
    largest_call = 256 * 1024

    def __init__(
        self, settings: ZaloSettings, client: ZaloClient, words: Words, alarms: Alarms
    ) -> None:
        """Speak for the account of ``settings``."""
        self._settings = settings
        self._client = client
        self._words = words
        self._alarms = alarms
        self._pace = Pace(settings.sends_per_second)
        self.window = _PAID_WINDOW if settings.paid_window else _FREE_WINDOW

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
        """Check that a call is genuine, and read it.

        A call without any signature is Zalo's own test when the address is saved: it is
        answered and ignored.

        Raises:
            ForgedError: The signature is wrong.
        """
        given = headers.get(HEADER, "")
        if not given:
            return Delivery(ignored=("unsigned",))
        data = _object(body)
        stamp = str(data.get("timestamp", ""))
        terms = self._first_terms(data)
        if not is_genuine(given, terms, body, stamp, self._settings.oa_secret_key):
            raise ForgedError("wrong_signature")
        try:
            delivery = read_event(data)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            _log.warning("zalo_event_unreadable", error=type(error).__name__)
            return Delivery(ignored=("unreadable",))
        if any(now - event.sent_at > OLDEST for event in delivery.events):
            return Delivery(ignored=("stale",))
        return delivery

    def render(self, said: Said) -> list[JsonObject]:
        """Return the messages that say it."""
        return messages.render(said, self._words, self._settings.buttons_template_type)

    async def greet(self, user_id: str) -> None:
        """Do nothing: the API has no typing indicator."""

    async def send(self, address: Address, message: JsonObject) -> Outcome:
        """Send one message."""
        await self._pace.wait()
        body = {"recipient": {"user_id": address.user_id}, "message": message}
        try:
            answer = await self._client.send(body)
        except ZaloError as error:
            return _refused(error.error_code)
        except ZaloTokenError as error:
            return Outcome("alarm" if error.refused else "retry", error.reason)
        except CallError as error:
            return Outcome("doubt" if error.reached else "retry", error.reason)
        data = answer.get("data") or {}
        self._watch_quota(data.get("quota") or {})
        return Outcome("sent", platform_id=str(data.get("message_id") or ""))

    async def find(
        self, address: Address, message: JsonObject, known: set[str]
    ) -> str | None:
        """Look the message up in the conversation, by its text and unknown id."""
        text = message["text"].split()
        for row in await self._client.conversation(address.user_id, _LOOKED_UP):
            found = str(row.get("message_id") or "")
            mine = str(row.get("from_id")) != address.user_id
            same = str(row.get("message") or "").split() == text
            if mine and same and found and found not in known:
                return found
        return None

    def _first_terms(self, data: JsonObject) -> list[str]:
        terms = {"app_id": self._settings.app_id, "oa_id": self._settings.oa_id}
        which = self._settings.first_term
        chosen = [terms[which]] if which in terms else list(terms.values())
        return [term for term in chosen if term]

    def _watch_quota(self, quota: dict[str, Any]) -> None:
        remain = str(quota.get("remain", ""))
        if remain.isdecimal() and int(remain) < _LOW_QUOTA:
            kind = str(quota.get("quota_type"))[:20]
            self._alarms.raise_alarm(CHANNEL, "quota_low", quota=kind, remain=remain)


def _object(body: bytes) -> JsonObject:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ForgedError("not_json") from error
    if not isinstance(data, dict):
        raise ForgedError("not_json")
    return data


def _refused(code: int) -> Outcome:
    treatment = treatment_of(code)
    if treatment == "refresh":
        # It was refreshed once already, and the new one is refused too.
        return Outcome("alarm", f"zalo_{code}")
    if treatment == "unknown":
        return Outcome("retry", f"zalo_{code}")
    return Outcome(treatment, f"zalo_{code}")

"""Send a message of the outbox, and do what its outcome asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.alarms import Alarms
from bot.channels.calls import CallError
from bot.channels.channel import Address, Channel
from bot.channels.messenger.client import GraphError
from bot.channels.outcome import Outcome
from bot.channels.pace import retry_seconds
from bot.channels.store import ChannelStore, Parcel
from bot.channels.zalo.client import ZaloError
from bot.channels.zalo.tokens import ZaloTokenError
from bot.clock import Clock
from bot.gateway.logs import log_failure
from bot.storage.outbox import Send

#: An answer that comes later than this helps nobody; people may still replay it.
GIVE_UP_AFTER = timedelta(hours=6)
#: A call that was cut off may still be under way at the platform.
DOUBT_SECONDS = 5.0
_ALARM_SECONDS = 60.0


class Sending:
    """Works on one leased message at a time; several may run beside each other."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        store: ChannelStore,
        clock: Clock,
        alarms: Alarms,
    ) -> None:
        """Put the parts together."""
        self._channels = channels
        self._store = store
        self._clock = clock
        self._alarms = alarms

    async def handle(self, send: Send) -> None:
        """Send a message, or leave it for later."""
        try:
            outcome = await self._try(send)
            self._alarms.count_send(send.channel, outcome.verdict)
            await self._note(send, outcome)
        except Exception as error:
            # The lease ends by itself; the row stays doubtful, so it is looked up first.
            log_failure("channel_send_failed", error)
            if not isinstance(error, SQLAlchemyError) and self._is_old(send):
                await self._store.bury_send(send.seq, type(error).__name__)

    async def _try(self, send: Send) -> Outcome:
        channel = self._channels.get(send.channel)
        if channel is None:
            return Outcome("retry", "channel_off")
        person = await self._store.person(send.person)
        # Who is not known was erased; the words that tell so still go out.
        if person and self._clock() - person.last_at > channel.window:
            return Outcome("drop", "outside_window")
        parcel = self._store.open_send(send)
        address = Address(parcel.user_id, str(send.seq))
        if send.doubtful:
            looked_up = await self._look_up(send, channel, address, parcel)
            if looked_up is not None:
                return looked_up
        return await channel.send(address, parcel.message)

    async def _look_up(
        self, send: Send, channel: Channel, address: Address, parcel: Parcel
    ) -> Outcome | None:
        known = await self._store.known_ids(send.person)
        try:
            found = await channel.find(address, parcel.message, known)
        except (CallError, ZaloError, ZaloTokenError, GraphError) as error:
            return Outcome("doubt", f"look_up_{type(error).__name__}")
        return Outcome("sent", platform_id=found) if found else None

    async def _note(self, send: Send, outcome: Outcome) -> None:
        verdict, reason = outcome.verdict, outcome.reason
        if verdict == "sent":
            await self._store.sent(send.seq, outcome.platform_id)
        elif verdict == "drop":
            await self._store.drop_send(send.seq, reason)
        elif verdict == "dead" or self._is_old(send):
            await self._store.bury_send(send.seq, reason)
            self._alarms.raise_alarm(send.channel, "send_dead", error=reason)
        else:
            await self._later(send, outcome)

    async def _later(self, send: Send, outcome: Outcome) -> None:
        seconds = outcome.retry_after or retry_seconds(send.attempts)
        if outcome.verdict == "alarm":
            self._alarms.raise_alarm(send.channel, outcome.reason)
            seconds = max(seconds, _ALARM_SECONDS)
        doubtful = outcome.verdict == "doubt"
        if doubtful:
            seconds = max(seconds, DOUBT_SECONDS)
        await self._store.put_send_back(
            send.seq, seconds, outcome.reason, doubtful=doubtful
        )

    def _is_old(self, send: Send) -> bool:
        return self._clock() - send.created_at > GIVE_UP_AFTER

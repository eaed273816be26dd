"""The channels of a process, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import anyio
import httpx
from sqlalchemy.engine import Engine

from bot.channels.alarms import Alarms
from bot.channels.answering import Answering
from bot.channels.calls import platform_client
from bot.channels.channel import Channel
from bot.channels.child import ChildWorker
from bot.channels.later import LaterAnswers
from bot.channels.messenger.channel import MessengerChannel
from bot.channels.messenger.client import GraphClient
from bot.channels.receiver import Receiver, spool_beside
from bot.channels.sending import Sending
from bot.channels.settings import ChannelSettings, ZaloSettings
from bot.channels.store import ChannelStore
from bot.channels.words import Words, load_words
from bot.channels.worker import Worker
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.tokens import TokenKeeper
from bot.channels.zalo_bot.channel import ZaloBotChannel
from bot.clock import Clock
from bot.gateway.services import Services
from bot.sealing import Seal
from bot.settings import Settings

_SEAL_PURPOSE = "ictbot channels v1"


@dataclass(frozen=True)
class Hub:
    """What webhooks and the worker use."""

    channels: dict[str, Channel]
    settings: ChannelSettings
    secret_key: str
    clock: Clock
    alarms: Alarms
    seal: Seal
    receiver: Receiver
    worker: Worker
    child: ChildWorker | None
    store: ChannelStore
    tokens: TokenKeeper | None
    http: httpx.AsyncClient

    async def run(self) -> None:
        """Work on the queues, as far as this process is to do that, until cancelled."""
        if not self.channels:
            return
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.receiver.tidy)
            if self.child is not None:
                tasks.start_soon(self.child.run)
                tasks.start_soon(self.worker.show_figures)
            elif self.settings.worker == "inside":
                tasks.start_soon(self.work)

    async def work(self) -> None:
        """Answer and send, until cancelled; in the gateway or in a process apart."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.receiver.run)
            tasks.start_soon(self.worker.run)

    async def close(self) -> None:
        """Close connections and files."""
        self.receiver.close()
        await self.http.aclose()

    def wake(self) -> None:
        """Tell that there may be something to do."""
        self.receiver.fill()
        self.worker.events.wake()


def build_hub(
    settings: Settings,
    services: Services,
    *,
    engine: Engine,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Hub:
    """Put the channels together that the settings name; there may be none.

    Args:
        settings: The settings of this process.
        services: The parts of the gateway; turns are taken there.
        engine: A migrated database.
        transport: Stands in for the network to the platforms.
    """
    clock, words = services.clock, load_words()
    alarms = Alarms(services.metrics.registry)
    seal = channel_seal(settings)
    http = platform_client(transport)
    wanted = settings.channels
    tokens = (
        token_keeper(wanted.zalo, engine, seal, http, clock, alarms)
        if wanted.zalo
        else None
    )
    channels = _channels(wanted, tokens, http, words, alarms)
    store = ChannelStore(engine, seal, clock, settings.retention_days)
    answering = Answering(
        channels,
        store,
        services.turns,
        services.archive,
        services.conversation_rate,
        words,
        clock,
        alarms,
        timedelta(minutes=wanted.pause_minutes),
    )
    child = ChildWorker() if wanted.worker == "child" else None
    receiver = Receiver(
        engine,
        clock,
        timedelta(seconds=wanted.settle_seconds),
        spool_beside(engine) if channels else None,
    )
    worker = Worker(
        answering=answering,
        sending=Sending(channels, store, clock, alarms),
        later=LaterAnswers(channels, store, services.archive),
        tokens=tokens,
        store=store,
        workers=wanted.workers,
        clock=clock,
        alarms=alarms,
        pressed=receiver.is_pressed,
    )
    receiver.tells = child.wake if child else worker.events.wake
    return Hub(
        channels=channels,
        settings=wanted,
        secret_key=settings.secret_key,
        clock=clock,
        alarms=alarms,
        seal=seal,
        receiver=receiver,
        worker=worker,
        child=child,
        store=store,
        tokens=tokens,
        http=http,
    )


def channel_seal(settings: Settings) -> Seal:
    """Return the seal of events, messages, user ids and tokens."""
    return Seal(settings.secret_key, _SEAL_PURPOSE)


def token_keeper(
    settings: ZaloSettings,
    engine: Engine,
    seal: Seal,
    http: httpx.AsyncClient,
    clock: Clock,
    alarms: Alarms,
) -> TokenKeeper:
    """Return the keeper of the account's tokens."""
    return TokenKeeper(settings, engine, seal, http, clock, alarms)


def _channels(
    wanted: ChannelSettings,
    tokens: TokenKeeper | None,
    http: httpx.AsyncClient,
    words: Words,
    alarms: Alarms,
) -> dict[str, Channel]:
    found: list[Channel] = []
    if wanted.zalo and tokens:
        client = ZaloClient(wanted.zalo, tokens, http)
        found.append(ZaloChannel(wanted.zalo, client, words, alarms))
    if wanted.zalo_bot:
        found.append(ZaloBotChannel(wanted.zalo_bot, http, words))
    if wanted.messenger:
        graph = GraphClient(wanted.messenger, http)
        found.append(MessengerChannel(wanted.messenger, graph, words))
    return {channel.name: channel for channel in found}

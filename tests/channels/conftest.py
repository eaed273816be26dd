"""The gateway with all channels in this process, stand-ins for Rasa and the platforms."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.channels.hub import Hub
from bot.gateway.app import create_app
from bot.gateway.services import Services
from bot.settings import Settings
from bot.storage import channel_tokens
from tests.conftest import FixedClock
from tests.gateway.rasa import Rasa, RasaNetwork
from tests.simulators.platforms import PlatformNetwork, Platforms, channel_settings
from tests.simulators.traffic import Webhook


@dataclass
class Bench:
    """Delivers webhooks, lets the worker work, and shows what people got."""

    http: httpx.AsyncClient
    hub: Hub
    services: Services
    platforms: Platforms
    rasa: Rasa
    clock: FixedClock
    engine: Engine

    async def deliver(self, webhook: Webhook) -> int:
        answer = await self.http.post(
            webhook.path, content=webhook.body, headers=webhook.headers
        )
        return answer.status_code

    async def work(self) -> None:
        worker = self.hub.worker
        await self.hub.receiver.copy()
        while await worker.events.drain() + await worker.sends.drain():
            pass

    async def hear(self, webhook: Webhook) -> None:
        """Deliver and work."""
        assert await self.deliver(webhook) == 200
        await self.work()

    async def hear_echoes(self) -> None:
        echoes, self.platforms.graph.echoes = self.platforms.graph.echoes, []
        for echo in echoes:
            assert await self.deliver(echo) == 200
        await self.hub.receiver.copy()

    def zalo(self, user: str) -> list[dict[str, Any]]:
        return [it for to, _, it in self.platforms.zalo.sent if to == user]

    def bot(self, user: str) -> list[dict[str, Any]]:
        return [it for to, _, it in self.platforms.bot.sent if to == user]

    def messenger(self, user: str) -> list[dict[str, Any]]:
        return [it for to, _, it in self.platforms.graph.sent if to == user]


def log_in(hub: Hub, engine: Engine, platforms: Platforms, clock: FixedClock) -> None:
    pair = {
        "access_token": platforms.zalo.access_token,
        "refresh_token": platforms.zalo.refresh_token,
    }
    with engine.begin() as connection:
        channel_tokens.replace(
            connection,
            "zalo",
            sealed=hub.seal.close(json.dumps(pair)),
            expires_at=clock() + timedelta(hours=25),
            at=clock(),
        )
    platforms.zalo.expires_at = clock() + timedelta(hours=25)


@pytest.fixture
def rasa(settings: Settings) -> Rasa:
    return Rasa(settings.rasa_secret)


@pytest.fixture
def platforms(clock: FixedClock) -> Platforms:
    return Platforms(clock)


@pytest.fixture
def make_app(
    engine: Engine, rasa: Rasa, platforms: Platforms, clock: FixedClock
) -> Callable[[Settings], Starlette]:
    def make(settings: Settings) -> Starlette:
        return create_app(
            settings,
            engine=engine,
            calls=RasaNetwork(rasa),
            platforms=PlatformNetwork(platforms),
            clock=clock,
        )

    return make


@pytest.fixture
def channel_app_settings(settings: Settings) -> Settings:
    channels = channel_settings("http://platforms.test", settle_seconds=0.0)
    return replace(settings, channels=channels)


@pytest.fixture
async def bench(
    make_app: Callable[[Settings], Starlette],
    channel_app_settings: Settings,
    rasa: Rasa,
    platforms: Platforms,
    clock: FixedClock,
    engine: Engine,
) -> AsyncIterator[Bench]:
    app = make_app(channel_app_settings)
    log_in(app.state.hub, engine, platforms, clock)
    transport = httpx.ASGITransport(app, client=("203.0.113.9", 50000))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://gateway.test"
    ) as http:
        yield Bench(
            http, app.state.hub, app.state.services, platforms, rasa, clock, engine
        )
    await app.state.hub.close()

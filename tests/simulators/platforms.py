"""All stand-ins as one application, and their settings for the assistant."""

from __future__ import annotations

from typing import Any

import httpx
from starlette.applications import Starlette

from bot.channels.settings import (
    ChannelSettings,
    MessengerSettings,
    ZaloBotSettings,
    ZaloSettings,
)
from bot.clock import Clock
from tests.simulators import graph, zalo_bot, zalo_oa
from tests.simulators.faults import CutError
from tests.simulators.graph import Graph
from tests.simulators.traffic import Traffic
from tests.simulators.zalo_bot import ZaloBot
from tests.simulators.zalo_oa import ZaloOA


class Platforms:
    """Zalo OA, Zalo Bot and the Graph API."""

    def __init__(self, clock: Clock) -> None:
        self.traffic = Traffic(clock)
        self.zalo = ZaloOA(clock, self.traffic)
        self.bot = ZaloBot(clock, self.traffic)
        self.graph = Graph(clock, self.traffic)

    def app(self, *more: Any) -> Starlette:
        return Starlette(
            routes=[
                *self.zalo.routes(),
                *self.bot.routes(),
                *self.graph.routes(),
                *more,
            ]
        )


class PlatformNetwork(httpx.ASGITransport):
    """The network to the stand-ins within one process."""

    def __init__(self, platforms: Platforms) -> None:
        super().__init__(platforms.app())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except CutError as error:
            raise httpx.ReadError("cut off by the stand-in") from error


def channel_settings(root: str, **more: Any) -> ChannelSettings:
    """Return settings of channels whose platforms are at ``root``."""
    return ChannelSettings(
        zalo=ZaloSettings(
            app_id=zalo_oa.APP_ID,
            app_secret=zalo_oa.APP_SECRET,
            oa_secret_key=zalo_oa.OA_SECRET_KEY,
            oa_id=zalo_oa.OA_ID,
            first_term="app_id",
            buttons_template_type="",
            appsecret_proof=False,
            paid_window=False,
            sends_per_second=1000.0,
            redirect_url="https://cantho.example/zalo",
            code_verifier="v" * 43,
            api_url=f"{root}/zalo",
            oauth_url=f"{root}/zalo-oauth",
        ),
        zalo_bot=ZaloBotSettings(
            token=zalo_bot.TOKEN,
            webhook_secret=zalo_bot.WEBHOOK_SECRET,
            api_url=f"{root}/bot-api",
        ),
        messenger=MessengerSettings(
            app_id=graph.APP_ID,
            app_secret=graph.APP_SECRET,
            page_id=graph.PAGE_ID,
            page_token=graph.PAGE_TOKEN,
            verify_token=graph.VERIFY_TOKEN,
            graph_version="v25.0",
            appsecret_proof=True,
            typing=True,
            sends_per_second=1000.0,
            graph_url=f"{root}/graph",
        ),
        **more,
    )

"""The page to chat through each channel by hand, and what it calls."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.simulators.platforms import Platforms
from tests.simulators.traffic import Webhook

_IMAGE = {"url": "https://example.invalid/anh.jpg"}


class HandBench:
    """Turns what a person does on the page into webhook calls."""

    def __init__(self, platforms: Platforms, gateway: str) -> None:
        self._platforms = platforms
        self._http = httpx.AsyncClient(base_url=gateway, timeout=10)
        self._last: Webhook | None = None
        self._lines: list[tuple[str, str, dict[str, Any]]] = []
        self._taken = {"zalo": 0, "zalo_bot": 0, "messenger": 0}

    def routes(self) -> list[Route]:
        return [
            Route("/", self._page),
            Route("/simulate/do", self._do, methods=["POST"]),
            Route("/simulate/state", self._state),
        ]

    async def _page(self, request: Request) -> Response:
        path = Path(__file__).with_name("page.html")
        return HTMLResponse(path.read_text(encoding="utf-8"))

    async def _do(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        what, channel, user = asked["what"], asked["channel"], asked["user"]
        if what == "expire":
            self._platforms.zalo.expires_at = self._platforms.zalo.clock()
        elif what == "outage":
            for it in (
                self._platforms.zalo,
                self._platforms.bot,
                self._platforms.graph,
            ):
                it.faults.outage = not it.faults.outage
        else:
            call = self._last if what == "repeat" else self._call(asked)
            if call is not None:
                self._last = call
                said = asked.get("title") or asked.get("text") or f"({what})"
                line = {"mine": True, "text": said, "buttons": []}
                self._lines.append((channel, user, line))
                await self._deliver(channel, call)
        return JSONResponse({})

    def _call(self, asked: dict[str, Any]) -> Webhook | None:
        what, user = asked["what"], asked["user"]
        text = asked.get("payload") or asked.get("text", "Chào anh/chị, tôi là Lan.")
        zalo, bot, graph = (
            self._platforms.zalo,
            self._platforms.bot,
            self._platforms.graph,
        )
        made = {
            ("zalo", "text"): lambda: zalo.text(user, text),
            ("zalo", "tap"): lambda: zalo.text(user, text),
            ("zalo", "start"): lambda: zalo.follow(user),
            ("zalo", "staff"): lambda: zalo.staff(user, text),
            ("zalo", "image"): lambda: zalo.attachment("user_send_image", user, _IMAGE),
            ("zalo", "sticker"): lambda: zalo.attachment("user_send_sticker", user, {}),
            ("zalo_bot", "text"): lambda: bot.text(user, text),
            ("zalo_bot", "image"): lambda: bot.event(user, "message.image.received"),
            ("zalo_bot", "sticker"): lambda: bot.event(
                user, "message.sticker.received"
            ),
            ("messenger", "text"): lambda: graph.text(user, text),
            ("messenger", "tap"): lambda: graph.postback(user, text),
            ("messenger", "start"): lambda: graph.postback(user, "#start"),
            ("messenger", "staff"): lambda: graph.staff(user, text),
            ("messenger", "image"): lambda: graph.attachment(user, "image", **_IMAGE),
            ("messenger", "sticker"): lambda: graph.attachment(user, "sticker"),
        }.get((asked["channel"], what))
        return made() if made else None

    async def _deliver(self, channel: str, call: Webhook) -> None:
        self._platforms.traffic.note(
            channel, "person → assistant", json.loads(call.body)
        )
        try:
            answer = await self._http.post(
                call.path, content=call.body, headers=call.headers
            )
            status: object = answer.status_code
        except httpx.HTTPError as error:
            status = type(error).__name__
        self._platforms.traffic.note(channel, "acknowledged", status)

    async def _state(self, request: Request) -> Response:
        await self._take_sent()
        channel, user = request.query_params["channel"], request.query_params["user"]
        lines = [line for it, to, line in self._lines if (it, to) == (channel, user)]
        traffic = [asdict(it) for it in reversed(self._platforms.traffic.seen)]
        return JSONResponse({"lines": lines, "traffic": traffic[:60]})

    async def _take_sent(self) -> None:
        graph = self._platforms.graph
        echoes, graph.echoes = graph.echoes, []
        for echo in echoes:
            await self._deliver("messenger", echo)
        for channel, sent in (
            ("zalo", self._platforms.zalo.sent),
            ("zalo_bot", self._platforms.bot.sent),
            ("messenger", graph.sent),
        ):
            for user, _, message in sent[self._taken[channel] :]:
                self._lines.append((channel, user, _shown(message)))
            self._taken[channel] = len(sent)


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    payload = message.get("attachment", {}).get("payload", {})
    options = [*payload.get("buttons", []), *message.get("quick_replies", [])]
    return {
        "mine": False,
        "text": message.get("text") or payload.get("text", ""),
        "buttons": [{"title": it["title"], "payload": it["payload"]} for it in options],
    }

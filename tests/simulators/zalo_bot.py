"""A stand-in for the Zalo Bot Platform, as the fact sheet describes it."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.zalo_bot.channel import HEADER
from bot.clock import Clock
from tests.simulators.faults import CutError, Faults
from tests.simulators.traffic import Traffic, Webhook

TOKEN, WEBHOOK_SECRET = "1755:token-of-the-stand-in", "secret-of-the-stand-in"


@dataclass
class ZaloBot:
    """One bot with its people."""

    clock: Clock
    traffic: Traffic
    faults: Faults = field(default_factory=Faults)
    sent: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)

    def text(self, user: str, text: str, *, wrapped: bool = True) -> Webhook:
        return self.event(user, "message.text.received", wrapped=wrapped, text=text)

    def event(
        self, user: str, name: str, *, wrapped: bool = True, **more: Any
    ) -> Webhook:
        message = {
            "message_id": f"b{next(self._ids):08x}",
            "from": {"id": user, "display_name": "Người thử"},
            "chat": {"id": user, "chat_type": "PRIVATE", **more.pop("chat", {})},
            "date": int(self.clock().timestamp() * 1000),
            **more,
        }
        update: dict[str, Any] = {"event_name": name, "message": message}
        body = json.dumps(
            {"ok": True, "result": update} if wrapped else update
        ).encode()
        headers = {HEADER: WEBHOOK_SECRET, "content-type": "application/json"}
        return Webhook("/webhooks/zalo-bot", headers, body)

    def routes(self) -> list[Route]:
        return [Route("/bot-api/bot{token}/{method}", self._call, methods=["POST"])]

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            return _error(401)
        body = await request.json()
        if request.path_params["method"] == "sendChatAction":
            self.actions.append(body["chat_id"])
            return JSONResponse({"ok": True, "result": True})
        fault = self.faults.next()
        if fault == "drop":
            raise CutError
        if fault == "refuse":
            return _error(429)
        if not 1 <= len(body.get("text", "")) <= 2000:
            return _error(400)
        message_id = f"s{next(self._ids):08x}"
        self.sent.append((body["chat_id"], message_id, {"text": body["text"]}))
        self.traffic.note("zalo_bot", "assistant → person", body)
        if fault == "cut":
            raise CutError
        return JSONResponse(
            {"ok": True, "result": {"message_id": message_id, "date": 0}}
        )


def _error(code: int) -> JSONResponse:
    return JSONResponse({"ok": False, "error_code": code, "description": "refused"})

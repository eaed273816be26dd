"""A stand-in for Rasa and the action server: a real little app, driven by the tests."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.calls import Answered

Handler = Callable[[dict[str, Any]], Awaitable[Response]]


def reply(text: str = "Chào bạn", **fields: Any) -> dict[str, Any]:
    return {"kind": "answer", "topic": "chitchat/greet", "text": text, **fields}


def choice(
    title: str, intent: str = "study_tuition", **entities: str
) -> dict[str, Any]:
    return {"title": title, "payload": {"intent": intent, "entities": entities}}


@dataclass
class Rasa:
    """Answers turns with ``replies`` and keeps what it was told."""

    secret: str
    replies: list[dict[str, Any]] = field(default_factory=lambda: [reply()])
    turns: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    model_status: int = 200
    action_status: int = 200
    #: When set, takes the place of the ordinary answer.
    handler: Handler | None = None
    #: When set, raised by the network.
    error: Exception | None = None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhooks/assistant/turn", self._turn, methods=["POST"]),
                Route("/webhooks/assistant/health", self._model),
                Route("/health", self._actions),
            ]
        )

    async def _turn(self, request: Request) -> Response:
        if request.headers["authorization"] != f"Bearer {self.secret}":
            return JSONResponse({"code": "wrong_secret"}, 401)
        turn = await request.json()
        json.dumps(turn, ensure_ascii=False).encode()
        self.turns.append(turn)
        if self.handler is not None:
            return await self.handler(turn)
        return JSONResponse({"replies": self.replies}, self.status)

    async def _model(self, request: Request) -> Response:
        return JSONResponse({"model": "m"}, self.model_status)

    async def _actions(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"}, self.action_status)


class RasaNetwork:
    """The network to the stand-in, which can break."""

    def __init__(self, rasa: Rasa) -> None:
        self._rasa = rasa
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(rasa.app()))

    async def get(self, url: str) -> Answered:
        return await self._call("GET", url)

    async def post(self, url: str, body: Any, headers: dict[str, str]) -> Answered:
        return await self._call("POST", url, json=body, headers=headers)

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, method: str, url: str, **given: Any) -> Answered:
        if self._rasa.error is not None:
            raise self._rasa.error
        response = await self._client.request(method, url, **given)
        return Answered(response.status_code, response.content)

"""A stand-in for the Graph API of a Page, as the fact sheet describes it."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.messenger.signature import HEADER, sign
from bot.clock import Clock
from tests.simulators.faults import CutError, Faults
from tests.simulators.traffic import Traffic, Webhook

APP_ID, PAGE_ID = "1755000001", "1755000002"
APP_SECRET, PAGE_TOKEN = "secret-of-the-stand-in", "page-token-of-the-stand-in"
VERIFY_TOKEN = "verify-token-of-the-stand-in"
WINDOW = timedelta(hours=24)


@dataclass
class Graph:
    """One Page with its people."""

    clock: Clock
    traffic: Traffic
    faults: Faults = field(default_factory=Faults)
    page_token: str = PAGE_TOKEN
    people: dict[str, datetime] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    sent: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    actions: list[tuple[str, str]] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)
    #: Echoes of what the assistant sent, to be delivered.
    echoes: list[Webhook] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)

    # What the platform tells the assistant.

    def text(self, user: str, text: str, **more: Any) -> Webhook:
        return self.webhook(
            self.event(user, message={"mid": self._id(), "text": text, **more})
        )

    def quick_reply(self, user: str, title: str, payload: str) -> Webhook:
        return self.text(user, title, quick_reply={"payload": payload})

    def postback(self, user: str, payload: str, title: str = "") -> Webhook:
        postback = {"mid": self._id(), "title": title, "payload": payload}
        return self.webhook(self.event(user, postback=postback))

    def attachment(self, user: str, kind: str, **payload: Any) -> Webhook:
        found = [{"type": kind, "payload": payload}]
        return self.webhook(
            self.event(user, message={"mid": self._id(), "attachments": found})
        )

    def staff(self, user: str, text: str) -> Webhook:
        message = {
            "mid": self._id(),
            "is_echo": True,
            "app_id": 263902037430900,
            "text": text,
        }
        return self.webhook(self.echo(user, message))

    def event(self, user: str, **what: Any) -> dict[str, Any]:
        self.people[user] = self.clock()
        return {
            "sender": {"id": user},
            "recipient": {"id": PAGE_ID},
            "timestamp": self._now(),
            **what,
        }

    def echo(self, user: str, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "sender": {"id": PAGE_ID},
            "recipient": {"id": user},
            "timestamp": self._now(),
            "message": message,
        }

    def webhook(self, *events: dict[str, Any], box: str = "messaging") -> Webhook:
        entry = {"id": PAGE_ID, "time": self._now(), box: list(events)}
        # Meta signs the body with letters beyond ASCII escaped.
        body = json.dumps({"object": "page", "entry": [entry]}).encode()
        headers = {HEADER: sign(body, APP_SECRET), "content-type": "application/json"}
        return Webhook("/webhooks/messenger", headers, body)

    def _now(self) -> int:
        return int(self.clock().timestamp() * 1000)

    def _id(self) -> str:
        return f"m_{next(self._ids):08x}{secrets.token_hex(12)}"

    # What the assistant asks the platform.

    def routes(self) -> list[Route]:
        return [
            Route(
                "/graph/{version}/me/messenger_profile", self._profile, methods=["POST"]
            ),
            Route("/graph/{version}/{page}/messages", self._messages, methods=["POST"]),
            Route("/graph/{version}/{page}/conversations", self._conversations),
            Route(
                "/graph/{version}/{page}/subscribed_apps",
                self._subscribe,
                methods=["POST"],
            ),
        ]

    async def _messages(self, request: Request) -> Response:
        body = await request.json()
        if "sender_action" in body:
            if refused := self._refusal(request):
                return refused
            self.actions.append((body["recipient"]["id"], body["sender_action"]))
            return JSONResponse({"recipient_id": body["recipient"]["id"]})
        fault = self.faults.next()
        if fault == "drop":
            raise CutError
        if fault == "refuse":
            return _error(2, status=500)
        refused = self._refusal(request) or self._fault_of(body)
        if refused:
            self.traffic.note(
                "messenger",
                "refused",
                {"body": body, "error": json.loads(refused.body)},
            )
            return refused
        user, message_id = body["recipient"]["id"], self._id()
        self.sent.append((user, message_id, body["message"]))
        self._note_echo(user, message_id, body["message"])
        self.traffic.note("messenger", "assistant → person", body)
        if fault == "cut":
            raise CutError
        return JSONResponse({"recipient_id": user, "message_id": message_id})

    def _note_echo(self, user: str, message_id: str, message: dict[str, Any]) -> None:
        echo = {
            "mid": message_id,
            "is_echo": True,
            "app_id": int(APP_ID),
            "metadata": message.get("metadata", ""),
            "text": message.get("text", ""),
        }
        self.echoes.append(self.webhook(self.echo(user, echo)))

    async def _conversations(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        user = request.query_params["user_id"]
        rows = [
            {"id": message_id, "from": {"id": PAGE_ID}, "message": _text(message)}
            for to, message_id, message in reversed(self.sent)
            if to == user
        ]
        return JSONResponse(
            {"data": [{"id": f"t_{user}", "messages": {"data": rows[:10]}}]}
        )

    async def _profile(self, request: Request) -> Response:
        if refused := self._refusal(request):
            return refused
        self.profile |= await request.json()
        return JSONResponse({"result": "success"})

    async def _subscribe(self, request: Request) -> Response:
        return self._refusal(request) or JSONResponse({"success": True})

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("authorization") != f"Bearer {self.page_token}":
            return _error(190, status=401)
        proof = request.query_params.get("appsecret_proof")
        right = hmac.new(APP_SECRET.encode(), self.page_token.encode(), hashlib.sha256)
        if proof is not None and proof != right.hexdigest():
            return _error(100)
        return None

    def _fault_of(self, body: dict[str, Any]) -> Response | None:
        user, message = body["recipient"]["id"], body["message"]
        last = self.people.get(user)
        if last is None:
            return _error(100, 2018001)
        if self.clock() - last > WINDOW:
            return _error(10, 2018278)
        if user in self.blocked:
            return _error(551)
        return _error(100) if _is_bad(message) else None


def _text(message: dict[str, Any]) -> str:
    payload = message.get("attachment", {}).get("payload", {})
    return message.get("text") or payload.get("text", "")


def _is_bad(message: dict[str, Any]) -> bool:
    quick, payload = (
        message.get("quick_replies", []),
        message.get("attachment", {}).get("payload"),
    )
    if payload is None:
        bad = not 1 <= len(message.get("text", "")) <= 2000
    else:
        bad = (
            not 1 <= len(payload["text"]) <= 640
            or not 1 <= len(payload["buttons"]) <= 3
        )
    options = [*quick, *(payload or {}).get("buttons", [])]
    return (
        bad
        or len(quick) > 13
        or any(len(it["title"]) > 20 or len(it["payload"]) > 1000 for it in options)
    )


def _error(code: int, subcode: int | None = None, status: int = 400) -> JSONResponse:
    error = {
        "message": "refused by the stand-in",
        "type": "OAuthException",
        "code": code,
    }
    if subcode:
        error["error_subcode"] = subcode
    return JSONResponse({"error": error}, status)

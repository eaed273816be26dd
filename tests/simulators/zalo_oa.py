"""A stand-in for the Official Account API, as the fact sheet describes it."""

from __future__ import annotations

import itertools
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.zalo.signature import HEADER, sign
from bot.clock import Clock
from tests.simulators.faults import CutError, Faults
from tests.simulators.traffic import Traffic, Webhook

APP_ID, OA_ID = "1755000000000000001", "2755000000000000002"
APP_SECRET, OA_SECRET_KEY = "app-secret-of-the-stand-in", "oa-key-of-the-stand-in"
WINDOW = timedelta(days=7)
CALLS_PER_MINUTE = 4000


@dataclass
class ZaloOA:
    """One Official Account with its people."""

    clock: Clock
    traffic: Traffic
    faults: Faults = field(default_factory=Faults)
    access_token: str = "access-0"
    refresh_token: str = "refresh-0"
    expires_at: datetime | None = None
    refreshes: int = 0
    #: user id → when they last did something.
    people: dict[str, datetime] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    #: (user id, message id, message), in the order they were accepted.
    sent: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    quota: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._minute: tuple[int, int] = (0, 0)

    # What the platform tells the assistant.

    def text(self, user: str, text: str, **more: Any) -> Webhook:
        message = {"text": text, "msg_id": self._id(), **more.pop("message", {})}
        return self.event("user_send_text", user, message=message, **more)

    def attachment(
        self, name: str, user: str, payload: dict[str, Any], text: str = ""
    ) -> Webhook:
        kind = name.removeprefix("user_send_")
        message = {
            "msg_id": self._id(),
            "attachments": [{"type": kind, "payload": payload}],
        }
        if text:
            message["text"] = text
        return self.event(name, user, message=message)

    def follow(self, user: str) -> Webhook:
        return self.webhook(
            {
                "event_name": "follow",
                "app_id": APP_ID,
                "oa_id": OA_ID,
                "follower": {"id": user},
                "source": "oa_profile",
                "timestamp": self._stamp(user),
            }
        )

    def staff(self, user: str, text: str, admin_id: str = "admin-1") -> Webhook:
        return self.webhook(
            {
                "event_name": "oa_send_text",
                "app_id": APP_ID,
                "sender": {"id": OA_ID, "admin_id": admin_id},
                "recipient": {"id": user},
                "message": {"text": text, "msg_id": self._id()},
                "timestamp": self._now(),
            }
        )

    def event(self, name: str, user: str, **more: Any) -> Webhook:
        return self.webhook(
            {
                "event_name": name,
                "app_id": APP_ID,
                "sender": {"id": user},
                "recipient": {"id": OA_ID},
                "user_id_by_app": f"app-{user}",
                "timestamp": self._stamp(user),
                **more,
            }
        )

    def webhook(self, event: dict[str, Any]) -> Webhook:
        # Letters beyond ASCII are sent escaped.
        body = json.dumps(event).encode()
        mac = sign(APP_ID, body, str(event.get("timestamp", "")), OA_SECRET_KEY)
        headers = {HEADER: mac, "content-type": "application/json", "num_retry": "0"}
        return Webhook("/webhooks/zalo", headers, body)

    def _stamp(self, user: str) -> str:
        self.people[user] = self.clock()
        return self._now()

    def _now(self) -> str:
        return str(int(self.clock().timestamp() * 1000))

    def _id(self) -> str:
        return f"{next(self._ids):08x}{secrets.token_hex(6)}"

    # What the assistant asks the platform.

    def routes(self) -> list[Route]:
        return [
            Route("/zalo/v3.0/oa/message/cs", self._send, methods=["POST"]),
            Route("/zalo/v2.0/oa/conversation", self._conversation),
            Route("/zalo/v2.0/oa/getoa", self._account),
            Route("/zalo-oauth/v4/oa/access_token", self._token, methods=["POST"]),
        ]

    async def _token(self, request: Request) -> Response:
        form = dict(_form(await request.body()))
        if (
            request.headers.get("secret_key") != APP_SECRET
            or form.get("app_id") != APP_ID
        ):
            return JSONResponse({"error": -14002, "error_name": "Invalid app"})
        if form.get("grant_type") == "refresh_token":
            right = form.get("refresh_token") == self.refresh_token
        else:
            right = form.get("code") == "code-of-the-stand-in"
        if not right:
            return JSONResponse(
                {"error": -14014, "error_name": "Invalid refresh token"}
            )
        self.refreshes += 1
        self.access_token = f"access-{self.refreshes}-{secrets.token_hex(4)}"
        self.refresh_token = f"refresh-{self.refreshes}-{secrets.token_hex(4)}"
        self.expires_at = self.clock() + timedelta(hours=25)
        return JSONResponse(
            {
                "access_token": self.access_token,
                "refresh_token": self.refresh_token,
                "expires_in": "90000",
            }
        )

    async def _send(self, request: Request) -> Response:
        fault = self.faults.next()
        if fault == "drop":
            raise CutError
        if fault == "refuse":
            return self._answer(-200)
        body = await request.json()
        error = self._refusal(request) or self._fault_of(body)
        if error:
            self.traffic.note("zalo", "refused", {"error": error, "body": body})
            return self._answer(error)
        user, message_id = body["recipient"]["user_id"], self._id()
        self.sent.append((user, message_id, body["message"]))
        self.traffic.note("zalo", "assistant → person", body)
        if fault == "cut":
            raise CutError
        data = {"message_id": message_id, "user_id": user}
        return self._answer(
            0, data=data | ({"quota": self.quota} if self.quota else {})
        )

    async def _conversation(self, request: Request) -> Response:
        error = self._refusal(request)
        if error:
            return self._answer(error)
        query = json.loads(request.query_params["data"])
        mine = [it for it in reversed(self.sent) if it[0] == query["user_id"]]
        rows = [
            {
                "message_id": message_id,
                "from_id": OA_ID,
                "to_id": user,
                "type": "text",
                "message": message.get("text", ""),
            }
            for user, message_id, message in mine[: min(query["count"], 10)]
        ]
        return self._answer(0, data=rows)

    async def _account(self, request: Request) -> Response:
        error = self._refusal(request)
        return self._answer(error, data={"oa_id": OA_ID, "name": "Cần Thơ (thử)"})

    def _answer(self, error: int, data: Any = None) -> Response:
        message = "Success" if error == 0 else "Error"
        return JSONResponse({"error": error, "message": message, "data": data})

    def _refusal(self, request: Request) -> int:
        if request.headers.get("access_token") != self.access_token:
            return -216
        if self.expires_at and self.clock() >= self.expires_at:
            return -220
        minute = int(self.clock().timestamp() // 60)
        count = self._minute[1] + 1 if self._minute[0] == minute else 1
        self._minute = (minute, count)
        return -32 if count > CALLS_PER_MINUTE else 0

    def _fault_of(self, body: dict[str, Any]) -> int:
        user = body.get("recipient", {}).get("user_id")
        message = body.get("message") or {}
        last = self.people.get(user)
        if last is None or self.clock() - last > WINDOW:
            return -230
        if user in self.blocked:
            return -244
        if not message.get("text") and "attachment" not in message:
            return -201
        if len(message.get("text", "")) > 2000:
            return -210
        buttons = message.get("attachment", {}).get("payload", {}).get("buttons", [])
        if len(buttons) > 5 or any(_is_bad(button) for button in buttons):
            return -210
        return 0


def _is_bad(button: dict[str, Any]) -> bool:
    payload = button.get("payload", "")
    too_long = len(button["title"]) > 100 or len(str(payload)) > 1000
    return too_long or button["type"] not in (
        "oa.query.hide",
        "oa.query.show",
        "oa.open.url",
    )


def _form(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(body.decode())

"""Where platforms call: check, store, answer 200; nothing else happens here."""

from __future__ import annotations

import hmac
import sqlite3

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from bot.channels.channel import Channel, ForgedError
from bot.channels.hub import Hub
from bot.channels.incoming import Incoming
from bot.channels.people import event_key, person_id
from bot.gateway.logs import log_failure
from bot.storage.inbox import Arrival

_PATHS = {"zalo": "/zalo", "zalo_bot": "/zalo-bot", "messenger": "/messenger"}


def webhook_routes(hub: Hub) -> list[Mount]:
    """Return the routes of the channels that are on."""
    if not hub.channels:
        return []
    routes = [
        Route(_PATHS[name], _Webhook(hub, channel), methods=["GET", "POST"], name=name)
        for name, channel in hub.channels.items()
    ]
    return [Mount("/webhooks", routes=routes)]


class _Webhook:
    """The endpoint of one channel."""

    def __init__(self, hub: Hub, channel: Channel) -> None:
        self._hub = hub
        self._channel = channel
        self.__name__ = f"webhook_{channel.name}"

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        request = Request(scope, receive)
        answer = self._get if request.method in ("GET", "HEAD") else self._post
        response = await answer(request)
        await response(scope, receive, send)

    async def _get(self, request: Request) -> Response:
        if self._channel.name == "messenger":
            return self._handshake(request)
        # Zalo has no handshake, but its console may look whether the address is there.
        return PlainTextResponse("ok")

    def _handshake(self, request: Request) -> Response:
        settings = self._hub.settings.messenger
        given = request.query_params.get("hub.verify_token", "")
        challenge = request.query_params.get("hub.challenge", "")
        wanted = settings.verify_token if settings else ""
        right = hmac.compare_digest(given.encode(), wanted.encode())
        if request.query_params.get("hub.mode") != "subscribe" or not right:
            return PlainTextResponse("forbidden", 403)
        # Whoever knows the token may have any text sent back, but not as a page.
        return PlainTextResponse(challenge)

    async def _post(self, request: Request) -> Response:
        body = await _read(request, self._channel.largest_call)
        if body is None:
            return PlainTextResponse("too large", 413)
        name, hub = self._channel.name, self._hub
        try:
            delivery = self._channel.read(request.headers, body, hub.clock())
        except ForgedError as error:
            hub.alarms.count_event(name, "forged")
            hub.alarms.raise_alarm(name, f"forged_{error.reason}")
            return PlainTextResponse("forbidden", 403)
        for _ in delivery.ignored:
            hub.alarms.count_event(name, "ignored")
        arrivals = [self._arrival(event) for event in delivery.events]
        try:
            await hub.receiver.keep(arrivals, delivery.echoes)
        except (SQLAlchemyError, sqlite3.Error) as error:
            log_failure("call_not_stored", error)
            hub.alarms.raise_alarm(name, "call_not_stored")
            return PlainTextResponse("try again", 503)
        return PlainTextResponse("ok")

    def _arrival(self, event: Incoming) -> Arrival:
        name = self._channel.name
        return Arrival(
            channel=name,
            event_key=event_key(event.event_id),
            person=person_id(self._hub.secret_key, name, event.user_id),
            kind=event.kind,
            sealed=self._hub.seal.close(event.as_json()),
            sent_at=event.sent_at,
        )


async def _read(request: Request, largest: int) -> bytes | None:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > largest:
            return None
    return bytes(raw)

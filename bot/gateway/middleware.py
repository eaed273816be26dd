"""Around every request: an id, safe headers, one log line, no stack traces."""

from __future__ import annotations

import secrets
import time
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.logs import log_failure
from bot.gateway.problems import Problem, problem_response
from bot.gateway.services import Services

_log = structlog.get_logger("bot.gateway")

_SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CLIENT_GONE = 499


class RequestScope:
    """Outermost: whatever happens inside, an answer goes out and a line is logged."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        """Wrap ``app``."""
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in _SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_safely)
            except ClientDisconnect:
                status = _CLIENT_GONE
            except Exception as error:
                log_failure("request_failed", error)
                if not status:
                    response = problem_response(
                        self._services.notices,
                        request_id,
                        Problem(500, "internal_error"),
                    )
                    await response(scope, receive, send_safely)
            finally:
                self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        endpoint = _name(scope.get("endpoint"))
        self._services.metrics.requests.labels(endpoint, str(status)).inc()
        if endpoint != "events":
            self._services.metrics.request_seconds.labels(endpoint).observe(seconds)
        _log.info(
            "request",
            method=scope["method"],
            endpoint=endpoint,
            status=status,
            ms=round(seconds * 1000, 1),
        )


class ClientRate:
    """Refuses clients that call too often."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        """Wrap ``app``."""
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request.

        Raises:
            Problem: 429 ``rate_limited``.
        """
        client = self._services.clients.key(HTTPConnection(scope))
        wait = self._services.client_rate.hit(client)
        if wait is not None:
            raise Problem(429, "rate_limited", retry_after=wait)
        await self._app(scope, receive, send)


def _name(endpoint: Any) -> str:
    return getattr(endpoint, "__name__", "static" if endpoint else "none")

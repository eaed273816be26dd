"""Runs the action server: loopback only, and only for who knows the shared secret."""

from __future__ import annotations

import hmac
import logging
import os

from rasa_sdk.endpoint import create_app
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

log = logging.getLogger(__name__)


def create(secret: str) -> Sanic:
    """Return the app; calls without ``secret`` get 401, except the health check."""
    app = create_app("actions", cors_origins=[])
    expected = f"Bearer {secret}".encode()

    @app.middleware("request")
    async def authenticate(request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "").encode()
        if request.path == "/health" or hmac.compare_digest(given, expected):
            return None
        return response.json({"error": "wrong or missing secret"}, status=401)

    @app.exception(Exception)
    async def hide(request: Request, error: Exception) -> HTTPResponse:
        # The SDK would send the whole conversation back in the error.
        log.error("action failed on %s", request.path, exc_info=error)
        return response.json({"error": "action failed"}, status=500)

    return app


if __name__ == "__main__":
    create(os.environ["ICTBOT_RASA_SECRET"]).run(
        os.environ.get("ICTBOT_ACTION_HOST", "127.0.0.1"),
        int(os.environ["ICTBOT_ACTION_PORT"]),
        access_log=False,
        motd=False,
    )

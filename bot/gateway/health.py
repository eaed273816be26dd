"""Whether the assistant lives and is ready, and its figures."""

from __future__ import annotations

import anyio
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.problems import Problem
from bot.gateway.services import Services, services_of

_DATABASE_SECONDS = 2.0
_HEADERS = {"Cache-Control": "no-store"}


async def healthz(request: Request) -> Response:
    """Answer as long as the process lives."""
    return JSONResponse({"status": "ok"}, headers=_HEADERS)


async def readyz(request: Request) -> Response:
    """Answer 200 when everything a turn needs is there, else 503 with what is not."""
    services = services_of(request)
    checks = dict.fromkeys(("model", "database", "action_server"), "error")

    async def model() -> None:
        if await services.backend.has_model():
            checks["model"] = "ok"

    async def database() -> None:
        if await _has_database(services):
            checks["database"] = "ok"

    async def action_server() -> None:
        if await services.backend.has_actions():
            checks["action_server"] = "ok"

    async with anyio.create_task_group() as tasks:
        for check in (model, database, action_server):
            tasks.start_soon(check)
    ready = set(checks.values()) == {"ok"}
    body = {"status": "ok" if ready else "error", "checks": checks}
    return JSONResponse(body, 200 if ready else 503, headers=_HEADERS)


async def metrics(request: Request) -> Response:
    """Give the figures to Prometheus, on this machine or a private network only.

    Raises:
        Problem: 404 ``not_found``, for everybody else.
    """
    services = services_of(request)
    if not services.clients.is_local(request):
        raise Problem(404, "not_found")
    return Response(
        services.metrics.text(), headers=_HEADERS, media_type=CONTENT_TYPE_LATEST
    )


async def _has_database(services: Services) -> bool:
    try:
        with anyio.fail_after(_DATABASE_SECONDS):
            await services.archive.check()
    except (TimeoutError, SQLAlchemyError):
        return False
    return True


ROUTES = [
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
]

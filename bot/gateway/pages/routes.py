"""The routes of the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.gateway.logs import log_failure
from bot.gateway.pages import assets
from bot.gateway.pages.questions import Questions
from bot.gateway.pages.rendering import Renderer
from bot.gateway.pages.views import Views
from bot.gateway.problems import Problem
from bot.gateway.services import Services

_Handler = Callable[[Request], Awaitable[Response]]


def page_routes(services: Services, dist: Path = assets.DIST) -> list[BaseRoute]:
    """Return the routes of all pages and of what they load.

    Args:
        services: What answers questions.
        dist: What ``make web`` builds; pages work without it, as plain HTML.
    """
    renderer = Renderer(dist)
    views, questions = Views(renderer), Questions(renderer, services)

    def page(path: str, handler: _Handler, method: str = "GET") -> Route:
        guarded = _with_problem_pages(handler, renderer, services)
        return Route(path, guarded, methods=[method])

    return [
        page("/", views.home),
        page("/tro-chuyen", views.chat),
        page("/tro-nang", views.accessibility),
        page("/hoi-dap", questions.topics),
        page("/hoi-dap", questions.ask, "POST"),
        page("/hoi-dap/danh-gia", questions.rate, "POST"),
        page("/hoi-dap/xoa", questions.erase, "POST"),
        page("/hoi-dap/{group}/{topic}", questions.topic),
        *assets.routes(dist),
    ]


def _with_problem_pages(
    handler: _Handler, renderer: Renderer, services: Services
) -> _Handler:
    """Return a handler that counts calls, and whose problems are pages, not JSON."""

    @wraps(handler)
    async def handle(request: Request) -> Response:
        try:
            wait = services.client_rate.hit(services.clients.key(request))
            if wait is not None:
                raise Problem(429, "rate_limited", retry_after=wait)
            return await handler(request)
        except Problem as problem:
            return renderer.problem(request, problem)
        except SQLAlchemyError as error:
            log_failure("storage_failed", error)
            unavailable = Problem(503, "storage_unavailable", retry_after=5)
            return renderer.problem(request, unavailable)

    return handle

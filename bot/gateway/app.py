"""The gateway as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import anyio
import httpx
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount

from bot.channels.hub import Hub, build_hub
from bot.channels.webhooks import webhook_routes
from bot.clock import Clock, utc_now
from bot.gateway import api, health, site
from bot.gateway.calls import Calls
from bot.gateway.middleware import ClientRate, RequestScope
from bot.gateway.pages.routes import page_routes
from bot.gateway.problems import Problem, on_http_error, on_problem, on_storage_error
from bot.gateway.retention import keep_purging
from bot.gateway.services import Services, build_services
from bot.gateway.topics import NoTopics, TopicSource
from bot.settings import Settings
from bot.storage.database import connect


def create_app(
    settings: Settings,
    *,
    engine: Engine | None = None,
    topics: TopicSource | None = None,
    calls: Calls | None = None,
    platforms: httpx.AsyncBaseTransport | None = None,
    clock: Clock = utc_now,
) -> Starlette:
    """Return the application.

    Args:
        settings: The settings of this process.
        engine: A migrated database; by default the one the settings name.
        topics: The public knowledge; by default there is none.
        calls: Stands in for the network to Rasa and the action server.
        platforms: Stands in for the network to Zalo and Meta.
        clock: The source of "now".
    """
    engine = engine or connect(settings.database_url)
    services = build_services(
        settings,
        engine=engine,
        topics=topics or NoTopics(),
        calls=calls,
        clock=clock,
    )
    hub = build_hub(settings, services, engine=engine, transport=platforms)
    limited = [Middleware(ClientRate, services=services)]
    app = Starlette(
        routes=[
            *webhook_routes(hub),
            *page_routes(services),
            *health.ROUTES,
            Mount(
                "/api/v1",
                routes=[*api.ROUTES, site.openapi_route()],
                middleware=limited,
            ),
        ],
        middleware=[
            Middleware(RequestScope, services=services),
            *_cross_origin(settings),
        ],
        exception_handlers={
            Problem: on_problem,
            HTTPException: on_http_error,
            SQLAlchemyError: on_storage_error,
        },
        lifespan=_lifespan(
            services,
            hub,
            partial(keep_purging, engine, settings.retention_days, clock),
        ),
    )
    app.state.services = services
    app.state.hub = hub
    return app


def _cross_origin(settings: Settings) -> list[Middleware]:
    if not settings.allowed_origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(settings.allowed_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["X-Request-Id", "Retry-After"],
            max_age=3600,
        )
    ]


def _lifespan(  # type: ignore[no-untyped-def]
    services: Services, hub: Hub, purging: Callable[[], Coroutine[Any, Any, None]]
):
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(services.later.watch)
            tasks.start_soon(hub.run)
            tasks.start_soon(purging)
            yield
            tasks.cancel_scope.cancel()
        await hub.close()
        await services.backend.close()

    return lifespan

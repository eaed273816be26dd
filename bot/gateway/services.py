"""The parts of a running gateway, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Engine
from starlette.requests import Request

from bot.clock import Clock
from bot.gateway.archive import Archive
from bot.gateway.backend import Backend
from bot.gateway.calls import Calls
from bot.gateway.clients import Clients
from bot.gateway.lanes import Lanes
from bot.gateway.later import LaterReplies
from bot.gateway.metrics import Metrics
from bot.gateway.notices import Notices, load_notices
from bot.gateway.problems import Problem
from bot.gateway.rates import Rate
from bot.gateway.tokens import Tokens
from bot.gateway.topics import TopicSource
from bot.gateway.turns import Turns
from bot.settings import Settings
from bot.storage.vault import vault_seal


@dataclass(frozen=True)
class Services:
    """What handlers use; found at ``request.app.state.services``."""

    clock: Clock
    notices: Notices
    metrics: Metrics
    clients: Clients
    client_rate: Rate
    conversation_rate: Rate
    tokens: Tokens
    archive: Archive
    backend: Backend
    turns: Turns
    later: LaterReplies
    topics: TopicSource

    def conversation(self, request: Request) -> str:
        """Return the conversation the token of a call names.

        Raises:
            Problem: 401 ``invalid_token`` or ``expired_token``.
        """
        return self.tokens.read(request.headers.get("authorization", ""))

    def count(self, conversation_id: str) -> None:
        """Count a call that writes to a conversation.

        Raises:
            Problem: 429 ``rate_limited``.
        """
        wait = self.conversation_rate.hit(conversation_id)
        if wait is not None:
            raise Problem(429, "rate_limited", retry_after=wait)


def build_services(
    settings: Settings,
    *,
    engine: Engine,
    topics: TopicSource,
    calls: Calls | None,
    clock: Clock,
) -> Services:
    """Put the parts together."""
    notices, metrics = load_notices(), Metrics()
    archive = Archive(engine, clock, vault_seal(settings.secret_key))
    backend = Backend(settings, metrics, calls)
    return Services(
        clock=clock,
        notices=notices,
        metrics=metrics,
        clients=Clients(settings.trusted_proxies),
        client_rate=Rate(settings.client_rate_limit),
        conversation_rate=Rate(settings.conversation_rate_limit),
        tokens=Tokens(settings.secret_key, settings.token_days, clock),
        archive=archive,
        backend=backend,
        turns=Turns(archive, backend, Lanes(), notices, metrics),
        later=LaterReplies(archive),
        topics=topics,
    )


def services_of(request: Request) -> Services:
    """Return the services of the application that handles ``request``."""
    services: Services = request.app.state.services
    return services

"""The gateway in this process, with a real database and a stand-in for Rasa."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.topics import Topic, TopicTitle
from bot.reply import Related, Source
from bot.settings import Settings
from tests.conftest import FixedClock
from tests.gateway.rasa import Rasa, RasaNetwork

PLAN = Topic(
    id="plan/overview",
    title="Kế hoạch 06 là gì?",
    answer="Kế hoạch 06/KH-UBND tuyên truyền Đề án 1755.",
    sources=(Source(title="Kế hoạch 06/KH-UBND", checked_on="2026-11-22"),),
    as_of="2013-01-11",
    related=(Related("plan/issuer", "Ai ban hành kế hoạch?"),),
)


class FewTopics:
    def topics(self) -> list[TopicTitle]:
        return [TopicTitle(PLAN.id, PLAN.title)]

    def topic(self, topic_id: str) -> Topic | None:
        return PLAN if topic_id == PLAN.id else None


@dataclass
class Person:
    """One person with a token, calling the API."""

    http: httpx.AsyncClient
    token: str

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {self.token}",
            **options.pop("headers", {}),
        }
        return await self.http.request(
            method, f"/api/v1{path}", headers=headers, **options
        )

    async def say(self, text: str, **more: Any) -> httpx.Response:
        return await self.call("POST", "/messages", json={"text": text, **more})

    async def choose(self, choice_id: str, **more: Any) -> httpx.Response:
        return await self.call("POST", "/messages", json={"choice": choice_id, **more})

    async def history(self, **params: str) -> list[dict[str, Any]]:
        found = await self.call("GET", "/messages", params=params)
        assert found.status_code == 200
        messages: list[dict[str, Any]] = found.json()["messages"]
        return messages


@pytest.fixture
def rasa(settings: Settings) -> Rasa:
    return Rasa(settings.rasa_secret)


@pytest.fixture
def make_app(engine: Engine, rasa: Rasa, clock: FixedClock) -> Callable[..., Starlette]:
    def make(settings: Settings) -> Starlette:
        return create_app(
            settings,
            engine=engine,
            topics=FewTopics(),
            calls=RasaNetwork(rasa),
            clock=clock,
        )

    return make


@pytest.fixture
def app(make_app: Callable[..., Starlette], settings: Settings) -> Starlette:
    return make_app(settings)


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


def client_of(app: Starlette, address: str = "203.0.113.7") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 50000))
    return httpx.AsyncClient(transport=transport, base_url="http://gateway.test")


async def meet(http: httpx.AsyncClient) -> Person:
    started = await http.post("/api/v1/conversations", json={})
    assert started.status_code == 201
    return Person(http, started.json()["token"])


@pytest.fixture
async def person(http: httpx.AsyncClient) -> Person:
    return await meet(http)


def expect(answer: httpx.Response, status: int, code: str) -> None:
    """Check that an answer is this problem, in full."""
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["request_id"] == answer.headers["x-request-id"]
    assert body["type"] == f"urn:ictbot:problem:{code}"
    assert body["status"] == status
    assert body["title"] and body["detail"]

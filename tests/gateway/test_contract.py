"""The server does exactly what ``openapi.yml`` says (Schemathesis)."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck
from hypothesis import settings as effort
from schemathesis import Case
from schemathesis.checks import load_all_checks
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from starlette.applications import Starlette

from bot.gateway import later, site
from tests.gateway.conftest import Person, client_of, meet
from tests.gateway.rasa import Rasa, choice, reply

DOCUMENT = yaml.safe_load(
    Path(site.__file__).with_name("openapi.yml").read_text(encoding="utf-8")
)
schema = schemathesis.openapi.from_dict(DOCUMENT)
load_all_checks()

SOURCE = {"title": "Quyết định 1755", "checked_on": "2026-11-22", "number": "1755"}
FULL = reply(
    params={"institution": "ctu"},
    sources=[SOURCE],
    as_of="2026",
    choices=[choice("Học phí")],
    related=[{"id": "study/loans", "title": "Vay vốn?"}],
)


def test_the_document_is_valid() -> None:
    schema.validate()


@pytest.mark.anyio
async def test_the_document_is_served(http: httpx.AsyncClient) -> None:
    served = await http.get("/api/v1/openapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.json() == DOCUMENT


def test_every_route_is_described(app: Starlette) -> None:
    (mounted,) = [route for route in app.routes if route.path == "/api/v1"]
    served = {
        (route.path, method.lower())
        for route in mounted.routes
        for method in route.methods - {"HEAD"}
    }
    described = {
        (path, method) for path, item in DOCUMENT["paths"].items() for method in item
    }
    assert served == described | {("/openapi.json", "get")}


@schema.parametrize()
@effort(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_calls_answer_as_described(
    case: Case,
    app: Starlette,
    rasa: Rasa,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(later, "_LONGEST_STREAM_SECONDS", 0)
    rasa.replies = [FULL]
    answer = asyncio.run(_call(app, case))
    # Invalid tokens were replaced by a good one; test_conversations.py checks bad ones.
    unchecked = [ignored_auth]
    if b'"empty_text"' in answer.content:
        # No schema can say which letters are invisible.
        unchecked.append(positive_data_acceptance)
    case.validate_response(answer, excluded_checks=unchecked)


async def _call(app: Starlette, case: Case) -> Response:
    async with client_of(app) as http:
        person = await meet(http)
        said = await person.say("học phí")
        _make_likely(case, said.json())
        return await _send(person, case)


def _make_likely(case: Case, said: dict[str, Any]) -> None:
    """Use ids that exist where the generated ones never would."""
    if isinstance(case.body, dict):
        if isinstance(case.body.get("choice"), str) and len(case.body["choice"]) % 2:
            case.body["choice"] = said["replies"][0]["choices"][0]["id"]
        if isinstance(case.body.get("message_id"), str):
            case.body["message_id"] = said["message_id"]


async def _send(person: Person, case: Case) -> Response:
    prepared = case.as_transport_kwargs(base_url="http://gateway.test/api/v1")
    headers = httpx.Headers(dict(prepared.get("headers") or {}))
    if "authorization" in headers:
        headers["authorization"] = f"Bearer {person.token}"
    answer = await person.http.request(
        prepared["method"],
        prepared["url"],
        params=prepared.get("params"),
        json=prepared.get("json"),
        content=prepared.get("data"),
        headers=headers,
    )
    return Response.from_any(answer)

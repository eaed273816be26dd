"""What holds for every route: limits, headers, origins, failures, logs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.settings import Settings
from tests.gateway.conftest import Person, client_of, expect, meet

pytestmark = pytest.mark.anyio


async def test_unknown_paths_and_methods(http: httpx.AsyncClient) -> None:
    expect(await http.get("/nothing"), 404, "not_found")
    expect(await http.get("/api/v1/nothing"), 404, "not_found")
    expect(await http.get("/assets/../app.py"), 404, "not_found")
    wrong = await http.put("/api/v1/messages")
    expect(wrong, 405, "method_not_allowed")
    assert "allow" in wrong.headers


async def test_rates_are_limited(
    make_app: Callable[..., Starlette], settings: Settings
) -> None:
    limited = replace(
        settings, client_rate_limit="4/hour", conversation_rate_limit="1/hour"
    )
    async with client_of(make_app(limited)) as http:
        person = await meet(http)
        assert (await person.say("một")).status_code == 200
        refused = await person.say("hai")
        expect(refused, 429, "rate_limited")
        assert 1 <= int(refused.headers["retry-after"]) <= 3600
        other = await meet(http)
        expect(await other.say("một"), 429, "rate_limited")
        assert (await http.get("/healthz")).status_code == 200


async def test_a_database_that_is_away(
    http: httpx.AsyncClient, person: Person, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO gone")
    refused = await person.say("gọi 0912345678")
    expect(refused, 503, "storage_unavailable")
    assert refused.headers["retry-after"]


async def test_headers_are_safe(http: httpx.AsyncClient, person: Person) -> None:
    answers = [
        await http.get("/"),
        await http.get("/assets/none.js"),
        await http.get("/nothing"),
        await person.say("một"),
    ]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
    assert answers[3].headers["cache-control"] == "no-store"


async def test_only_allowed_origins_may_call(http: httpx.AsyncClient) -> None:
    asking = {"Access-Control-Request-Method": "POST"}
    for origin, allowed in (
        ("https://cantho.example", True),
        ("https://evil.example", False),
    ):
        headers = {"Origin": origin}
        answer = await http.post("/api/v1/conversations", json={}, headers=headers)
        assert ("access-control-allow-origin" in answer.headers) is allowed
        preflight = await http.options("/api/v1/messages", headers=headers | asking)
        assert preflight.is_success is allowed


async def test_the_unexpected_is_a_problem_and_quotes_nobody(
    person: Person, app: Starlette, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("0912345678")

    monkeypatch.setattr(app.state.services.archive, "before_turn", fail)
    answer = await person.say("gọi 0912345678")
    expect(answer, 500, "internal_error")
    out = capsys.readouterr().out
    assert "request_failed" in out and answer.json()["request_id"] in out
    assert "0912345678" not in out + answer.text


async def test_logs_hold_no_text_and_no_token(person: Person, capsys: Any) -> None:
    await person.say("học phí ngành an toàn thông tin")
    out = capsys.readouterr().out
    assert "send_message" in out
    assert "an toàn" not in out and person.token not in out

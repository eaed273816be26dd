"""Every call of the API beside the turn itself: right answers and kind refusals."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio
import httpx
import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.responses import JSONResponse

from bot.gateway import later
from bot.gateway.later import MOST_STREAMS
from bot.settings import Settings
from tests.conftest import FixedClock
from tests.gateway.conftest import Person, client_of, meet
from tests.gateway.rasa import Rasa, reply

pytestmark = pytest.mark.anyio


def expect(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["request_id"] == answer.headers["x-request-id"]
    assert body["type"] == f"urn:ictbot:problem:{code}"
    assert body["status"] == status
    assert body["title"] and body["detail"]


async def test_a_token_says_when_it_expires(http: httpx.AsyncClient) -> None:
    started = await http.post("/api/v1/conversations", json={"conversation": "mine"})
    assert started.status_code == 201
    assert started.json()["expires_at"] == "2026-12-23T07:00:00Z"
    assert "mine" not in started.text


async def test_tokens_are_checked(
    http: httpx.AsyncClient, person: Person, clock: FixedClock, settings: Settings
) -> None:
    forged = URLSafeSerializer("x" * 32, salt="conversation").dumps(["c", 9e9])
    odd = URLSafeSerializer(settings.secret_key, salt="conversation").dumps("c")
    for header in (
        None,
        "",
        "Bearer",
        f"Basic {person.token}",
        f"Bearer {person.token}x",
        f"Bearer {forged}",
        f"Bearer {odd}",
        f"Bearer {'a' * 5000}",
    ):
        headers = {} if header is None else {"Authorization": header}
        answer = await http.get("/api/v1/messages", headers=headers)
        expect(answer, 401, "invalid_token")
        assert answer.headers["www-authenticate"] == "Bearer"
    clock.advance(days=30, seconds=1)
    expect(await person.call("GET", "/messages"), 401, "expired_token")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"{", 400, "invalid_json"),
        (b'{"text": "\xff"}', 400, "invalid_json"),
        (b'{"text": NaN}', 400, "invalid_json"),
        (b"[" * 60_000, 400, "invalid_json"),
        (b'{"text": ' + b"9" * 5000 + b"}", 400, "invalid_json"),
        (b"[]", 422, "invalid_body"),
        (b"null", 422, "invalid_body"),
        (b"{}", 422, "invalid_body"),
        (b'{"text": 1}', 422, "invalid_body"),
        (b'{"text": ["a"]}', 422, "invalid_body"),
        (b'{"choice": {}}', 422, "invalid_body"),
        (b'{"text": "a", "choice": "b"}', 422, "invalid_body"),
        (b'{"text": "a", "client_message_id": 1}', 422, "invalid_body"),
        (b'{"text": "a", "client_message_id": ""}', 422, "invalid_body"),
        (
            b'{"text": "a", "client_message_id": "' + b"i" * 65 + b'"}',
            422,
            "invalid_body",
        ),
        (b'{"text": ""}', 422, "empty_text"),
        (b'{"text": " \\n\\t "}', 422, "empty_text"),
        (b'{"text": "\\u200b\\u0000\\ud800"}', 422, "empty_text"),
        (b'{"text": " / /"}', 422, "empty_text"),
        (b'{"text": "' + b"a" * 1001 + b'"}', 413, "text_too_long"),
        (b'{"text": "' + b"a" * 1_000_000 + b'"}', 413, "body_too_large"),
        (b'{"choice": "none"}', 404, "unknown_choice"),
    ],
)
async def test_a_bad_message_is_refused(
    body: bytes, status: int, code: str, person: Person, rasa: Rasa
) -> None:
    expect(await person.call("POST", "/messages", content=body), status, code)
    assert rasa.turns == []


async def test_a_large_body_without_a_length_is_refused(person: Person) -> None:
    async def endless() -> Any:
        for _ in range(100):
            yield b" " * 1024

    expect(
        await person.call("POST", "/messages", content=endless()),
        413,
        "body_too_large",
    )


async def test_the_limit_counts_composed_letters(person: Person) -> None:
    assert (await person.say("e\u0323\u0302" * 1000)).status_code == 200


async def test_history_after_a_message(person: Person) -> None:
    first, second = [(await person.say(text)).json() for text in ("một", "hai")]
    assert [message["text"] for message in await person.history()] == ["một", "hai"]
    rest = await person.history(after=first["message_id"])
    assert [message["message_id"] for message in rest] == [second["message_id"]]
    assert rest[0]["at"] == "2026-11-23T07:00:00Z"
    for unknown in ("", "nothing", "\x00", "'; DROP TABLE messages; --"):
        answer = await person.call("GET", "/messages", params={"after": unknown})
        expect(answer, 404, "unknown_message")


async def test_history_is_ones_own(person: Person, http: httpx.AsyncClient) -> None:
    said = (await person.say("một")).json()
    stranger = await meet(http)
    assert await stranger.history() == []
    answer = await stranger.call(
        "GET", "/messages", params={"after": said["message_id"]}
    )
    expect(answer, 404, "unknown_message")


async def test_feedback_is_kept_masked(person: Person, engine: Engine) -> None:
    said = (await person.say("một")).json()
    given = {"message_id": said["message_id"], "rating": "down"}
    comment = "sai rồi, gọi 0912345678"
    stored = await person.call("POST", "/feedback", json={**given, "comment": comment})
    assert (stored.status_code, stored.content) == (204, b"")
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT rating, comment FROM feedback").all()
    assert [tuple(row) for row in kept] == [("down", "sai rồi, gọi [số điện thoại 1]")]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({}, 422, "invalid_body"),
        ({"message_id": 1, "rating": "up"}, 422, "invalid_body"),
        ({"message_id": "x", "rating": "great"}, 422, "invalid_body"),
        ({"message_id": "x", "rating": "up", "comment": 1}, 422, "invalid_body"),
        (
            {"message_id": "x", "rating": "up", "comment": "a" * 1001},
            413,
            "text_too_long",
        ),
        ({"message_id": "x", "rating": "up"}, 404, "unknown_message"),
        ({"message_id": "\x00", "rating": "up"}, 404, "unknown_message"),
    ],
)
async def test_bad_feedback_is_refused(
    given: dict[str, Any], status: int, code: str, person: Person
) -> None:
    expect(await person.call("POST", "/feedback", json=given), status, code)


async def test_erasing_leaves_an_empty_conversation(person: Person, rasa: Rasa) -> None:
    rasa.replies = [reply(related=[{"id": "study/loans", "title": "Vay"}])]
    said = (await person.say("một")).json()
    erased = await person.call("DELETE", "/conversations/current")
    assert erased.status_code == 204
    assert await person.history() == []
    expect(await person.choose("study/loans"), 404, "unknown_choice")
    feedback = {"message_id": said["message_id"], "rating": "up"}
    expect(
        await person.call("POST", "/feedback", json=feedback), 404, "unknown_message"
    )
    assert (await person.say("hai")).status_code == 200


async def test_a_turn_that_runs_while_data_is_erased_is_erased_too(
    person: Person, rasa: Rasa
) -> None:
    go = anyio.Event()

    async def slow(turn: dict[str, Any]) -> Any:
        await go.wait()
        return JSONResponse({"replies": [reply()]})

    rasa.handler = slow
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(person.say, "một")
        await anyio.wait_all_tasks_blocked()
        tasks.start_soon(person.call, "DELETE", "/conversations/current")
        await anyio.wait_all_tasks_blocked()
        go.set()
    assert await person.history() == []


async def test_topics_are_public(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/api/v1/topics")).json()
    assert listed == {
        "topics": [{"id": "plan/overview", "title": "Kế hoạch 06 là gì?"}]
    }
    topic = (await http.get("/api/v1/topics/plan/overview")).json()
    assert topic == {
        "id": "plan/overview",
        "title": "Kế hoạch 06 là gì?",
        "answer": "Kế hoạch 06/KH-UBND tuyên truyền Đề án 1755.",
        "sources": [{"title": "Kế hoạch 06/KH-UBND", "checked_on": "2026-11-22"}],
        "as_of": "2013-01-11",
        "related": [{"id": "plan/issuer", "title": "Ai ban hành kế hoạch?"}],
    }
    expect(await http.get("/api/v1/topics/plan/none"), 404, "unknown_topic")


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


@pytest.mark.parametrize(
    ("field", "value", "failing"),
    [
        (None, 0, set()),
        ("model_status", 503, {"model"}),
        ("action_status", 500, {"action_server"}),
        ("error", httpx.ConnectError("down"), {"model", "action_server"}),
    ],
)
async def test_readiness_names_what_is_missing(
    field: str | None,
    value: Any,
    failing: set[str],
    http: httpx.AsyncClient,
    rasa: Rasa,
) -> None:
    if field:
        setattr(rasa, field, value)
    ready = await http.get("/readyz")
    assert ready.status_code == (503 if failing else 200)
    assert ready.json()["status"] == ("error" if failing else "ok")
    checks = ready.json()["checks"]
    assert set(checks) == {"model", "database", "action_server"}
    assert {name for name, state in checks.items() if state == "error"} == failing


async def test_a_database_that_is_away(
    http: httpx.AsyncClient, person: Person, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO gone")
    refused = await person.say("gọi 0912345678")
    expect(refused, 503, "storage_unavailable")
    assert refused.headers["retry-after"]


async def test_figures_are_for_the_inside(app: Starlette) -> None:
    async with client_of(app, "127.0.0.1") as inside:
        await inside.get("/healthz")
        figures = await inside.get("/metrics")
        assert figures.status_code == 200
        assert (
            'ictbot_requests_total{endpoint="healthz",status="200"} 1.0' in figures.text
        )
        proxied = await inside.get("/metrics", headers={"X-Forwarded-For": "8.8.8.8"})
        expect(proxied, 404, "not_found")
    async with client_of(app, "8.8.8.8") as outside:
        expect(await outside.get("/metrics"), 404, "not_found")


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


def _parse(event: str) -> dict[str, Any]:
    return dict(line.split(": ", 1) for line in event.strip().splitlines())


async def test_later_replies_are_streamed(
    person: Person, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (await person.say("gặp cán bộ")).json()
    services = app.state.services
    conversation = services.tokens.read(f"Bearer {person.token}")
    replies = [reply("Chào bạn, tôi là cán bộ Sở.", kind="handoff")]
    place = await services.archive.place_of(conversation, said["message_id"])
    stream = services.later.open(conversation, place)
    received = []

    async def listen() -> None:
        received.append(await stream.__anext__())

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(listen)
        await anyio.wait_all_tasks_blocked()
        message_id = await services.archive.add_later(conversation, replies)
        services.later.announce(conversation)
    await stream.aclose()
    assert received[0].id == message_id
    shown = (await person.history())[1]
    assert "text" not in shown and shown["replies"] == replies
    # The stream of the API ends by itself here, so that it can be read whole.
    monkeypatch.setattr(later, "_LONGEST_STREAM_SECONDS", 0.2)
    monkeypatch.setattr(later, "_LOOK_SECONDS", 0.05)
    events = await person.call("GET", "/events", params={"after": said["message_id"]})
    assert events.headers["content-type"].startswith("text/event-stream")
    first = _parse(events.text.replace("\r\n", "\n").split("\n\n")[0])
    assert (first["event"], first["id"]) == ("message", message_id)
    assert json.loads(first["data"]) == shown
    unknown = await person.call("GET", "/events", headers={"Last-Event-ID": "none"})
    expect(unknown, 404, "unknown_message")


async def test_what_another_process_stores_is_noticed(
    person: Person, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "_POLL_SECONDS", 0.01)
    await person.say("gặp cán bộ")
    services = app.state.services
    conversation = services.tokens.read(f"Bearer {person.token}")
    stream = services.later.open(conversation, await services.archive.last_place())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(services.later.watch)
        tasks.start_soon(services.archive.add_later, conversation, [reply()])
        with anyio.fail_after(60):
            message = await stream.__anext__()
        tasks.cancel_scope.cancel()
    await stream.aclose()
    assert message.replies == [reply()]


async def test_streams_of_one_conversation_are_few(
    person: Person, app: Starlette
) -> None:
    services = app.state.services
    conversation = services.tokens.read(f"Bearer {person.token}")
    async with anyio.create_task_group() as tasks:
        for _ in range(MOST_STREAMS):
            tasks.start_soon(services.later.open(conversation, 0).__anext__)
        await anyio.wait_all_tasks_blocked()
        refused = await person.call("GET", "/events")
        expect(refused, 429, "too_many_streams")
        tasks.cancel_scope.cancel()

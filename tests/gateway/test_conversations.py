"""Beginning and erasing a conversation, and the token that stands for it."""

from typing import Any

import anyio
import httpx
import pytest
from itsdangerous import URLSafeSerializer
from starlette.responses import JSONResponse

from bot.settings import Settings
from tests.conftest import FixedClock
from tests.gateway.conftest import Person, expect
from tests.gateway.rasa import Rasa, reply

pytestmark = pytest.mark.anyio


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

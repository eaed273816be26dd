"""Sending a message and reading the history: right answers and kind refusals."""

from typing import Any

import httpx
import pytest

from tests.gateway.conftest import Person, expect, meet
from tests.gateway.rasa import Rasa

pytestmark = pytest.mark.anyio


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

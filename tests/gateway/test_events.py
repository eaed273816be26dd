"""The stream of replies that come later."""

import json
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette

from bot.gateway import later
from bot.gateway.later import MOST_STREAMS
from tests.gateway.conftest import Person, expect
from tests.gateway.rasa import reply

pytestmark = pytest.mark.anyio


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

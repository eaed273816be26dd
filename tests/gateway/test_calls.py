"""Calls to Rasa over real connections, to servers that behave and that do not."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import anyio
import pytest
from anyio.abc import Listener, SocketAttribute, SocketStream

from bot.gateway.backend import Backend, BackendFailedError
from bot.gateway.metrics import Metrics
from bot.settings import Settings

pytestmark = pytest.mark.anyio

GOOD = b'{"replies": [{"kind": "answer", "topic": "a/b", "text": "c"}]}'
TURN = {"conversation": "c", "message_id": "m", "text": "học phí"}

Serve = Callable[[SocketStream], Awaitable[None]]


async def answer(stream: SocketStream) -> None:
    received = b""
    while not received.endswith(b"}"):
        received += await stream.receive()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(GOOD)
    await stream.send(head + GOOD)


async def hang_up(stream: SocketStream) -> None:
    await stream.receive()


async def say_nothing(stream: SocketStream) -> None:
    await anyio.sleep_forever()


@asynccontextmanager
async def backend(settings: Settings, serve: Serve | None) -> AsyncIterator[Backend]:
    async with anyio.create_task_group() as tasks:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        if serve is not None:
            listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
            port = listener.extra(SocketAttribute.local_port)
            tasks.start_soon(listen, listener, serve)
        asked = replace(
            settings, rasa_url=f"http://127.0.0.1:{port}", rasa_timeout_seconds=0.3
        )
        rasa = Backend(asked, Metrics())
        try:
            yield rasa
        finally:
            await rasa.close()
            tasks.cancel_scope.cancel()


async def listen(listener: Listener[SocketStream], serve: Serve) -> None:
    async def handle(stream: SocketStream) -> None:
        async with stream:
            await serve(stream)

    async with listener:
        await listener.serve(handle)


async def test_a_turn_gives_the_replies(settings: Settings) -> None:
    async with backend(settings, answer) as rasa:
        (reply,) = await rasa.turn(TURN)
    assert (reply.kind, reply.topic, reply.text) == ("answer", "a/b", "c")


@pytest.mark.parametrize(
    ("serve", "reason"),
    [(None, "refused"), (hang_up, "broken"), (say_nothing, "timeout")],
)
async def test_what_gives_no_answer_is_named(
    serve: Serve | None, reason: str, settings: Settings
) -> None:
    async with backend(settings, serve) as rasa:
        with pytest.raises(BackendFailedError) as failed:
            await rasa.turn(TURN)
    assert failed.value.reason == reason

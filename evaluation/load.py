"""A small load generator: keep-alive HTTP over bare sockets, so that it costs little itself."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from evaluation.metrics import percentile


@dataclass(frozen=True)
class Load:
    """What a run gave: turns per second, milliseconds at two percentiles, failures."""

    per_second: float
    p50_ms: float
    p95_ms: float
    turns: int
    failed: int


class Connection:
    """One connection that is kept open."""

    def __init__(self, address: str) -> None:
        """Remember where to connect to."""
        target = urlsplit(address)
        self._host, self._port = target.hostname or "127.0.0.1", target.port or 80
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(
        self, path: str, body: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Post JSON and return status and body."""
        content = json.dumps(body).encode()
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {self._host}",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
            *(f"{name}: {value}" for name, value in (headers or {}).items()),
        ]
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                self._host, self._port
            )
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        return await self._read()

    async def _read(self) -> tuple[int, bytes]:
        assert self._reader is not None
        head = (
            (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        )
        status = int(head[0].split()[1])
        fields = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:])
        }
        size = int(fields.get("content-length", 0))
        body = await self._reader.readexactly(size)
        if fields.get("connection", "").lower() == "close" and self._writer:
            self._writer.close()
            self._writer = None
        return status, body

    def close(self) -> None:
        """Close the connection."""
        if self._writer:
            self._writer.close()


#: Opens a conversation and returns a call that says one text and tells whether it went well.
Talker = Callable[[], Awaitable[Callable[[str], Awaitable[bool]]]]


async def measure(
    talker: Talker, texts: Sequence[str], *, users: int, seconds: float
) -> Load:
    """Let ``users`` people talk at once for some seconds, each as fast as it is answered."""
    times: list[float] = []
    failures = 0
    until = time.perf_counter() + seconds

    async def person(number: int) -> None:
        nonlocal failures
        step = number * 37
        while time.perf_counter() < until:
            say = await talker()
            for _ in range(5):
                step += 1
                started = time.perf_counter()
                if started > until:
                    return
                went_well = await say(texts[step % len(texts)])
                times.append(time.perf_counter() - started)
                failures += not went_well

    started = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(users)))
    spent = time.perf_counter() - started
    return Load(
        per_second=len(times) / spent,
        p50_ms=1000 * percentile(times, 0.5),
        p95_ms=1000 * percentile(times, 0.95),
        turns=len(times),
        failed=failures,
    )


def gateway_talker(address: str) -> Talker:
    """Return a talker for the assistant's public API."""

    async def talk() -> Callable[[str], Awaitable[bool]]:
        connection = Connection(address)
        _, body = await connection.post("/api/v1/conversations", {})
        headers = {"Authorization": f"Bearer {json.loads(body)['token']}"}

        async def say(text: str) -> bool:
            status, answer = await connection.post(
                "/api/v1/messages", {"text": text}, headers
            )
            return status == 200 and b'"kind":"notice"' not in answer

        return say

    return talk


def rest_talker(address: str) -> Talker:
    """Return a talker for Rasa's own REST channel."""
    people = iter(range(10**9))

    async def talk() -> Callable[[str], Awaitable[bool]]:
        connection = Connection(address)
        sender = f"person-{next(people)}"

        async def say(text: str) -> bool:
            status, answer = await connection.post(
                "/webhooks/rest/webhook", {"sender": sender, "message": text}
            )
            return status == 200 and answer != b"[]"

        return say

    return talk

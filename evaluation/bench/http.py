"""A client that costs little: HTTP/1.1 over connections kept open."""

from __future__ import annotations

import asyncio
import time

from tests.simulators.traffic import Webhook

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

# uvicorn closes connections that were idle for 5 s, perhaps just as one is used again.
_LONGEST_IDLE_SECONDS = 3.0


class Caller:
    """Makes POST calls to one port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[_Streams, float]] = []

    async def post(self, webhook: Webhook, seconds: float = 10.0) -> int:
        """Return the status of the answer.

        Raises:
            OSError, EOFError, TimeoutError: There is no answer.
        """
        streams = self._take() or await self._open()
        try:
            status = await asyncio.wait_for(_post(streams, webhook), seconds)
        except (OSError, EOFError, asyncio.TimeoutError):
            streams[1].close()
            raise
        self._free.append((streams, time.monotonic()))
        return status

    async def close(self) -> None:
        for (_, writer), _ in self._free:
            writer.close()

    def _take(self) -> _Streams | None:
        while self._free:
            streams, since = self._free.pop()
            if time.monotonic() - since < _LONGEST_IDLE_SECONDS:
                return streams
            streams[1].close()
        return None

    async def _open(self) -> _Streams:
        return await asyncio.open_connection("127.0.0.1", self._port)


async def _post(streams: _Streams, webhook: Webhook) -> int:
    reader, writer = streams
    head = [f"POST {webhook.path} HTTP/1.1", "host: bench"]
    head += [f"{name}: {value}" for name, value in webhook.headers.items()]
    head += [f"content-length: {len(webhook.body)}", "", ""]
    writer.write("\r\n".join(head).encode() + webhook.body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(answer.partition("content-length:")[2].split("\r\n")[0])
    await reader.readexactly(length)
    return int(answer.split(" ", 2)[1])

"""HTTP calls to platforms, told apart by the one thing that matters: did it get there?"""

from __future__ import annotations

from typing import Any

import httpx

from bot.channels.channel import JsonObject

_SECONDS = 10.0


class CallError(Exception):
    """A call gave no answer; ``reached`` tells whether the platform may have acted on it."""

    def __init__(self, reason: str, *, reached: bool) -> None:
        """Name the reason, without the address: it may hold a token."""
        super().__init__(reason)
        self.reason = reason
        self.reached = reached


def platform_client(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    """Return a client with limits; ``transport`` stands in for the network in tests."""
    return httpx.AsyncClient(transport=transport, timeout=_SECONDS)


async def read_json(
    http: httpx.AsyncClient, method: str, url: str, **options: Any
) -> JsonObject:
    """Make a call and return the JSON object of its answer, whatever its status.

    Raises:
        CallError: No answer, or none that is a JSON object.
    """
    try:
        answer = await http.request(method, url, **options)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise CallError("unreachable", reached=False) from error
    except httpx.HTTPError as error:
        raise CallError("no_answer", reached=True) from error
    try:
        data = answer.json()
    except ValueError as error:
        raise CallError(f"http_{answer.status_code}", reached=True) from error
    if not isinstance(data, dict):
        raise CallError("bad_answer", reached=True)
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR and "error" not in data:
        raise CallError(f"http_{answer.status_code}", reached=True)
    return data

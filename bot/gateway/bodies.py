"""Read and check what clients send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.requests import Request

from bot.gateway.problems import Problem
from bot.gateway.typed_text import clean_typed

LONGEST_TEXT = 1000
LARGEST_BODY = 64 * 1024
_LONGEST_ID = 64
_READ_SECONDS = 10.0


@dataclass(frozen=True)
class Ask:
    """A turn a person asks for: a cleaned text, or the id of a choice."""

    text: str | None = None
    choice: str | None = None
    client_message_id: str | None = None


@dataclass(frozen=True)
class Rating:
    """What a person thinks of a message."""

    message_id: str
    rating: str
    comment: str | None


async def read_object(request: Request) -> dict[str, Any]:
    """Return the JSON object of the body.

    Raises:
        Problem: 400 ``invalid_json``, 408 ``body_timeout``, 413 ``body_too_large``,
            422 ``invalid_body``.
    """
    try:
        with anyio.fail_after(_READ_SECONDS):
            raw = await _read(request)
    except TimeoutError as error:
        raise Problem(408, "body_timeout") from error
    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "invalid_json") from error
    if not isinstance(data, dict):
        raise Problem(422, "invalid_body")
    return data


async def _read(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > LARGEST_BODY:
        raise Problem(413, "body_too_large")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise Problem(413, "body_too_large")
    return bytes(raw)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def ask_from(data: dict[str, Any]) -> Ask:
    """Read the body of ``POST /messages``; members it does not know are ignored.

    Raises:
        Problem: 413 ``text_too_long``, 422 ``empty_text`` or ``invalid_body``.
    """
    text = _string(data, "text")
    choice = _string(data, "choice")
    client_id = _string(data, "client_message_id")
    if client_id is not None and not 1 <= len(client_id) <= _LONGEST_ID:
        raise Problem(422, "invalid_body", field="client_message_id")
    if (text is None) == (choice is None):
        raise Problem(422, "invalid_body", field="text")
    if text is None:
        return Ask(choice=choice, client_message_id=client_id)
    return Ask(text=_typed(text), client_message_id=client_id)


def rating_from(data: dict[str, Any]) -> Rating:
    """Read the body of ``POST /feedback``.

    Raises:
        Problem: 413 ``text_too_long``, 422 ``invalid_body``.
    """
    message_id = _string(data, "message_id")
    if message_id is None:
        raise Problem(422, "invalid_body", field="message_id")
    rating = _string(data, "rating")
    if rating not in ("up", "down"):
        raise Problem(422, "invalid_body", field="rating")
    comment = clean_typed(_string(data, "comment") or "")
    if len(comment) > LONGEST_TEXT:
        raise Problem(413, "text_too_long", field="comment")
    return Rating(message_id, rating, comment or None)


def _typed(text: str) -> str:
    cleaned = clean_typed(text)
    if not cleaned:
        raise Problem(422, "empty_text", field="text")
    if len(cleaned) > LONGEST_TEXT:
        raise Problem(413, "text_too_long", field="text")
    return cleaned


def _string(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise Problem(422, "invalid_body", field=name)
    return value

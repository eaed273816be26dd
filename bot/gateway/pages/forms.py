"""Read what a page's form sends."""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request

from bot.gateway.bodies import LARGEST_BODY
from bot.gateway.problems import Problem

_MOST_FIELDS = 20
_READ_SECONDS = 10.0


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of an URL-encoded form; of a repeated field the last.

    Raises:
        Problem: 400 ``bad_request``, 408 ``body_timeout``, 413 ``body_too_large``.
    """
    raw = bytearray()
    try:
        with anyio.fail_after(_READ_SECONDS):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > LARGEST_BODY:
                    raise Problem(413, "body_too_large")
    except TimeoutError as error:
        raise Problem(408, "body_timeout") from error
    try:
        pairs = parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="replace",
        )
    except ValueError as error:
        raise Problem(400, "bad_request") from error
    return dict(pairs)


def new_form_id() -> str:
    """Return what makes a page's forms different from those of any other page."""
    return secrets.token_urlsafe(9)


def message_id_of(form_id: str, content: str) -> str:
    """Return the id that makes sending the same form twice one turn.

    Going back and choosing something else is another turn, so the content counts.
    """
    return hashlib.sha256(f"{form_id}\n{content}".encode()).hexdigest()[:32]

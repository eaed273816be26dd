"""Rasa channel of the gateway: one authenticated JSON call is one turn.

Replies come back whole (kind, topic, params, sources, choices …) in the answer to the call.
"""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.rasa.conversation import CHOSEN

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class Replies(OutputChannel):
    """Collects the replies of one turn."""

    def __init__(self) -> None:
        """Start with no reply."""
        self.collected: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Return the name responses may be written for."""
        return "assistant"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take the replies an answer carries; a bare text becomes an answer."""
        carried = message.get("custom") or {}
        if "replies" in carried:
            self.collected.extend(carried["replies"])
        elif message.get("text"):
            self.collected.append(
                {"kind": "answer", "topic": "out_of_scope", "text": message["text"]}
            )


class AssistantChannel(InputChannel):
    """``POST /webhooks/assistant/turn``; the contract is in ``docs/architecture.md``."""

    def __init__(self, secret: str) -> None:
        """Accept only calls that carry ``secret``."""
        self._secret = f"Bearer {secret}".encode()

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, also its URL prefix."""
        return "assistant"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> AssistantChannel:
        """Read the shared secret from the environment, so that no file holds it.

        Raises:
            ValueError: ``ICTBOT_RASA_SECRET`` is not set.
        """
        secret = os.environ.get("ICTBOT_RASA_SECRET", "")
        if len(secret) < 32:
            raise ValueError(
                "ICTBOT_RASA_SECRET is missing or shorter than 32 characters; "
                "`make run` writes one into .env"
            )
        return cls(secret)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("assistant_webhook")

        @routes.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"code": "no_model"}, status=503)
            return response.json({"model": agent.model_id})

        @routes.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            given = request.headers.get("Authorization", "").encode()
            if not hmac.compare_digest(given, self._secret):
                return response.json({"code": "wrong_secret"}, status=401)
            try:
                message, replies = _message(request.json)
            except (KeyError, TypeError, AttributeError) as error:
                return response.json(
                    {"code": "bad_turn", "detail": repr(error)}, status=422
                )
            # A gateway that stops waiting must not leave a turn half done.
            await asyncio.shield(asyncio.ensure_future(on_new_message(message)))
            return response.json({"replies": replies.collected}, ensure_ascii=False)

        return routes


def _message(body: dict[str, Any]) -> tuple[UserMessage, Replies]:
    replies = Replies()
    choice = body.get("choice")
    text = body["text"]
    if not isinstance(text, str) or not isinstance(body["conversation"], str):
        raise TypeError("conversation and text must be strings")
    return (
        UserMessage(
            text=text,
            output_channel=replies,
            sender_id=body["conversation"],
            parse_data=_parsed(text, choice) if choice else None,
            input_channel=body.get("channel", "web"),
            message_id=body["message_id"],
        ),
        replies,
    )


def _parsed(text: str, choice: dict[str, Any]) -> dict[str, Any]:
    intent = {"name": choice["intent"], "confidence": 1.0}
    return {
        "text": text,
        CHOSEN: True,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [
            {"entity": kind, "value": value}
            for kind, value in choice.get("entities", {}).items()
        ],
    }

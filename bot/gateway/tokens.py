"""Signed session tokens that name a conversation made by the server."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from itsdangerous import BadData, URLSafeSerializer

from bot.clock import Clock
from bot.gateway.problems import Problem

_LONGEST = 512


@dataclass(frozen=True)
class Token:
    """What a new person is given."""

    text: str
    conversation_id: str
    expires_at: datetime


class Tokens:
    """Makes and reads tokens; nothing is stored."""

    def __init__(self, secret: str, days: int, clock: Clock) -> None:
        """Sign with ``secret``; tokens live for ``days``."""
        self._signer = URLSafeSerializer(secret, salt="conversation")
        self._life = timedelta(days=days)
        self._clock = clock

    def issue(self) -> Token:
        """Return a token for a new conversation with a random id."""
        conversation_id = secrets.token_urlsafe(16)
        seconds = int((self._clock() + self._life).timestamp())
        text = self._signer.dumps([conversation_id, seconds])
        return Token(
            text if isinstance(text, str) else text.decode(),
            conversation_id,
            datetime.fromtimestamp(seconds, timezone.utc),
        )

    def read(self, authorization: str) -> str:
        """Return the conversation that an ``Authorization`` header names.

        Raises:
            Problem: 401, ``invalid_token`` or ``expired_token``.
        """
        scheme, _, text = authorization.partition(" ")
        if scheme.lower() != "bearer" or len(text) > _LONGEST:
            raise Problem(401, "invalid_token")
        try:
            conversation_id, seconds = self._signer.loads(text.strip())
        except (BadData, ValueError) as error:
            raise Problem(401, "invalid_token") from error
        if seconds < self._clock().timestamp():
            raise Problem(401, "expired_token")
        return str(conversation_id)

"""Calls to the Official Account API; errors come as HTTP 200 with ``error`` not 0."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import httpx
import yaml

from bot.channels.calls import read_json
from bot.channels.channel import JsonObject
from bot.channels.settings import ZaloSettings
from bot.channels.zalo.tokens import TokenKeeper

Treatment = Literal["refresh", "retry", "drop", "dead", "alarm", "unknown"]


class ZaloError(Exception):
    """The API refused a call; ``error_code`` is its number."""

    def __init__(self, error_code: int) -> None:
        """Take the number; the text beside it may quote a person."""
        super().__init__(f"Zalo error {error_code}")
        self.error_code = error_code


class ZaloClient:
    """Speaks the API with the token in use, and gets a new one when it is refused."""

    def __init__(
        self, settings: ZaloSettings, tokens: TokenKeeper, http: httpx.AsyncClient
    ) -> None:
        """Put the parts together."""
        self._settings = settings
        self._tokens = tokens
        self._http = http

    async def send(self, message: JsonObject) -> JsonObject:
        """Send a message of customer care (tin tư vấn)."""
        return await self._call("POST", "/v3.0/oa/message/cs", json=message)

    async def conversation(self, user_id: str, count: int) -> list[JsonObject]:
        """Return the newest messages with a person."""
        query = json.dumps({"user_id": user_id, "offset": 0, "count": count})
        answer = await self._call(
            "GET", "/v2.0/oa/conversation", params={"data": query}
        )
        found = answer.get("data") or []
        return [row for row in found if isinstance(row, dict)]

    async def account(self) -> JsonObject:
        """Return what the platform says of the account."""
        return await self._call("GET", "/v2.0/oa/getoa")

    async def _call(self, method: str, path: str, **options: Any) -> JsonObject:
        version, token = await self._tokens.current()
        try:
            return await self._once(method, path, token, **options)
        except ZaloError as error:
            if treatment_of(error.error_code) != "refresh":
                raise
        _, token = await self._tokens.renew(version)
        return await self._once(method, path, token, **options)

    async def _once(
        self, method: str, path: str, token: str, **options: Any
    ) -> JsonObject:
        headers = {"access_token": token}
        if self._settings.appsecret_proof:
            key = self._settings.app_secret.encode()
            proof = hmac.new(key, token.encode(), hashlib.sha256)
            headers["appsecret_proof"] = proof.hexdigest()
        answer = await read_json(
            self._http,
            method,
            self._settings.api_url + path,
            headers=headers,
            **options,
        )
        error = answer.get("error", 0)
        if error:
            raise ZaloError(int(error))
        return answer


@lru_cache(maxsize=1)
def _treatments() -> dict[int, Treatment]:
    path = Path(__file__).with_name("errors.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {code: treatment for treatment, codes in data.items() for code in codes}


def treatment_of(error_code: int) -> Treatment:
    """Return what to do about an error code."""
    return _treatments().get(error_code, "unknown")

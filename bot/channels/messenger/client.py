"""Calls to the Graph API of a Page."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import httpx
import yaml

from bot.channels.calls import read_json
from bot.channels.channel import JsonObject
from bot.channels.settings import MessengerSettings

Treatment = Literal["retry", "drop", "dead", "alarm"]


class GraphError(Exception):
    """The API refused a call; ``name`` is "code" or "code/subcode"."""

    def __init__(self, error: JsonObject) -> None:
        """Take the numbers; the text beside them may quote a person."""
        code, subcode = error.get("code", 0), error.get("error_subcode")
        self.code = str(code)
        self.name = f"{code}/{subcode}" if subcode else str(code)
        super().__init__(f"Graph error {self.name}")


class GraphClient:
    """Speaks the API as the Page."""

    def __init__(self, settings: MessengerSettings, http: httpx.AsyncClient) -> None:
        """Put the parts together; the token goes in a header, not in the address."""
        self._page = settings.page_id
        self._http = http
        self._root = f"{settings.graph_url}/{settings.graph_version}"
        self._headers = {"Authorization": f"Bearer {settings.page_token}"}
        self._proof: dict[str, str] = {}
        if settings.appsecret_proof:
            proof = hmac.new(
                settings.app_secret.encode(),
                settings.page_token.encode(),
                hashlib.sha256,
            )
            self._proof = {"appsecret_proof": proof.hexdigest()}

    async def send(self, body: JsonObject) -> JsonObject:
        """Send a message or an action."""
        return await self._call("POST", f"/{self._page}/messages", json=body)

    async def conversation(self, user_id: str, count: int) -> list[JsonObject]:
        """Return the newest messages with a person."""
        answer = await self._call(
            "GET",
            f"/{self._page}/conversations",
            params={
                "platform": "messenger",
                "user_id": user_id,
                "fields": f"messages.limit({count}){{id,from,message}}",
            },
        )
        threads = answer.get("data") or []
        rows = threads[0].get("messages", {}).get("data", []) if threads else []
        return [row for row in rows if isinstance(row, dict)]

    async def set_profile(self, profile: JsonObject) -> JsonObject:
        """Set the Page's Messenger profile."""
        return await self._call("POST", "/me/messenger_profile", json=profile)

    async def subscribe(self, fields: str) -> JsonObject:
        """Have the app told of what happens on the Page."""
        return await self._call(
            "POST",
            f"/{self._page}/subscribed_apps",
            params={"subscribed_fields": fields},
        )

    async def _call(self, method: str, path: str, **options: Any) -> JsonObject:
        params = {**options.pop("params", {}), **self._proof}
        answer = await read_json(
            self._http,
            method,
            self._root + path,
            params=params,
            headers=self._headers,
            **options,
        )
        if isinstance(answer.get("error"), dict):
            raise GraphError(answer["error"])
        return answer


@lru_cache(maxsize=1)
def _treatments() -> dict[str, Treatment]:
    path = Path(__file__).with_name("errors.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: treatment for treatment, names in data.items() for name in names}


def treatment_of(error: GraphError) -> Treatment:
    """Return what to do about an error."""
    known = _treatments()
    return known.get(error.name) or known.get(error.code) or "retry"

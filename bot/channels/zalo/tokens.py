"""The rotating tokens of the Official Account (OAuth v4).

A refresh token works once. A refreshed pair is committed before it is used; a process
that dies between Zalo's answer and the commit loses the grant, and people must log in
again (``ictbot zalo login``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import anyio
import anyio.to_thread
import httpx
from sqlalchemy.engine import Engine

from bot.channels.alarms import Alarms
from bot.channels.calls import CallError, read_json
from bot.channels.settings import ZaloSettings
from bot.clock import Clock
from bot.errors import AssistantError
from bot.sealing import Seal
from bot.storage import channel_tokens as rows
from bot.storage.channel_tokens import TokenRow

CHANNEL = "zalo"
#: Tokens live for 25 hours; they are refreshed at 20.
REFRESH_BEFORE = timedelta(hours=5)
_LEASE_SECONDS = 30.0
_LOOK_SECONDS = 0.2
_LOOKS = 40


class ZaloTokenError(AssistantError):
    """There is no token that can be used; ``people`` must act when it is refused."""

    code = "ICT-021"

    def __init__(self, reason: str, *, refused: bool) -> None:
        """Name the reason, a few fixed words."""
        super().__init__(
            f"no usable Zalo token ({reason}); run `ictbot zalo login` if it stays so"
        )
        self.reason = reason
        self.refused = refused


@dataclass(frozen=True)
class Pair:
    """Tokens as Zalo gives them."""

    access_token: str
    refresh_token: str
    seconds: int


class TokenKeeper:
    """Gives out the access token; the only one who refreshes it."""

    def __init__(
        self,
        settings: ZaloSettings,
        engine: Engine,
        seal: Seal,
        http: httpx.AsyncClient,
        clock: Clock,
        alarms: Alarms,
    ) -> None:
        """Keep the pair in the database behind ``engine``, sealed."""
        self._settings = settings
        self._engine = engine
        self._seal = seal
        self._http = http
        self._clock = clock
        self._alarms = alarms
        self._lock = anyio.Lock()

    async def current(self) -> tuple[int, str]:
        """Return version and text of the access token.

        Raises:
            ZaloTokenError: Nobody has logged in yet.
        """
        row = await self._read()
        return row.version, self._open(row)["access_token"]

    async def status(self) -> TokenRow | None:
        """Return the stored pair, unread."""
        return await anyio.to_thread.run_sync(self._find)

    async def refresh_if_due(self) -> bool:
        """Refresh the pair when it ends soon; return whether it was refreshed."""
        row = await self.status()
        if row is None or row.expires_at - self._clock() > REFRESH_BEFORE:
            return False
        await self.renew(row.version)
        return True

    async def renew(self, version: int) -> tuple[int, str]:
        """Return a pair newer than ``version``; refresh it unless somebody did.

        Raises:
            ZaloTokenError: Zalo refused, or did not answer.
        """
        async with self._lock:
            row = await self._read()
            if row.version == version:
                if await anyio.to_thread.run_sync(self._take_lease, version):
                    await self._refresh(row)
                row = await self._await_newer(version)
        return row.version, self._open(row)["access_token"]

    async def log_in(self, grant: dict[str, str]) -> None:
        """Store the pair that a grant (a code, or a refresh token) gives.

        Raises:
            ZaloTokenError: Zalo refused, or did not answer.
        """
        await self._store(await self._ask(grant))

    async def _refresh(self, row: TokenRow) -> None:
        token = self._open(row)["refresh_token"]
        try:
            pair = await self._ask(
                {"grant_type": "refresh_token", "refresh_token": token}
            )
        except ZaloTokenError as error:
            if error.refused:
                self._alarms.raise_alarm(CHANNEL, "token_refused")
            reason = error.reason if error.refused else None
            await anyio.to_thread.run_sync(self._release, reason)
            raise
        await self._store(pair)

    async def _ask(self, grant: dict[str, str]) -> Pair:
        try:
            answer = await read_json(
                self._http,
                "POST",
                f"{self._settings.oauth_url}/v4/oa/access_token",
                headers={"secret_key": self._settings.app_secret},
                data={"app_id": self._settings.app_id, **grant},
            )
        except CallError as error:
            raise ZaloTokenError(error.reason, refused=False) from error
        if not answer.get("access_token"):
            raise ZaloTokenError(f"zalo_{answer.get('error')}", refused=True)
        return Pair(
            str(answer["access_token"]),
            str(answer["refresh_token"]),
            int(answer["expires_in"]),
        )

    async def _store(self, pair: Pair) -> None:
        # Whoever stops waiting must not stop this: the old refresh token is spent.
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self._replace, pair)

    async def _await_newer(self, version: int) -> TokenRow:
        for _ in range(_LOOKS):
            row = await self._read()
            if row.version != version:
                return row
            if row.error:
                raise ZaloTokenError(row.error, refused=True)
            await anyio.sleep(_LOOK_SECONDS)
        raise ZaloTokenError("refresh_under_way", refused=False)

    async def _read(self) -> TokenRow:
        row = await self.status()
        if row is None:
            raise ZaloTokenError("not_logged_in", refused=True)
        return row

    def _open(self, row: TokenRow) -> dict[str, str]:
        pair: dict[str, str] = json.loads(self._seal.open(row.sealed))
        return pair

    def _find(self) -> TokenRow | None:
        with self._engine.connect() as connection:
            return rows.read(connection, CHANNEL)

    def _take_lease(self, version: int) -> bool:
        with self._engine.begin() as connection:
            return rows.lease(
                connection,
                CHANNEL,
                version=version,
                at=self._clock(),
                seconds=_LEASE_SECONDS,
            )

    def _release(self, error: str | None) -> None:
        with self._engine.begin() as connection:
            rows.release(connection, CHANNEL, error=error)

    def _replace(self, pair: Pair) -> None:
        now = self._clock()
        data: dict[str, Any] = {
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
        }
        with self._engine.begin() as connection:
            rows.replace(
                connection,
                CHANNEL,
                sealed=self._seal.close(json.dumps(data)),
                expires_at=now + timedelta(seconds=pair.seconds),
                at=now,
            )

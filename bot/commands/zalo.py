"""``ictbot zalo``: the grant of the Official Account, and what to set in its console."""

from __future__ import annotations

import argparse
import base64
import getpass
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import anyio

from bot.channels.alarms import Alarms
from bot.channels.calls import CallError, platform_client
from bot.channels.hub import channel_seal, token_keeper
from bot.channels.settings import ZaloSettings
from bot.channels.words import load_words
from bot.channels.zalo.client import ZaloClient, ZaloError
from bot.channels.zalo.tokens import TokenKeeper
from bot.clock import utc_now
from bot.errors import AssistantError, SettingsError
from bot.settings import load_settings
from bot.storage.database import connect

_VERIFIER_LENGTH = 43
Work = Callable[[ZaloSettings, TokenKeeper, ZaloClient], Awaitable[None]]


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("zalo", help="the Zalo Official Account")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    login = verbs.add_parser("login", help="let the assistant speak for the account")
    login.add_argument(
        "--refresh-token",
        action="store_true",
        help="ask for a refresh token from the console's API Explorer instead",
    )
    login.set_defaults(run=log_in)
    for name, run, text in (
        ("status", show_status, "show whether the account and its token are in order"),
        ("refresh", refresh, "get a new access token now"),
        ("menu", show_menu, "list what to enter as the account's menu"),
    ):
        verbs.add_parser(name, help=text).set_defaults(run=run)


def log_in(options: argparse.Namespace) -> None:
    """Store the first pair of tokens."""
    settings = _settings()
    grant = _token_grant() if options.refresh_token else _code_grant(settings)

    async def work(_: ZaloSettings, tokens: TokenKeeper, client: ZaloClient) -> None:
        await tokens.log_in(grant)
        await _print_status(tokens, client)

    _run(work)


def show_status(_: argparse.Namespace) -> None:
    """Print the state of token and account."""

    async def work(_: ZaloSettings, tokens: TokenKeeper, client: ZaloClient) -> None:
        await _print_status(tokens, client)

    _run(work)


def refresh(_: argparse.Namespace) -> None:
    """Refresh the pair of tokens."""

    async def work(_: ZaloSettings, tokens: TokenKeeper, client: ZaloClient) -> None:
        version, _token = await tokens.current()
        await tokens.renew(version)
        await _print_status(tokens, client)

    _run(work)


def show_menu(_: argparse.Namespace) -> None:
    """Print the menu; the API cannot set it, people enter it in the OA console."""
    print("Enter in OA Manager → Menu, each as “send a message to the OA”:")
    for item in load_words().menu:
        print(f"  {item.title}  →  {item.question}")


def make_verifier() -> tuple[str, str]:
    """Return a code verifier and its challenge (RFC 7636, S256)."""
    verifier = secrets.token_urlsafe(48)[:_VERIFIER_LENGTH]
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _code_grant(settings: ZaloSettings) -> dict[str, str]:
    verifier = settings.code_verifier
    if not verifier:
        verifier, challenge = make_verifier()
        print("Enter in the app's console, Official Account → code challenge:")
        print(f"  {challenge}")
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "app_id": settings.app_id,
        "redirect_uri": settings.redirect_url,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "state": secrets.token_urlsafe(8),
    }
    print("Open this as an administrator of the account and agree:")
    print(f"  {settings.oauth_url}/v4/oa/permission?{urlencode(query)}")
    given = getpass.getpass("Paste the address you came back to (not shown): ").strip()
    code = parse_qs(urlsplit(given).query).get("code", [given])[0]
    return {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier,
    }


def _token_grant() -> dict[str, str]:
    token = getpass.getpass("Paste the refresh token (not shown): ").strip()
    return {"grant_type": "refresh_token", "refresh_token": token}


async def _print_status(tokens: TokenKeeper, client: ZaloClient) -> None:
    row = await tokens.status()
    if row is None:
        print("token: none; run `ictbot zalo login`")
        return
    state = f"refused ({row.error}); run `ictbot zalo login`" if row.error else "in use"
    print(f"token: {state}, changed {row.changed_at:%Y-%m-%d %H:%M} UTC, ", end="")
    print(f"ends {row.expires_at:%Y-%m-%d %H:%M} UTC")
    try:
        account = (await client.account()).get("data") or {}
    except (ZaloError, CallError) as error:
        raise AssistantError(
            f"the account cannot be read ({error}); see docs/channels.md"
        ) from error
    print(f"account: {account.get('name')} (oa_id {account.get('oa_id')})")


def _settings() -> ZaloSettings:
    zalo = load_settings().channels.zalo
    if zalo is None:
        raise SettingsError(
            "the Zalo channel is off; set ICTBOT_ZALO_APP_ID, ICTBOT_ZALO_APP_SECRET "
            "and ICTBOT_ZALO_OA_SECRET_KEY (docs/channels.md)"
        )
    return zalo


def _run(work: Work) -> None:
    settings, zalo = load_settings(), _settings()
    engine = connect(settings.database_url)

    async def run() -> None:
        async with platform_client(None) as http:
            seal = channel_seal(settings)
            tokens = token_keeper(zalo, engine, seal, http, utc_now, Alarms())
            await work(zalo, tokens, ZaloClient(zalo, tokens, http))

    try:
        anyio.run(run)
    finally:
        engine.dispose()

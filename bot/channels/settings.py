"""Settings of the channels; a channel is off until its own settings are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from environs import Env
from marshmallow.validate import Length, OneOf, Range

from bot.errors import SettingsError


@dataclass(frozen=True)
class ZaloSettings:
    """The Official Account and the app it is linked to."""

    app_id: str
    app_secret: str
    oa_secret_key: str
    oa_id: str
    first_term: str
    buttons_template_type: str
    appsecret_proof: bool
    paid_window: bool
    sends_per_second: float
    redirect_url: str
    code_verifier: str
    api_url: str
    oauth_url: str


@dataclass(frozen=True)
class ZaloBotSettings:
    """A bot of the Zalo Bot Platform."""

    token: str
    webhook_secret: str
    api_url: str


@dataclass(frozen=True)
class MessengerSettings:
    """A Facebook Page and the Meta app it is linked to."""

    app_id: str
    app_secret: str
    page_id: str
    page_token: str
    verify_token: str
    graph_version: str
    appsecret_proof: bool
    typing: bool
    sends_per_second: float
    graph_url: str


@dataclass(frozen=True)
class ChannelSettings:
    """All channels; ``None`` is a channel that is off."""

    zalo: ZaloSettings | None = None
    zalo_bot: ZaloBotSettings | None = None
    messenger: MessengerSettings | None = None
    #: Turns and calls to platforms that run at once.
    workers: int = 8
    #: A message waits this long for one that was sent before it and comes after it.
    settle_seconds: float = 0.2
    #: How long the assistant keeps silent after a member of staff wrote.
    pause_minutes: int = 30
    #: ``child`` of the gateway, ``inside`` it, or ``apart``: ``python -m bot.channels``.
    worker: str = "child"


def read_channel_settings(env: Env) -> ChannelSettings:
    """Read the settings of all channels.

    Raises:
        SettingsError: Some settings of a channel are there and others are missing.
    """
    return ChannelSettings(
        zalo=_zalo(env),
        zalo_bot=_zalo_bot(env),
        messenger=_messenger(env),
        workers=env.int("ICTBOT_CHANNEL_WORKERS", 8, validate=Range(min=1, max=64)),
        settle_seconds=env.float(
            "ICTBOT_CHANNEL_SETTLE_SECONDS", 0.2, validate=Range(min=0, max=5)
        ),
        pause_minutes=env.int(
            "ICTBOT_CHANNEL_PAUSE_MINUTES", 30, validate=Range(min=0)
        ),
        worker=env.str(
            "ICTBOT_CHANNEL_WORKER",
            "child",
            validate=OneOf(["child", "inside", "apart"]),
        ),
    )


def _zalo(env: Env) -> ZaloSettings | None:
    needed = _needed(env, "ICTBOT_ZALO", ("APP_ID", "APP_SECRET", "OA_SECRET_KEY"))
    if needed is None:
        return None
    prefix = "ICTBOT_ZALO_"
    return ZaloSettings(
        **needed,
        oa_id=env.str(prefix + "OA_ID", ""),
        first_term=env.str(
            prefix + "SIGNATURE_FIRST_TERM",
            "app_id",
            validate=OneOf(["app_id", "oa_id", "either"]),
        ),
        buttons_template_type=env.str(prefix + "BUTTONS_TEMPLATE_TYPE", ""),
        appsecret_proof=env.bool(prefix + "APPSECRET_PROOF", False),
        paid_window=env.bool(prefix + "PAID_WINDOW", False),
        sends_per_second=_rate(env, prefix, 50.0),
        redirect_url=env.str(prefix + "REDIRECT_URL", ""),
        code_verifier=env.str(prefix + "CODE_VERIFIER", ""),
        api_url=env.str(prefix + "API_URL", "https://openapi.zalo.me"),
        oauth_url=env.str(prefix + "OAUTH_URL", "https://oauth.zaloapp.com"),
    )


def _zalo_bot(env: Env) -> ZaloBotSettings | None:
    needed = _needed(env, "ICTBOT_ZALO_BOT", ("TOKEN", "WEBHOOK_SECRET"))
    if needed is None:
        return None
    # The platform takes secrets of 8 to 256 characters.
    env.str("ICTBOT_ZALO_BOT_WEBHOOK_SECRET", validate=Length(min=8, max=256))
    return ZaloBotSettings(
        **needed,
        api_url=env.str("ICTBOT_ZALO_BOT_API_URL", "https://bot-api.zaloplatforms.com"),
    )


def _messenger(env: Env) -> MessengerSettings | None:
    needed = _needed(
        env,
        "ICTBOT_MESSENGER",
        ("APP_ID", "APP_SECRET", "PAGE_ID", "PAGE_TOKEN", "VERIFY_TOKEN"),
    )
    if needed is None:
        return None
    prefix = "ICTBOT_MESSENGER_"
    return MessengerSettings(
        **needed,
        graph_version=env.str(prefix + "GRAPH_VERSION", "v25.0"),
        appsecret_proof=env.bool(prefix + "APPSECRET_PROOF", True),
        typing=env.bool(prefix + "TYPING", True),
        # Past 40 a second Meta throttles the Page.
        sends_per_second=_rate(env, prefix, 35.0),
        graph_url=env.str(prefix + "GRAPH_URL", "https://graph.facebook.com"),
    )


def _rate(env: Env, prefix: str, default: float) -> float:
    rate: float = env.float(
        prefix + "SENDS_PER_SECOND", default, validate=Range(min=0.1)
    )
    return rate


def _needed(env: Env, prefix: str, names: tuple[str, ...]) -> dict[str, Any] | None:
    values = {name: env.str(f"{prefix}_{name}", "") for name in names}
    missing = [f"{prefix}_{name}" for name, value in values.items() if not value]
    if len(missing) == len(names):
        return None
    if missing:
        raise SettingsError(
            f"{', '.join(missing)} must be set too, or none of {prefix}_…; "
            "see docs/channels.md"
        )
    return {name.lower(): value for name, value in values.items()}

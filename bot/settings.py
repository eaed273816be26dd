"""Typed settings, read once from the environment (or ``.env``) and checked at start.

Every variable, its default and its meaning are listed in ``docs/settings.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from environs import Env
from environs.exceptions import EnvError
from marshmallow.validate import URL, Length, OneOf, Range

from bot.channels.settings import ChannelSettings, read_channel_settings
from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Settings of all processes; one instance per process."""

    database_url: str
    secret_key: str
    rasa_url: str
    rasa_secret: str
    rasa_timeout_seconds: float
    action_url: str
    host: str
    port: int
    token_days: int
    retention_days: int
    client_rate_limit: str
    conversation_rate_limit: str
    trusted_proxies: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    log_level: str
    log_format: str
    channels: ChannelSettings = field(default_factory=ChannelSettings)


def load_settings(env_file: Path | None = ROOT / ".env") -> Settings:
    """Read and check the settings.

    Args:
        env_file: A file of ``NAME=value`` lines; real environment variables win over it.

    Raises:
        SettingsError: A variable is missing or unusable; the message names it.
    """
    env = Env()
    if env_file and env_file.is_file():
        env.read_env(str(env_file))
    try:
        return Settings(
            database_url=env.str(
                "DATABASE_URL", f"sqlite:///{ROOT / 'var' / 'ictbot.sqlite3'}"
            ),
            secret_key=env.str("ICTBOT_SECRET_KEY", validate=Length(min=32)),
            rasa_url=env.str(
                "ICTBOT_RASA_URL",
                "http://127.0.0.1:5005",
                validate=URL(require_tld=False),
            ),
            rasa_secret=env.str("ICTBOT_RASA_SECRET", validate=Length(min=32)),
            rasa_timeout_seconds=env.float(
                "ICTBOT_RASA_TIMEOUT_SECONDS", 8.0, validate=Range(min=0.1, max=60)
            ),
            action_url=env.str(
                "ICTBOT_ACTION_URL",
                "http://127.0.0.1:5055",
                validate=URL(require_tld=False),
            ),
            host=env.str("ICTBOT_HOST", "127.0.0.1"),
            port=env.int("ICTBOT_PORT", 8000, validate=Range(min=1, max=65535)),
            token_days=env.int("ICTBOT_TOKEN_DAYS", 30, validate=Range(min=1)),
            retention_days=env.int("ICTBOT_RETENTION_DAYS", 90, validate=Range(min=1)),
            client_rate_limit=env.str("ICTBOT_CLIENT_RATE_LIMIT", "6000/minute"),
            conversation_rate_limit=env.str(
                "ICTBOT_CONVERSATION_RATE_LIMIT", "120/minute"
            ),
            trusted_proxies=tuple(env.list("ICTBOT_TRUSTED_PROXIES", [])),
            allowed_origins=tuple(env.list("ICTBOT_ALLOWED_ORIGINS", [])),
            log_level=env.str(
                "ICTBOT_LOG_LEVEL",
                "INFO",
                validate=OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]),
            ),
            log_format=env.str(
                "ICTBOT_LOG_FORMAT", "json", validate=OneOf(["json", "console"])
            ),
            channels=read_channel_settings(env),
        )
    except EnvError as error:
        raise SettingsError(
            f"{error} Set it in the environment or in .env (see docs/settings.md)."
        ) from error


def nlu_config(env_file: Path | None = ROOT / ".env") -> Path:
    """Return the Rasa config to train with; needs no other setting.

    Raises:
        SettingsError: ``ICTBOT_NLU_CONFIG`` names no file.
    """
    env = Env()
    if env_file and env_file.is_file():
        env.read_env(str(env_file))
    path = ROOT / env.str("ICTBOT_NLU_CONFIG", "config.yml")
    if not path.is_file():
        raise SettingsError(f"ICTBOT_NLU_CONFIG: there is no file {path}")
    return path

"""The database and the seals, opened once for all actions."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.engine import Engine

from bot.sealing import Seal
from bot.settings import load_settings
from bot.storage.database import connect
from bot.storage.tickets import ticket_seal
from bot.storage.vault import vault_seal


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the database named in the settings."""
    return connect(load_settings().database_url)


@lru_cache(maxsize=1)
def seals() -> tuple[Seal, Seal]:
    """Return the seals of the vault and of the tickets."""
    secret_key = load_settings().secret_key
    return vault_seal(secret_key), ticket_seal(secret_key)

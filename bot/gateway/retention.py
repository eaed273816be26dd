"""Keeps the promise on how long conversations are stored."""

from __future__ import annotations

from datetime import timedelta

import anyio
import structlog
from anyio.to_thread import run_sync
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.storage.retention import purge

log = structlog.get_logger(__name__)
_EVERY_SECONDS = 3600


async def keep_purging(engine: Engine, days: int, clock: Clock) -> None:
    """Erase conversations silent for ``days`` days, at the start and every hour."""
    while True:
        try:
            count = await run_sync(purge, engine, clock() - timedelta(days=days))
            log.info("retention", erased=count)
        except SQLAlchemyError as error:
            log.error("retention_failed", error=type(error).__name__)
        await anyio.sleep(_EVERY_SECONDS)

"""Structured logs of the gateway: one line a request, never what a person wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog

_log = structlog.get_logger("bot.gateway")


def configure_logging(level: str, log_format: str) -> None:
    """Send our logs and those of libraries to standard output."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer()
    )
    number = logging.getLevelName(level)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=number, force=True)
    # httpx writes a line for every call to Rasa.
    logging.getLogger("httpx").setLevel(logging.WARNING)


def log_failure(event: str, error: BaseException) -> None:
    """Log where an error came from, without its message, which may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    _log.error(
        event,
        error=type(error).__name__,
        cause=type(error.__cause__).__name__ if error.__cause__ else None,
        # Not "stack": structlog means a text by it.
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )

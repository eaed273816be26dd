"""Bring a database to the tables this code expects, or back."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from bot.settings import ROOT

_LOCK_NUMBER = 1755_06


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create or change tables up to ``revision``; nothing happens when they are there.

    Several processes may start at once: one migrates, the others wait.
    """
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take changes back down to ``revision``, with the data in what is dropped."""
    _run(engine, command.downgrade, revision)


def _run(engine: Engine, step: Callable[[Config, str], None], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.begin() as connection:
        _take_turn(connection)
        config.attributes["connection"] = connection
        step(config, revision)


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})")

"""Engine and table metadata, for SQLite (a file, the default) and PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def connect(url: str) -> Engine:
    """Return an engine for ``url`` (``sqlite:///…`` or ``postgresql://…``).

    SQLite runs in WAL mode so that readers never wait for the writer; ``synchronous=NORMAL``
    survives a killed process (https://www.sqlite.org/pragma.html#pragma_synchronous).
    """
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        return create_engine(
            target, future=True, pool_pre_ping=True, hide_parameters=True
        )
    if target.database and target.database != ":memory:":
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    # SQLAlchemy 1.4 would open the file anew for every transaction.
    engine = create_engine(
        target,
        future=True,
        # Errors quote parameters otherwise, and with them what people wrote.
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        # What a person has erased must not stay in free pages of the file.
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

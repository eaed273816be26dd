"""Fixtures shared by all tests: settings, a clock that stands still, real databases."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.migrate import upgrade


@dataclass
class FixedClock:
    """A clock that only tests move."""

    now: datetime = datetime(2026, 11, 23, 7, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'test.sqlite3'}",
        secret_key="s" * 32,
        rasa_url="http://rasa.test",
        rasa_secret="r" * 32,
        rasa_timeout_seconds=5.0,
        action_url="http://actions.test",
        host="127.0.0.1",
        port=8000,
        token_days=30,
        retention_days=90,
        client_rate_limit="100000/minute",
        conversation_rate_limit="100000/minute",
        trusted_proxies=(),
        allowed_origins=("https://cantho.example",),
        log_level="INFO",
        log_format="json",
    )


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """A migrated SQLite file."""
    engine = connect(settings.database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server: TEST_DATABASE_URL, or one of our own in a folder."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        reason = "PostgreSQL is not installed (apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        yield from _cluster(programs[-1].parent, Path(folder))


def _cluster(programs: Path, folder: Path) -> Iterator[str]:
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: object) -> None:
        command = [programs / program, "-D", folder / "data", *map(str, arguments)]
        subprocess.run(
            command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL
        )

    run("initdb", "-U", "postgres", "-A", "trust", "-N")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg2://postgres@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
def empty_engine(
    request: pytest.FixtureRequest, settings: Settings
) -> Iterator[Engine]:
    """An empty database of each kind that is supported."""
    if request.param == "sqlite":
        engine = connect(settings.database_url)
    else:
        engine = connect(request.getfixturevalue("postgresql_url"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield engine
    engine.dispose()


@pytest.fixture
def any_engine(empty_engine: Engine) -> Engine:
    """A migrated database of each kind that is supported."""
    upgrade(empty_engine)
    return empty_engine

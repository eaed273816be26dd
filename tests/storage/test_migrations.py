"""The migrations make the tables that the code expects, and take them away again."""

import importlib
import pkgutil
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot import storage
from bot.storage.database import connect, metadata
from bot.storage.migrate import downgrade, upgrade


def test_up_down_and_up_again(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    upgrade(empty_engine)
    downgrade(empty_engine)
    # SQLAlchemy 1.4 also names SQLite's own table of sequences.
    left = set(inspect(empty_engine).get_table_names()) - {"sqlite_sequence"}
    assert left == {"alembic_version"}
    upgrade(empty_engine)
    assert {"conversations", "messages", "feedback", "trackers"} <= set(
        inspect(empty_engine).get_table_names()
    )


def test_migrated_tables_are_those_of_the_code(any_engine: Engine) -> None:
    for module in pkgutil.iter_modules(storage.__path__, "bot.storage."):
        importlib.import_module(module.name)
    with any_engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            # SQLite keeps the tables of its own full-text and sequence machinery there.
            opts={"include_name": lambda name, kind, _: name != "sqlite_sequence"},
        )
        assert compare_metadata(context, metadata) == []


@pytest.mark.filterwarnings("error")
def test_processes_that_start_at_once_migrate_once(empty_engine: Engine) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        own = connect(str(empty_engine.url.render_as_string(hide_password=False)))
        try:
            upgrade(own)
        except BaseException as error:
            failures.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []

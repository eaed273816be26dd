"""The store gives back what was loaded, once, and as soon as it changes."""

from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from bot.knowledge.catalogue.files import CatalogueFiles, read_catalogue
from bot.knowledge.catalogue.records import build
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.library import read_library
from bot.settings import ROOT
from bot.storage import catalogue as tables
from tests.conftest import FixedClock

FOLDER = ROOT / "data" / "knowledge"


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(FOLDER / "catalogue", read_library(FOLDER).sources)


@pytest.fixture
def store(any_engine: Engine, clock: FixedClock) -> CatalogueStore:
    return CatalogueStore(any_engine, clock)


def test_an_empty_store_has_an_empty_catalogue(store: CatalogueStore) -> None:
    assert store.current().institutions == {}


def test_what_is_loaded_comes_back_whole(
    store: CatalogueStore, files: CatalogueFiles
) -> None:
    store.load(files.records, files.sources)
    assert store.current() == build(files.records, files.sources)


def test_loading_again_changes_nothing(
    store: CatalogueStore, files: CatalogueFiles
) -> None:
    assert store.load(files.records, files.sources)
    before = store.current()
    assert not store.load(files.records, files.sources)
    assert store.current() is before


def test_a_change_is_served_by_another_process_at_once(
    any_engine: Engine, store: CatalogueStore, files: CatalogueFiles
) -> None:
    store.load(files.records, files.sources)
    assert "ctu" in store.current().institutions
    fewer: dict[str, Any] = {
        "institutions": [r for r in files.records["institutions"] if r["id"] != "ctu"]
    }
    CatalogueStore(any_engine).load(fewer, files.sources)
    assert "ctu" not in store.current().institutions
    assert store.current().programmes == {}


def test_an_unchanged_catalogue_costs_one_query(
    any_engine: Engine, store: CatalogueStore, files: CatalogueFiles
) -> None:
    store.load(files.records, files.sources)
    store.current()
    statements: list[str] = []

    def note(*args: Any) -> None:
        statements.append(args[2])

    event.listen(any_engine, "before_cursor_execute", note)
    store.current()
    event.remove(any_engine, "before_cursor_execute", note)
    assert len(statements) == 1


def test_figures_can_be_queried(
    any_engine: Engine, store: CatalogueStore, files: CatalogueFiles
) -> None:
    store.load(files.records, files.sources)
    scores = tables.CELLS["programmes", "scores"]
    query = select(scores.c.value).where(
        scores.c.owner == "ctut-it", scores.c.kind == "benchmark", scores.c.year == 2025
    )
    with any_engine.connect() as connection:
        assert connection.execute(query).scalar_one() == 24.23

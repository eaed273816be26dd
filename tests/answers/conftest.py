"""A composer over the project's own data, and a way to talk to it without Rasa."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.answers.composer import Composer
from bot.knowledge.catalogue.files import CatalogueFiles, read_catalogue
from bot.knowledge.catalogue.model import Catalogue
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.library import Library, read_library
from bot.knowledge.store import KnowledgeStore
from bot.nlp.reader import Reader
from bot.settings import ROOT
from bot.storage.database import connect
from bot.storage.migrate import upgrade
from tests.answers.talk import Talk
from tests.conftest import FixedClock

FOLDER = ROOT / "data" / "knowledge"


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library(FOLDER)


@pytest.fixture(scope="session")
def files(library: Library) -> CatalogueFiles:
    return read_catalogue(FOLDER / "catalogue", library.sources)


@pytest.fixture(scope="session")
def stored(
    library: Library, files: CatalogueFiles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("knowledge")
    engine = connect(f"sqlite:///{folder / 'test.sqlite3'}")
    upgrade(engine)
    KnowledgeStore(engine).load(library.entries.values())
    CatalogueStore(engine).load(files.records, files.sources)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def catalogue(stored: Engine) -> Catalogue:
    return CatalogueStore(stored).current()


@pytest.fixture(scope="session")
def composer(stored: Engine) -> Composer:
    return Composer(KnowledgeStore(stored), CatalogueStore(stored), FixedClock())


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.build(ROOT / "data" / "lexicon")


@pytest.fixture
def talk(composer: Composer, reader: Reader) -> Talk:
    return Talk(composer, reader)


@pytest.fixture
def new_talk(composer: Composer, reader: Reader) -> Callable[[], Talk]:
    return lambda: Talk(composer, reader)

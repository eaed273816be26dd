"""The catalogue as it is in the files."""

import pytest

from bot.knowledge.catalogue.files import read_catalogue
from bot.knowledge.catalogue.model import Catalogue
from bot.knowledge.catalogue.records import build
from bot.knowledge.library import read_library
from bot.settings import ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    library = read_library(ROOT / "data" / "knowledge")
    files = read_catalogue(ROOT / "data" / "knowledge" / "catalogue", library.sources)
    return build(files.records, files.sources)

"""``ictbot knowledge``: check, load, publish and look at what citizens are told."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bot.answers.cues import load_cues
from bot.answers.phrases import load_phrases
from bot.errors import KnowledgeError
from bot.knowledge.catalogue.files import contract_problems, read_catalogue
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.check import coverage_problems
from bot.knowledge.domain import sync_domain
from bot.knowledge.entry import parse_entry
from bot.knowledge.library import read_library, read_topics, read_yaml
from bot.knowledge.store import KnowledgeStore
from bot.settings import ROOT, load_settings
from bot.storage.database import connect

FOLDER = ROOT / "data" / "knowledge"
TOPICS = ROOT / "data" / "topics.yml"


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("knowledge", help="what citizens are told")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for name, run, text in (
        ("check", check, "check every entry, source and the coverage of all topics"),
        ("load", load, "put new and changed files into the store"),
        ("domain", domain, "write the topics' intents and responses into domain.yml"),
    ):
        verbs.add_parser(name, help=text).set_defaults(run=run)
    publishing = verbs.add_parser("publish", help="serve one entry file from now on")
    publishing.add_argument("file", type=Path)
    publishing.set_defaults(run=publish)
    history = verbs.add_parser("history", help="list the versions of a topic")
    history.add_argument("topic")
    history.set_defaults(run=show_history)


def check(_: argparse.Namespace) -> None:
    """Check the files; the error lists every problem."""
    library = read_library(FOLDER)
    catalogue = read_catalogue(FOLDER / "catalogue", library.sources)
    load_phrases()
    load_cues()
    problems = coverage_problems(ROOT, read_topics(TOPICS), library)
    problems += contract_problems(catalogue, read_yaml(TOPICS)["entities"], _surfaces())
    if problems:
        raise KnowledgeError("\n".join(problems))
    rows = sum(map(len, catalogue.records.values()))
    print(
        f"{len(library.entries)} entries, {rows} catalogue rows, "
        f"{len(library.sources)} sources: all good"
    )


def load(_: argparse.Namespace) -> None:
    """Load the files into the store."""
    library = read_library(FOLDER)
    catalogue = read_catalogue(FOLDER / "catalogue", library.sources)
    engine = connect(load_settings().database_url)
    changed = KnowledgeStore(engine).load(library.entries.values())
    news = CatalogueStore(engine).load(catalogue.records, catalogue.sources)
    print(
        f"knowledge: {len(library.entries)} entries, {changed} new or changed; "
        f"catalogue {'loaded' if news else 'unchanged'}"
    )


def domain(_: argparse.Namespace) -> None:
    """Bring domain.yml up to date with the entries."""
    library = read_library(FOLDER)
    sync_domain(ROOT / "domain.yml", read_topics(TOPICS), library.entries)


def publish(options: argparse.Namespace) -> None:
    """Publish one edited entry; it is live at the next question."""
    library = read_library(FOLDER)
    entry = parse_entry(
        options.file.name, read_yaml(options.file), dict(library.sources)
    )
    news = _store().publish(entry)
    print(f"{entry.id}: {'published' if news else 'nothing changed'}")


def show_history(options: argparse.Namespace) -> None:
    """Print the versions of a topic, newest first."""
    for entry in _store().versions(options.topic):
        print(f"{entry.as_of}  {entry.answer}")


def _surfaces() -> dict[str, list[str]]:
    folder = ROOT / "data" / "lexicon" / "entities"
    return {path.stem: list(read_yaml(path)) for path in sorted(folder.glob("*.yml"))}


def _store() -> KnowledgeStore:
    return KnowledgeStore(connect(load_settings().database_url))

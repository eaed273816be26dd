"""The knowledge as shipped: complete, sourced, checked, fit for a phone."""

import re

import pytest

from bot.commands.knowledge import FOLDER, TOPICS
from bot.knowledge.check import coverage_problems
from bot.knowledge.entry import Entry
from bot.knowledge.library import read_library, read_topics
from bot.settings import ROOT

LIBRARY = read_library(FOLDER)
UNSOURCED = ("chitchat", "service")


def test_every_topic_has_entry_examples_and_questions() -> None:
    assert coverage_problems(ROOT, read_topics(TOPICS), LIBRARY) == []


@pytest.mark.parametrize("entry", LIBRARY.entries.values(), ids=lambda entry: entry.id)
def test_entry_states_sources_and_checked_on(entry: Entry) -> None:
    if not entry.id.startswith(UNSOURCED):
        assert entry.sources or not re.search(r"\d", entry.answer + entry.detail)
    assert all(source.checked_on for source in entry.sources)


@pytest.mark.parametrize("entry", LIBRARY.entries.values(), ids=lambda entry: entry.id)
def test_entry_is_written_for_citizens(entry: Entry) -> None:
    said = " ".join((entry.answer, entry.detail, entry.fallback))
    assert not re.search(r"[*_`<>]|(?<!C)#|\bCT-\d|\bHT-\d|\bNN-\d", said)
    assert re.search(r"[ạảãàáâậầấẩẫăắằặẳẵêếềệểễôốồộổỗơớờợởỡưứừựửữđ]", said.lower())


def test_no_entry_depends_on_itself() -> None:
    assert not [e.id for e in LIBRARY.entries.values() if e.id in e.related]

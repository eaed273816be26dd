"""Loading is idempotent, versions are kept, an edit is live at once."""

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from bot.knowledge.entry import Entry
from bot.knowledge.store import KnowledgeStore
from tests.conftest import FixedClock
from tests.knowledge.entries import entry


@pytest.fixture
def store(any_engine: Engine, clock: FixedClock) -> KnowledgeStore:
    return KnowledgeStore(any_engine, clock)


def test_load_twice_changes_nothing(store: KnowledgeStore) -> None:
    assert store.load([entry("plan/issuer"), entry("plan/overview")]) == 2
    assert store.load([entry("plan/issuer"), entry("plan/overview")]) == 0
    assert len(store.versions("plan/issuer")) == 1


def test_entry_comes_back_as_it_was_published(store: KnowledgeStore) -> None:
    store.publish(entry("plan/issuer"))
    assert store.current()["plan/issuer"] == entry("plan/issuer")


def test_entry_of_an_unknown_topic_is_none(store: KnowledgeStore) -> None:
    assert "plan/nothing" not in store.current()


def test_publish_is_live_at_the_next_question(store: KnowledgeStore) -> None:
    store.load([entry("plan/issuer")])
    edited = replace(entry("plan/issuer"), answer="Câu trả lời đã sửa.")
    assert store.publish(edited)
    assert served(store).answer == "Câu trả lời đã sửa."
    assert [version.answer for version in store.versions("plan/issuer")] == [
        edited.answer,
        entry("plan/issuer").answer,
    ]


def test_load_does_not_undo_an_edit_by_staff(store: KnowledgeStore) -> None:
    store.load([entry("plan/issuer")])
    store.publish(replace(entry("plan/issuer"), answer="Cán bộ đã sửa câu này."))
    assert store.load([entry("plan/issuer")]) == 0
    assert served(store).answer == "Cán bộ đã sửa câu này."


def test_load_brings_a_changed_file(store: KnowledgeStore) -> None:
    store.load([entry("plan/issuer")])
    changed = replace(entry("plan/issuer"), answer="Tệp đã được sửa lại.")
    assert store.load([changed]) == 1
    assert served(store).answer == "Tệp đã được sửa lại."


def test_titles_come_in_the_order_asked(store: KnowledgeStore) -> None:
    store.load([entry("plan/issuer"), entry("plan/overview")])
    assert list(store.titles(["plan/overview", "plan/x", "plan/issuer"])) == [
        "plan/overview",
        "plan/issuer",
    ]


def served(store: KnowledgeStore) -> Entry:
    return store.current()["plan/issuer"]

"""Only the last turns are kept, an open form whole; a restart forgets all before it."""

import asyncio
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Restarted,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.tracker_store import BoundedTrackerStore
from bot.storage.database import connect
from bot.storage.migrate import upgrade


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    url = f"sqlite:///{tmp_path / 'trackers.sqlite3'}"
    upgrade(connect(url))
    return BoundedTrackerStore(Domain.empty(), url=url, turns=3)


def conversation(turns: int) -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events("someone", [SessionStarted()])
    for number in range(turns):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(f"câu {number}"))
    return tracker


def said(store: BoundedTrackerStore, tracker: DialogueStateTracker) -> list[str | None]:
    async def save_and_read() -> DialogueStateTracker | None:
        await store.save(tracker)
        return await store.retrieve("someone")

    found = asyncio.run(save_and_read())
    assert found is not None
    return [event.text for event in found.events if isinstance(event, UserUttered)]


def test_keeps_the_last_turns(store: BoundedTrackerStore) -> None:
    assert said(store, conversation(10)) == ["câu 7", "câu 8", "câu 9"]


def test_keeps_an_open_form_whole(store: BoundedTrackerStore) -> None:
    tracker = conversation(6)
    tracker.update(ActiveLoop("advice_form"))
    assert len(said(store, tracker)) == 6


def test_forgets_what_was_before_a_restart(store: BoundedTrackerStore) -> None:
    tracker = conversation(2)
    tracker.update(Restarted())
    assert said(store, tracker) == []


def test_unknown_conversation_is_none(store: BoundedTrackerStore) -> None:
    assert asyncio.run(store.retrieve("nobody")) is None

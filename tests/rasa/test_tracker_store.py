"""Only the last turns are kept, an open form whole; a restart forgets all before it."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Restarted,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.answers.cues import load_cues
from bot.answers.turns import Option
from bot.rasa.conversation import earlier_turns
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


def test_keeps_what_later_turns_look_at_and_no_answer_text(
    store: BoundedTrackerStore,
) -> None:
    reply = {
        "kind": "answer",
        "topic": "study/tuition",
        "text": "40 triệu đồng",
        "params": {"institution": "ctu"},
        "choices": [
            {
                "title": "FPT",
                "payload": {
                    "intent": "study_tuition",
                    "entities": {"institution": "fptu"},
                },
            }
        ],
    }
    tracker = conversation(1)
    tracker.update(BotUttered(reply["text"], {"custom": {"replies": [reply]}}))
    tracker.update(UserUttered("thế còn FPT"))
    asyncio.run(store.save(tracker))
    found = asyncio.run(store.retrieve("someone"))
    assert found is not None
    (turn,) = earlier_turns(found, load_cues(), date(2026, 11, 23))
    assert turn.topics == ("study/tuition",)
    assert turn.entities == {"institution": ("ctu",)}
    (option,) = turn.options
    assert option == Option("study/tuition", {"institution": ("fptu",)})
    assert "triệu" not in str(found.current_state(EventVerbosity.ALL))


def test_unknown_conversation_is_none(store: BoundedTrackerStore) -> None:
    assert asyncio.run(store.retrieve("nobody")) is None

"""A short message behind an answer is held against what asking on looks like."""

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.commands.train import MODEL
from bot.nlu.ellipsis import ELLIPTIC
from evaluation.understanding import load_agent

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::UserWarning:rasa"),
]
ANSWERED: list[Event] = [UserUttered("học phí?"), BotUttered("…")]


@pytest.fixture(scope="module")
def agent() -> Any:
    return load_agent(MODEL)


def finding(agent: Any, text: str, events: list[Event]) -> dict[str, Any] | None:
    tracker = DialogueStateTracker.from_events("c", events, [])
    parsed = asyncio.run(agent.processor.parse_message(UserMessage(text), tracker))
    found: dict[str, Any] | None = parsed.get(ELLIPTIC)
    return found


def test_asking_on_is_likelier_than_a_whole_question(agent: Any) -> None:
    asks_on = finding(agent, "vậy chừng nào mới phải trả hết", ANSWERED)
    whole = finding(agent, "điểm chuẩn ngành khoa học máy tính", ANSWERED)
    assert asks_on is not None and whole is not None
    assert asks_on["confidence"] > 0.5 > whole["confidence"]


def test_words_of_another_world_are_strange(agent: Any) -> None:
    found = finding(agent, "bún riêu nấu sao cho thơm", ANSWERED)
    assert found is not None and "rieu" in found["strange"]


def test_nothing_is_asked_on_without_an_answer(agent: Any) -> None:
    assert finding(agent, "chừng nào phải trả", []) is None


def test_a_long_message_says_itself_what_it_asks(agent: Any) -> None:
    assert finding(agent, "vậy " * 17, ANSWERED) is None

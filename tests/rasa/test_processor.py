"""Turns are taken as Rasa's own processor takes them, only with less work."""

import asyncio

import pytest
import rasa.core.agent
import rasa.core.processor
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import ActionExecuted, Event, UserUttered

from bot.commands.train import MODEL
from bot.rasa.processor import install

CONVERSATION = (
    "dạ chào bạn",
    "học phí ngành công nghệ thông tin ở Đại học Cần Thơ",
    "con FPT thi sao",
    "mua vé xe đi Sài Gòn ở đâu",
    "mã",
    "không phải",
    "ke hoach 06 ai ky, ngay may ban hanh",
)


@pytest.fixture
def as_rasa_does(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Rasa's own parts; what a test puts in their place is taken back behind it."""
    monkeypatch.setattr(rasa.core.agent, "MessageProcessor", MessageProcessor)
    monkeypatch.setattr(rasa.core.processor, "DaskGraphRunner", DaskGraphRunner)
    check = RemoteAction._validate_action_result
    monkeypatch.setattr(RemoteAction, "_validate_action_result", check)
    return monkeypatch


def talk() -> list[tuple[str, ...]]:
    """Return what happens in the conversation, with the model really loaded."""

    async def run() -> list[tuple[str, ...]]:
        agent = Agent.load(str(MODEL))
        for text in CONVERSATION:
            message = UserMessage(text, CollectingOutputChannel(), "c")
            await agent.handle_message(message)
        tracker = await agent.tracker_store.retrieve("c")
        return [what(event) for event in tracker.events]

    return asyncio.run(run())


def what(event: Event) -> tuple[str, ...]:
    if isinstance(event, ActionExecuted):
        return ("action", event.action_name)
    if isinstance(event, UserUttered):
        entities = [(it["entity"], it["value"]) for it in event.entities]
        return ("user", event.intent["name"], str(entities))
    return (event.type_name,)


@pytest.mark.model
@pytest.mark.filterwarnings("ignore::UserWarning:rasa")
def test_a_conversation_goes_as_with_rasas_own_processor(
    as_rasa_does: pytest.MonkeyPatch,
) -> None:
    wanted = talk()
    install()
    assert talk() == wanted
    assert sum(it[0] == "user" for it in wanted) == len(CONVERSATION)


def test_an_answer_of_the_action_server_is_checked(
    as_rasa_does: pytest.MonkeyPatch,
) -> None:
    install()
    action = RemoteAction("action_x", None)
    assert action._validate_action_result({"events": [], "responses": []})
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": "none", "responses": []})

"""An edited answer is live at the next question; an expired one is never served."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.knowledge.store import KnowledgeStore
from bot.storage.database import connect
from evaluation.dialogues import Person
from evaluation.stack import Stack

pytestmark = pytest.mark.model

QUESTION = "cơ quan nào ban hành kế hoạch 06"


@pytest.fixture
def store(stack: Stack) -> KnowledgeStore:
    return KnowledgeStore(connect(stack.environment["DATABASE_URL"]))


def test_edit_is_live_at_the_next_question(
    person: Person, store: KnowledgeStore
) -> None:
    entry = store.current().get("plan/issuer")
    assert entry is not None
    before = person.say(QUESTION)[0]["text"]
    store.publish(replace(entry, answer="Câu trả lời vừa được cán bộ sửa."))
    assert person.say(QUESTION)[0]["text"] == "Câu trả lời vừa được cán bộ sửa."
    store.publish(entry)
    assert person.say(QUESTION)[0]["text"] == before


def test_expired_answer_gives_way_to_its_fallback(
    person: Person, store: KnowledgeStore
) -> None:
    entry = store.current().get("plan/issuer")
    assert entry is not None
    yesterday = date.today() - timedelta(days=1)
    store.publish(replace(entry, valid_from=yesterday, valid_to=yesterday))
    (reply,) = person.say(QUESTION)
    assert reply["text"] == entry.fallback
    assert "as_of" not in reply
    store.publish(entry)

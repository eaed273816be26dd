"""kill -9 of Rasa in mid-conversation: a notice, then answers again, history kept."""

import pytest

from evaluation.dialogues import Person
from evaluation.stack import Stack

pytestmark = pytest.mark.model


def test_killed_rasa_loses_no_conversation(stack: Stack) -> None:
    person = Person(stack.address)
    assert person.say("học phí Đại học Cần Thơ")[0]["params"]["institution"] == "ctu"
    stack.kill("rasa")
    (notice,) = person.say("ngành kỹ thuật phần mềm thì sao")
    assert notice["kind"] == "notice"
    stack.start("rasa")
    stack.wait_ready()
    replies = person.say("còn điểm chuẩn thì sao")
    assert replies[0]["topic"] == "study/benchmark_score"
    assert replies[0]["params"]["institution"] == "ctu"

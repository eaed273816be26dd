"""Asking back uses what is known, and gives way after two times."""

import pytest

from bot.answers.contract import load_contract
from bot.answers.cues import load_cues
from bot.answers.question import intent_of
from tests.answers.talk import Talk


@pytest.mark.parametrize("text", ["mã", "điểm", "Điểm?", "ma", "hồ sơ"])
def test_a_vague_word_is_asked_back(talk: Talk, text: str) -> None:
    reply = talk.ask("study/benchmark_score", text)
    assert reply.kind == "clarify" and reply.topic == "clarify"
    assert 2 <= len(reply.choices) <= 3


def test_choices_use_what_is_known(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    first = talk.ask("clarify", "điểm").choices[0]
    assert first.payload == {
        "intent": "study_benchmark_score",
        "entities": {"institution": "ctu", "major": "it"},
    }
    assert "Công nghệ thông tin" in first.title and "Đại học Cần Thơ" in first.title
    assert talk.press(first).topic == "study/benchmark_score"


def test_a_close_call_offers_both(talk: Talk) -> None:
    reply = talk.ask(
        "clarify", "tiền nong ra sao", study_tuition=0.3, study_scholarships=0.29
    )
    intents = [choice.payload["intent"] for choice in reply.choices]
    assert intents == ["study_tuition", "study_scholarships"]


def test_the_answer_to_a_question_back_may_be_an_entity(talk: Talk) -> None:
    talk.ask("clarify", "điểm")
    reply = talk.ask("clarify", "ctut")
    assert reply.topic == "study/benchmark_score"
    assert reply.params == {"institution": "ctut"}


def test_after_two_questions_back_a_person_is_offered(talk: Talk) -> None:
    for _ in range(2):
        assert talk.ask("clarify", "ờ thì cái kia kìa", study_where=0.2).choices
    reply = talk.ask("clarify", "ờ thì cái kia kìa", study_where=0.2)
    intents = [choice.payload["intent"] for choice in reply.choices]
    assert "service_human" in intents and reply.topic == "clarify"


def test_an_answer_in_between_starts_anew(talk: Talk) -> None:
    talk.ask("clarify", "ờ thì", study_where=0.2)
    talk.ask("study/tuition", "học phí")
    reply = talk.ask("clarify", "ờ thì", study_where=0.2)
    assert [c.payload["intent"] for c in reply.choices] == [intent_of("study/where")]


def test_vague_words_lead_to_topics_of_the_contract(library: object) -> None:
    entries = library.entries  # type: ignore[attr-defined]
    for topics in load_cues().vague.values():
        assert set(topics) <= set(entries)
    assert set(load_contract().carried) <= set(entries)

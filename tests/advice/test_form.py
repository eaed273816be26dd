"""The advice form: answer, skip, change, interrupt, cancel."""

import pytest

from bot.advice.form import opened, taken
from bot.advice.questions import SKIPPED, questions
from bot.forms.message import BUTTON, Message
from bot.forms.step import Outcome

SLOTS = [question.slot for question in questions()]
LEVEL, LIKES, STRENGTHS = SLOTS[:3]
GRADE_11 = {LEVEL: ("high_school",)}


def test_what_the_opening_tells_is_not_asked() -> None:
    step = opened(
        Message("em lớp 12, thích vẽ, dở toán thì hợp nghề nào", "career_advice")
    )
    assert step.values[LEVEL] == ("final_year",)
    assert step.values[LIKES] == ("design",)
    assert step.values[STRENGTHS] == ("math_weak",)
    assert step.ask == SLOTS[3]


@pytest.mark.parametrize(
    "text", ["em hợp nghề IT nào", "tư vấn ngành công nghệ thông tin", "career advice"]
)
def test_an_opening_that_tells_nothing_starts_at_the_first_question(text: str) -> None:
    assert opened(Message(text, "career_advice")).ask == LEVEL


def test_an_answer_leads_to_the_next_question() -> None:
    step = taken(Message("em lớp 11", "study_subject_groups", 0.9), LEVEL, {}, None)
    assert (step.values, step.ask) == (GRADE_11, LIKES)


def test_a_button_of_an_earlier_question_changes_its_answer() -> None:
    step = taken(Message("Lớp 12", BUTTON, 1.0), LIKES, GRADE_11, None)
    assert (step.values, step.ask) == ({LEVEL: ("final_year",)}, LIKES)


def test_a_correction_replaces_the_earlier_answer() -> None:
    message = Message("à em lớp 12 chứ không phải lớp 11", "follow_up", 0.7)
    step = taken(message, LIKES, GRADE_11, None)
    assert (step.values, step.ask) == ({LEVEL: ("final_year",)}, LIKES)


def test_the_question_before_can_be_asked_again() -> None:
    step = taken(Message("đổi câu trước"), LIKES, GRADE_11, None)
    assert (step.values, step.ask) == ({LEVEL: None}, LEVEL)


@pytest.mark.parametrize("slot", SLOTS)
def test_every_question_can_be_skipped(slot: str) -> None:
    step = taken(Message("bỏ qua", "skip", 0.9), slot, {}, None)
    assert step.values == {slot: (SKIPPED,)}


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize("text", ["hủy", "thôi không tư vấn nữa", "huy", "thôi"])
def test_it_can_be_cancelled_at_every_question(slot: str, text: str) -> None:
    assert taken(Message(text), slot, {}, None).outcome is Outcome.CANCELLED


def test_a_sure_question_interrupts() -> None:
    message = Message("học phí đại học cần thơ bao nhiêu?", "study_tuition", 0.9)
    assert taken(message, LIKES, GRADE_11, None).outcome is Outcome.INTERRUPTED


def test_an_answer_is_not_taken_for_a_question_for_its_topic_alone() -> None:
    message = Message("em thích vẽ", "study_majors", 0.95)
    assert taken(message, LIKES, GRADE_11, None).values == {LIKES: ("design",)}


def test_what_is_not_understood_is_asked_once_more_and_then_left() -> None:
    again = taken(Message("màu xanh", "clarify", 0.2), LIKES, GRADE_11, None)
    assert (again.ask, again.tried) == (LIKES, LIKES)
    left = taken(Message("màu xanh", "clarify", 0.2), LIKES, GRADE_11, again.tried)
    assert left.values == {LIKES: (SKIPPED,)}


def test_the_last_answer_ends_it() -> None:
    answers = dict.fromkeys(SLOTS[:-1], (SKIPPED,))
    step = taken(Message("ở Cần Thơ"), SLOTS[-1], answers, None)
    assert step.outcome is Outcome.DONE


def test_what_was_answered_is_not_replaced_by_chance() -> None:
    answers = {**GRADE_11, LIKES: ("design",), STRENGTHS: ("creative",)}
    step = taken(Message("tiếng anh 9 điểm"), SLOTS[3], answers, None)
    assert STRENGTHS not in step.values

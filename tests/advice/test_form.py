"""The advice form: answer, skip, change, interrupt, cancel."""

import pytest

from bot.advice.form import opened, taken
from bot.advice.questions import SKIPPED, questions
from bot.forms.message import BUTTON, Message
from bot.forms.step import Outcome, Step

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


def answered(
    text: str,
    asked: str,
    told: dict[str, float] | None = None,
    intent: str = "",
    confidence: float = 0.0,
) -> Step:
    """Return what a message does when all questions before were skipped."""
    answers = {slot: (SKIPPED,) for slot in SLOTS[: SLOTS.index(asked)]}
    message = Message(text, intent, confidence, told or {})
    return taken(message, asked, answers, None)


@pytest.mark.parametrize(
    "text",
    [
        "dừng ở đây nha b, mẹ mình gọi r",
        "het hung roi out day",
        "bận quá để tối tính tiếp",
        "hỏi tới tiền là tui nghỉ chơi",
    ],
)
def test_who_goes_away_is_let_go(text: str) -> None:
    assert answered(text, STRENGTHS).outcome is Outcome.CANCELLED


def test_a_goodbye_ends_it() -> None:
    step = answered("bye nha", LIKES, intent="chitchat_goodbye", confidence=0.9)
    assert step.outcome is Outcome.CANCELLED


def test_who_wants_a_person_is_handed_over() -> None:
    step = answered(
        "thôi hỏi máy mệt quá, cho tui nói chuyện với cán bộ đi",
        STRENGTHS,
        intent="service_human",
        confidence=0.9,
    )
    assert step.outcome is Outcome.INTERRUPTED


def test_who_likes_to_talk_is_not() -> None:
    step = answered("nói chuyện", LIKES, intent="service_human", confidence=0.9)
    assert step.values[LIKES] == ("business",)


@pytest.mark.parametrize(
    "text", ["đâu biết giờ mình ở mức nào", "khó nói ghê", "biết mình giỏi cái gì đâu"]
)
def test_who_cannot_tell_is_not_asked_again(text: str) -> None:
    assert answered(text, STRENGTHS).values == {STRENGTHS: (SKIPPED,)}


def test_a_question_that_begins_with_not_knowing_is_answered() -> None:
    text = "không biết ngành này có cần giỏi toán không ạ"
    step = answered(text, STRENGTHS, intent="study_math_required", confidence=0.9)
    assert step.outcome is Outcome.INTERRUPTED


@pytest.mark.parametrize(
    "text", ["toán nó cũng được thôi không giỏi không dở", "em học mấy môn đều vừa vừa"]
)
def test_what_plainly_answers_is_no_question_of_its_own(text: str) -> None:
    told = {"strengths_math_fair": 0.6, "none": 0.01}
    step = answered(
        text, STRENGTHS, told, intent="study_math_required", confidence=0.99
    )
    assert step.values == {STRENGTHS: ("math_fair",)}


def test_a_likelier_answer_to_this_question_corrects_no_other() -> None:
    told = {"budget_high": 0.4, "none": 0.4}
    step = answered("tiền không phải lo", SLOTS[4], told)
    assert step.values == {SLOTS[4]: ("high",)}


def test_a_figure_corrects_an_earlier_answer() -> None:
    answers = {**GRADE_11, LIKES: ("data",), STRENGTHS: ("math_fair",)}
    text = "tôi nhớ nhầm: toán cháu được 8,4, nhờ sửa lại giúp"
    step = taken(Message(text), SLOTS[3], answers, None)
    assert (step.values, step.ask) == ({STRENGTHS: ("math_strong",)}, SLOTS[3])


def test_what_is_liked_better_replaces_what_was_said() -> None:
    answers = {**GRADE_11, LIKES: ("security",), STRENGTHS: ("math_strong",)}
    text = "à đổi lại đi, mình khoái làm data hơn là security"
    assert taken(Message(text), SLOTS[3], answers, None).values == {LIKES: ("data",)}


def test_the_level_and_what_is_liked_may_come_together() -> None:
    step = answered("cháu học lớp 12, thích vẽ", LEVEL)
    assert step.values == {LEVEL: ("final_year",), LIKES: ("design",)}
    assert step.ask == STRENGTHS

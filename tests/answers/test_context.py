"""What a short message asks after, held against the answer before it."""

from dataclasses import replace

import pytest

from bot.answers.context import in_context, is_clear
from bot.answers.question import Question

LOANS = ("study/loans",)
SAID = frozenset("lai vay the chap ho ngheo".split())


class Answers:
    """What may be said on every topic; nothing typed here is near to it."""

    def words(self, topic: str) -> frozenset[str]:
        return SAID

    def nearness(self, topic: str, text: str) -> float:
        return 0.0


def topic(question: Question, last: tuple[str, ...] = LOANS) -> str | None:
    return in_context(question, last, returns=False, answers=Answers())


REFUSED = Question(
    "out_of_scope",
    ranking=(("out_of_scope", 0.9), ("career/salary", 0.05)),
    text="lời bao nhiêu một năm",
    elliptic=0.6,
)


def test_a_refused_message_that_asks_on_is_about_the_last_answer() -> None:
    assert topic(REFUSED) == "study/loans"


@pytest.mark.parametrize(
    "changed",
    [
        {"elliptic": 0.1},
        {"strange": ("lua", "thuong", "lai")},
        {"text": "bữa nay " * 9},
        {"ranking": (("out_of_scope", 1.0),)},
    ],
)
def test_a_message_about_something_else_stays_refused(
    changed: dict[str, object],
) -> None:
    assert topic(replace(REFUSED, **changed)) is None


def test_a_word_of_the_answer_is_not_strange() -> None:
    question = replace(REFUSED, elliptic=0.05, strange=("the", "chap"))
    assert topic(question) == "study/loans"


def test_another_subject_is_doubted_but_not_a_topic_at_home_there() -> None:
    ranking = (("scheme/period", 0.5), ("industry/awards", 0.01))
    question = Question(
        "scheme/period", ranking=ranking, text="có từ năm nào", elliptic=0.7
    )
    assert topic(question, ("industry/awards",)) == "industry/awards"
    assert topic(question, ("scheme/tasks",)) == "scheme/period"


def test_a_plain_question_changes_the_subject() -> None:
    question = Question(
        "study/tuition",
        ranking=(("study/tuition", 0.9),),
        text="hoc phi thi sao",
        elliptic=0.9,
    )
    assert topic(question, ("plan/overview",)) is None


def test_a_correction_that_asks_something_is_clear() -> None:
    ranking = (("follow/up", 0.9), ("study/benchmark_score", 0.08))
    assert is_clear(Question("study/benchmark_score", ranking=ranking))
    assert not is_clear(Question("follow/up", ranking=ranking))
    assert not is_clear(
        Question("career/ai_impact", ranking=(("career/ai_impact", 0.4),))
    )

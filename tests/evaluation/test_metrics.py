"""Figures are right on predictions whose figures can be counted by hand."""

import pytest

from evaluation import metrics
from evaluation.metrics import Outcome
from evaluation.questions import HeldOut


def outcome(
    topic: str, answered: str, confidence: float = 0.9, also: tuple[str, ...] = ()
) -> Outcome:
    return Outcome(
        question=HeldOut(id=topic, text="", topic=topic, also=also),
        topics=(answered,),
        confidence=confidence,
        likeliest=answered,
        refusal=confidence if answered == "out_of_scope" else 0.0,
        milliseconds=1.0,
    )


def test_right_when_another_topic_is_fair_too() -> None:
    assert outcome("a/b", "a/c", also=("a/c",)).right


@pytest.mark.parametrize(
    ("answered", "wrong"), [("a/c", True), ("clarify", False), ("out_of_scope", False)]
)
def test_confidently_wrong_is_a_wrong_answer_given(answered: str, wrong: bool) -> None:
    assert outcome("a/b", answered).confidently_wrong is wrong


def test_macro_f1_weighs_topics_alike() -> None:
    outcomes = [outcome("a", "a"), outcome("a", "a"), outcome("b", "a")]
    assert metrics.macro_f1(outcomes) == pytest.approx((2 * 2 / (2 + 3) + 0) / 2)


def test_calibration_error_of_a_perfect_forecast_is_zero() -> None:
    outcomes = [outcome("a", "a", 0.5), outcome("a", "b", 0.5)]
    assert metrics.expected_calibration_error(outcomes) == pytest.approx(0.0)


def test_calibration_error_of_a_boaster() -> None:
    outcomes = [outcome("a", "b", 0.99)]
    assert metrics.expected_calibration_error(outcomes) == pytest.approx(0.99)


def test_refusal_at_loss_counts_messages_above_the_threshold() -> None:
    inside = [outcome("a", "a") for _ in range(99)] + [
        outcome("a", "out_of_scope", 0.5)
    ]
    outside = [
        outcome("out_of_scope", "out_of_scope", 0.8),
        outcome("out_of_scope", "a", 0.9),
    ]
    assert metrics.refusal_at_loss(inside + outside, 0.0) == pytest.approx(0.5)


def test_interval_holds_the_share() -> None:
    low, high = metrics.interval([True] * 90 + [False] * 10)
    assert low < 0.9 < high


def test_coverage_curve_gets_righter_as_it_answers_less() -> None:
    outcomes = [outcome("a", "a", 0.9), outcome("a", "b", 0.2)]
    curve = metrics.coverage_curve(outcomes)
    assert curve[0][1:] == (1.0, 0.5)
    assert curve[25][1:] == (0.5, 1.0)

"""Three bands: answer, ask back, refuse."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.decision import Decision

THRESHOLDS = {
    "refuse_at": 0.4,
    "refuse_few_at": 0.8,
    "refuse_below": 0.1,
    "ask_below": 0.3,
}
LONG, SHORT = "một câu hỏi có nhiều chữ hơn", "đăng ký"


def decide(*ranking: tuple[str, float], text: str = LONG) -> str:
    rows = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    message = Message(data={"intent_ranking": rows, "text": text})
    config = {**Decision.get_default_config(), **THRESHOLDS}
    Decision(config).process([message])
    return str(message.get("intent")["name"])


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        ([("study_tuition", 0.9), ("study_loans", 0.05)], "study_tuition"),
        ([("study_tuition", 0.29), ("study_loans", 0.28)], "clarify"),
        ([("study_tuition", 0.08), ("study_loans", 0.07)], "out_of_scope"),
        ([("out_of_scope", 0.6), ("study_loans", 0.2)], "out_of_scope"),
        ([("study_loans", 0.45), ("out_of_scope", 0.42)], "out_of_scope"),
    ],
)
def test_decision_by_bands(ranking: list[tuple[str, float]], expected: str) -> None:
    assert decide(*ranking) == expected


@pytest.mark.parametrize(
    ("refusal", "expected"), [(0.7, "clarify"), (0.9, "out_of_scope")]
)
def test_few_words_are_refused_only_when_that_is_sure(
    refusal: float, expected: str
) -> None:
    ranking = [("out_of_scope", refusal), ("study_loans", 0.1)]
    assert decide(*ranking, text=SHORT) == expected


def test_decision_keeps_the_ranking() -> None:
    rows = [{"name": "a", "confidence": 0.2}, {"name": "b", "confidence": 0.1}]
    message = Message(data={"intent_ranking": rows})
    Decision({**Decision.get_default_config(), **THRESHOLDS}).process([message])
    assert message.get("intent_ranking") == rows


def test_decision_leaves_a_message_without_ranking() -> None:
    message = Message(data={"text": ""})
    Decision(Decision.get_default_config()).process([message])
    assert message.get("intent") is None


def ranked(text: str, intent: str, chance: float = 0.9, **more: bool) -> Message:
    rows = [{"name": intent, "confidence": chance}]
    return Message(data={"text": text, "intent_ranking": rows, **more})


def test_a_clause_that_asks_decides_beside_one_that_names() -> None:
    whole = ranked("ý em là trường kia, mà em hỏi điểm chuẩn", "follow_up")
    parts = [
        ranked("ý em là trường kia", "follow_up", clause=True),
        ranked("mà em hỏi điểm chuẩn", "study_benchmark_score", clause=True),
    ]
    config = {**Decision.get_default_config(), "naming": ["follow_up"]}
    Decision(config).process([whole, *parts])
    assert whole.get("intent")["name"] == "study_benchmark_score"


@pytest.mark.parametrize(("apart", "count"), [(True, 2), (False, 0)])
def test_a_question_set_apart_needs_less_to_be_one(apart: bool, count: int) -> None:
    parts = [
        ranked("ai ký", "scheme_decision", clause=True, apart=apart),
        ranked("tới năm nào", "scheme_period", clause=True, apart=apart),
    ]
    whole = ranked("ai ký, với lại tới năm nào", "scheme_decision", 1.0)
    Decision(Decision.get_default_config()).process([whole, *parts])
    assert len(whole.get("questions") or []) == count

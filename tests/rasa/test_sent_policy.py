"""Behind a ticket, confirming again or asking when is about that ticket."""

from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.sent_policy import is_about_what_was_sent

TICKET = {"kind": "handoff", "text": "Mã phiếu của bạn là CT-7K3M9."}
ANSWER = {"kind": "answer", "text": "Đại học Cần Thơ có ngành này."}


def said(text: str, intent: str = "") -> list[Event]:
    parsed: dict[str, Any] = {"name": intent, "confidence": 0.9}
    return [ActionExecuted("action_listen"), UserUttered(text, parsed)]


def told(reply: dict[str, str]) -> list[Event]:
    custom = {"custom": {"replies": [reply]}}
    return [ActionExecuted("x"), BotUttered(reply["text"], custom)]


def about(*events: Event) -> bool:
    return is_about_what_was_sent(DialogueStateTracker.from_events("c", events, []))


SENT = [*said("gửi đi"), *told(TICKET)]


@pytest.mark.parametrize("text", ["gửi đi", "xác nhận", "ok", "ừ gởi đi con"])
def test_confirming_again(text: str) -> None:
    assert about(*SENT, *said(text))


@pytest.mark.parametrize(
    "text",
    [
        "chừng nào có người gọi lại cho tui?",
        "khi nào cán bộ trả lời",
        "bao lau thi co phan hoi",
    ],
)
def test_asking_when_also_later_on(text: str) -> None:
    later = [*SENT, *said("ctu ở đâu"), *told(ANSWER)]
    assert about(*SENT, *said(text, "service_human"))
    assert about(*later, *said(text, "clarify"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("cảm ơn em", "chitchat_thanks"),
        ("cho tôi gửi câu hỏi khác", "service_human"),
        ("học phí bao nhiêu", "study_tuition"),
        ("khi nào có kết quả trúng tuyển", "study_admission_calendar"),
    ],
)
def test_anything_else_is_left_to_others(text: str, intent: str) -> None:
    assert not about(*SENT, *said(text, intent))


def test_confirming_something_else_is_left_to_others() -> None:
    assert not about(*said("gửi đi"))
    assert not about(*SENT, *said("ctu ở đâu"), *told(ANSWER), *said("ok"))


def test_an_open_form_goes_first() -> None:
    assert not about(*SENT, *said("góp ý"), ActiveLoop("feedback_form"), *said("ok"))

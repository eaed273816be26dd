"""The summary says what sending means, as far as there is anything personal in it."""

import pytest

from bot.handoff.phrasing import sent, summary
from bot.handoff.request import CONTACT, NAME, QUESTION

PHONE = "[số điện thoại 1]"


@pytest.mark.parametrize(
    ("name", "contact", "details"),
    [
        ("Lan", PHONE, "tên và cách liên hệ"),
        ("Lan", "", "dùng tên này"),
        ("", PHONE, "dùng cách liên hệ này"),
    ],
)
def test_a_summary_with_details_asks_to_agree(
    name: str, contact: str, details: str
) -> None:
    values = {QUESTION: "Hỏi gì đó", NAME: name, CONTACT: contact}
    last = summary("human", values, {PHONE: "0901234567"}).splitlines()[-1]
    assert "đồng ý" in last and details in last


def test_a_summary_without_details_asks_nothing() -> None:
    values = {QUESTION: "Hỏi gì đó", NAME: "", CONTACT: ""}
    assert "đồng ý" not in summary("human", values, {})


def test_what_was_sent_is_told_with_its_code_and_the_topic_of_its_form() -> None:
    reply = sent("feedback", "CT-7K3M9")
    assert "CT-7K3M9" in reply.text
    assert (reply.kind, reply.topic) == ("handoff", "service/feedback")

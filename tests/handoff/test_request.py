"""The request forms: ask, refuse, check, sum up, change, interrupt, cancel."""

from dataclasses import replace

import pytest

from bot.forms.message import BUTTON, Message
from bot.forms.step import Outcome
from bot.handoff.request import (
    CHANGE,
    CONFIRMED,
    CONSENT,
    CONTACT,
    NAME,
    NO,
    QUESTION,
    REFUSED,
    YES,
    Asked,
    contact_expired,
    opened,
    taken,
)

PHONE = "[số điện thoại 1]"
ASKED = Asked(QUESTION, {}, "service_human", reachable=lambda _: True)
AT_NAME = replace(ASKED, slot=NAME, values={QUESTION: "Câu hỏi"})
AT_CONTACT = replace(AT_NAME, slot=CONTACT, values={**AT_NAME.values, NAME: "Lan"})
AT_CONSENT = replace(
    AT_CONTACT, slot=CONSENT, values={**AT_CONTACT.values, CONTACT: PHONE}
)
AT_END = replace(AT_CONSENT, slot=CONFIRMED, values={**AT_CONSENT.values, CONSENT: YES})
EVERYWHERE = [ASKED, AT_NAME, AT_CONTACT, AT_CONSENT, AT_END]


@pytest.mark.parametrize(
    "text",
    ["gặp cán bộ", "cho tôi gặp người thật", "tôi muốn góp ý về chương trình", "góp ý"],
)
def test_a_bare_opening_asks_what_it_is_about(text: str) -> None:
    assert opened(Message(text), ASKED.reachable).ask == QUESTION


def test_an_opening_that_says_it_is_not_asked_again() -> None:
    text = f"cho em gặp cán bộ hỏi chuyện bảo lưu kết quả thi, sđt {PHONE}"
    step = opened(Message(text), ASKED.reachable)
    assert step.values == {QUESTION: text, CONTACT: PHONE}
    assert step.ask == NAME


@pytest.mark.parametrize("asked", EVERYWHERE, ids=lambda asked: asked.slot)
@pytest.mark.parametrize("text", ["hủy", "thôi không gửi nữa", "Thôi, không gửi"])
def test_it_can_be_cancelled_at_every_step(asked: Asked, text: str) -> None:
    assert taken(Message(text), asked).outcome is Outcome.CANCELLED


def test_the_question_itself_is_no_interruption() -> None:
    message = Message("học phí Đại học Cần Thơ bao nhiêu?", "study_tuition", 0.95)
    assert taken(message, ASKED).values == {QUESTION: message.text}


def test_a_question_about_what_is_kept_is_answered_first() -> None:
    message = Message("mà thông tin của tôi có bị lộ không?", "service_privacy", 0.9)
    assert taken(message, ASKED).outcome is Outcome.INTERRUPTED


@pytest.mark.parametrize("asked", EVERYWHERE[1:], ids=lambda asked: asked.slot)
def test_another_question_interrupts(asked: Asked) -> None:
    message = Message("học phí fpt bao nhiêu", "study_tuition", 0.9)
    assert taken(message, asked).outcome is Outcome.INTERRUPTED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lan", "Lan"),
        ("nguyen van an", "Nguyen Van An"),
        ("dạ em tên Dung ạ", "Dung"),
        ("tên tôi là Trần Thị Bé Sáu", "Trần Thị Bé Sáu"),
        ("anh Tư Hậu Giang", "anh Tư Hậu Giang"),
        # Without its mark each of these is a command; asked for a name, it is a name.
        ("Huy", "Huy"),
        ("Dung", "Dung"),
        ("Dũng", "Dũng"),
        ("Trọng", "Trọng"),
        ("bỏ qua", REFUSED),
        ("Bỏ qua", REFUSED),
        ("Không", REFUSED),
        ("khỏi", REFUSED),
        ("ẩn danh", REFUSED),
    ],
)
def test_names_as_people_give_them(text: str, name: str) -> None:
    message = Message(text, "affirm" if name == "Dung" else "", 0.9)
    assert taken(message, AT_NAME).values == {NAME: name}


def test_name_and_phone_in_one_message() -> None:
    step = taken(Message(f"Lan {PHONE}"), AT_NAME)
    assert step.values == {NAME: "Lan", CONTACT: PHONE}
    assert step.ask == CONSENT


@pytest.mark.parametrize("text", ["090123", "lan@gmail", "[số giấy tờ 1]"])
def test_a_wrong_contact_gets_one_second_try(text: str) -> None:
    first = taken(Message(text), AT_CONTACT)
    assert (first.ask, first.note) == (CONTACT, "contact_wrong")
    second = taken(Message(text), replace(AT_CONTACT, tried=first.tried))
    assert second.values == {CONTACT: REFUSED}


def test_a_number_that_reaches_nobody_is_a_wrong_contact() -> None:
    asked = replace(AT_CONTACT, reachable=lambda _: False)
    assert taken(Message(PHONE), asked).note == "contact_wrong"


def test_nothing_personal_needs_no_consent() -> None:
    asked = replace(AT_CONTACT, values={**AT_CONTACT.values, NAME: REFUSED})
    assert taken(Message("không"), asked).ask == CONFIRMED


def test_without_consent_the_details_are_dropped() -> None:
    step = taken(Message("không đồng ý", "deny", 0.9), AT_CONSENT)
    assert step.values == {CONSENT: NO, NAME: REFUSED, CONTACT: REFUSED}
    assert step.ask == CONFIRMED


@pytest.mark.parametrize("text", ["gửi đi", "đúng rồi", "ok", "dạ"])
def test_a_confirmed_summary_ends_it(text: str) -> None:
    assert taken(Message(text), AT_END).outcome is Outcome.DONE


@pytest.mark.parametrize(
    "text",
    ["khỏi gửi đi", "khoan gửi đi", "đừng gửi giùm", "thôi đừng gửi đi", "chưa đồng ý"],
)
@pytest.mark.parametrize("intent", ["", "affirm"])
def test_what_hesitates_never_sends(text: str, intent: str) -> None:
    step = taken(Message(text, intent, 0.9), AT_END)
    assert step.outcome is not Outcome.DONE


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("sửa tên", NAME),
        ("đổi câu hỏi", QUESTION),
        ("sai số điện thoại rồi", CONTACT),
        ("sửa lại", CHANGE),
        ("chưa đúng", CHANGE),
    ],
)
def test_a_summary_can_be_changed(text: str, slot: str) -> None:
    assert taken(Message(text), AT_END).ask == slot


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("số đúng là [số điện thoại 2]", {CONTACT: "[số điện thoại 2]"}),
        ("sửa tên thành Loan", {NAME: "Loan"}),
        ("à tên em là Loan chứ không phải Lan", {NAME: "Loan"}),
    ],
)
def test_a_change_that_says_all_is_made_at_once(
    text: str, values: dict[str, str]
) -> None:
    step = taken(Message(text), AT_END)
    assert (step.values, step.ask) == (values, CONFIRMED)


def test_a_button_of_the_part_to_change_asks_for_it_anew() -> None:
    asked = replace(AT_END, slot=CHANGE)
    assert taken(Message("Cách liên hệ", BUTTON, 1.0), asked).ask == CONTACT


def test_a_contact_that_expired_is_asked_for_again() -> None:
    step = contact_expired()
    assert (step.ask, step.values) == (CONTACT, {CONTACT: None, CONFIRMED: None})

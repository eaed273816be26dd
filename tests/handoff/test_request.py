"""The request forms: ask, refuse, check, sum up, change, interrupt, cancel."""

from dataclasses import replace

import pytest

from bot.forms.message import BUTTON, Message
from bot.forms.step import Outcome
from bot.handoff.request import (
    CHANGE,
    CONFIRMED,
    CONFIRMED_WITH_CONTACT,
    CONTACT,
    NAME,
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
AT_END = replace(
    AT_CONTACT,
    slot=CONFIRMED_WITH_CONTACT,
    values={**AT_CONTACT.values, CONTACT: PHONE},
)
EVERYWHERE = [ASKED, AT_NAME, AT_CONTACT, AT_END]


@pytest.mark.parametrize(
    "text",
    [
        "gặp cán bộ",
        "cho tôi gặp người thật",
        "tôi muốn góp ý về chương trình",
        "góp ý",
        "Bác muốn nói chuyện với người ta đàng hoàng chớ máy mần răng hiểu, nối cho bác gặp cán bộ",
        "trả lời vòng vo quá, cho gặp người thật",
    ],
)
def test_a_bare_opening_asks_what_it_is_about(text: str) -> None:
    assert opened(Message(text), ASKED.reachable).ask == QUESTION


def test_an_opening_that_says_it_is_not_asked_again() -> None:
    text = f"cho em gặp cán bộ hỏi chuyện bảo lưu kết quả thi, sđt {PHONE}"
    step = opened(Message(text), ASKED.reachable)
    assert step.values == {QUESTION: text, CONTACT: PHONE}
    assert step.ask == NAME


@pytest.mark.parametrize("asked", EVERYWHERE, ids=lambda asked: asked.slot)
@pytest.mark.parametrize(
    "text",
    [
        "hủy",
        "thôi không gửi nữa",
        "Thôi, không gửi",
        "ma thoi, huy di, toi len truc tiep",
    ],
)
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
        ("Nguyễn Thị Thu Hà, giáo viên Tin học", "Nguyễn Thị Thu Hà"),
        ("Ừ, tên bác là Lê Văn Thí", "Lê Văn Thí"),
        ("bác Bảy Rô ở Phong Điền", "bác Bảy Rô"),
        ("dạ em là Quỳnh, em đang học năm nhất", "Quỳnh"),
        ("My name is John Smith", "John Smith"),
        ("Út", "Út"),
        ("le quoc dung", "Le Quoc Dung"),
        ("thôi khỏi ghi tên bác", REFUSED),
        ("Đồng ý", REFUSED),
        ("bỏ qua", REFUSED),
        ("Bỏ qua", REFUSED),
        ("Không", REFUSED),
        ("khỏi", REFUSED),
        ("ẩn danh", REFUSED),
        ("Không muốn nêu tên", REFUSED),
    ],
)
def test_names_as_people_give_them(text: str, name: str) -> None:
    message = Message(text, "affirm" if name == "Dung" else "", 0.9)
    assert taken(message, AT_NAME).values == {NAME: name}


def test_name_and_phone_in_one_message() -> None:
    step = taken(Message(f"Lan {PHONE}"), AT_NAME)
    assert step.values == {NAME: "Lan", CONTACT: PHONE}
    assert step.ask == CONFIRMED_WITH_CONTACT


@pytest.mark.parametrize("text", [f"Liên hệ tôi qua thư {PHONE}", f"số tôi {PHONE}"])
def test_a_contact_in_place_of_the_name_is_kept(text: str) -> None:
    step = taken(Message(text, "service_contact", 0.9), AT_NAME)
    assert step.values == {NAME: REFUSED, CONTACT: PHONE}


def test_who_does_not_know_what_to_write_is_asked_again() -> None:
    assert taken(Message("em không biết nên hỏi gì cho đúng"), ASKED).ask == QUESTION


@pytest.mark.parametrize(
    "text", ["không cần liên hệ lại", "khoi lien lac", "gửi luôn đi", "ok gui"]
)
def test_who_wants_no_answer_is_asked_for_no_details(text: str) -> None:
    step = taken(Message(text), AT_NAME)
    assert step.values == {NAME: REFUSED, CONTACT: REFUSED}
    assert step.ask == CONFIRMED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lan, khỏi số nha", "Lan"),
        ("tui tên Tám không có số đâu", "Tám"),
        ("không để lại tên với số đâu", REFUSED),
    ],
)
def test_a_name_beside_a_refused_contact(text: str, name: str) -> None:
    assert taken(Message(text), AT_NAME).values == {NAME: name, CONTACT: REFUSED}


@pytest.mark.parametrize("text", ["chừng nào có người gọi lại?", "bao lâu có phản hồi"])
def test_asked_in_between_when_staff_answer_it_says_so(text: str) -> None:
    step = taken(Message(text, "clarify", 0.4), AT_CONTACT)
    assert (step.ask, step.note) == (CONTACT, "office_hours")


@pytest.mark.parametrize("text", ["090123", "lan@gmail", "[số giấy tờ 1]"])
def test_a_wrong_contact_gets_one_second_try(text: str) -> None:
    first = taken(Message(text), AT_CONTACT)
    assert (first.ask, first.note) == (CONTACT, "contact_wrong")
    second = taken(Message(text), replace(AT_CONTACT, tried=first.tried))
    assert second.values == {CONTACT: REFUSED}


def test_a_number_that_reaches_nobody_is_a_wrong_contact() -> None:
    asked = replace(AT_CONTACT, reachable=lambda _: False)
    assert taken(Message(PHONE), asked).note == "contact_wrong"


def test_a_summary_without_contact_offers_none_to_leave_out() -> None:
    assert taken(Message("không"), AT_CONTACT).ask == CONFIRMED


def test_without_agreement_the_details_are_dropped() -> None:
    step = taken(Message("không đồng ý", "deny", 0.9), AT_END)
    assert step.values == {NAME: REFUSED, CONTACT: REFUSED}
    assert step.ask == CONFIRMED


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("Gửi, không kèm liên hệ", {CONTACT: REFUSED}),
        ("gửi mà đừng kèm số nha", {CONTACT: REFUSED}),
        ("gui di ma dung kem so", {CONTACT: REFUSED}),
        ("gửi ẩn danh", {NAME: REFUSED}),
        ("đừng kèm gì hết nhé, gửi luôn", {NAME: REFUSED, CONTACT: REFUSED}),
    ],
)
def test_it_is_sent_without_what_is_left_out(
    text: str, dropped: dict[str, str]
) -> None:
    step = taken(Message(text), AT_END)
    assert step.outcome is Outcome.DONE
    assert step.values == {**dropped, CONFIRMED: YES}


@pytest.mark.parametrize(
    "text", ["đừng kèm số nha", "đừng gửi số của tui", "bỏ số điện thoại ra giùm"]
)
def test_what_is_only_left_out_shows_the_summary_again(text: str) -> None:
    step = taken(Message(text), AT_END)
    assert (step.values, step.ask) == ({CONTACT: REFUSED}, CONFIRMED)


@pytest.mark.parametrize(
    "text",
    [
        "đồng ý",
        "gửi",
        "đúng rồi",
        "được",
        "ok",
        "dạ",
        "confirm",
        "Xác nhận gửi",
        "ok đúng r gửi đi",
        "ừa đúng rồi, gởi",
        "giờ thì đúng rồi, gửi cho chú",
        "ừ được rồi cứ thế mà gửi",
        # "đúng" or "dừng": asked whether it may be sent, it is "đúng".
        "dung",
        "Thông tin chính xác. Tôi đồng ý.",
        "Tôi xác nhận nội dung trên là đúng và đồng ý gửi.",
        "không sai chỗ nào, gửi đi",
    ],
)
def test_a_confirmed_summary_ends_it(text: str) -> None:
    assert taken(Message(text), AT_END).outcome is Outcome.DONE


@pytest.mark.parametrize(
    "text",
    [
        "khỏi gửi đi",
        "khoan gửi đi",
        "đừng gửi giùm",
        "thôi đừng gửi đi",
        "chưa đồng ý",
        "không đồng ý gửi",
        "dừng",
        "gửi nhầm rồi, chưa đúng",
        "không, sai rồi",
    ],
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
    assert (step.values, step.ask) == (values, CONFIRMED_WITH_CONTACT)


def test_a_wrong_number_at_the_summary_is_asked_for_again() -> None:
    step = taken(Message("à lộn 09123"), AT_END)
    assert (step.values, step.ask) == ({CONTACT: None}, CONTACT)
    assert step.note == "contact_wrong"


def test_a_button_of_the_part_to_change_asks_for_it_anew() -> None:
    asked = replace(AT_END, slot=CHANGE)
    assert taken(Message("Cách liên hệ", BUTTON, 1.0), asked).ask == CONTACT


def test_a_contact_that_expired_is_asked_for_again() -> None:
    step = contact_expired()
    assert (step.ask, step.values) == (CONTACT, {CONTACT: None, CONFIRMED: None})

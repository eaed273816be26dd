"""The forms from opening to end, as Rasa runs their validation."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from actions import storage
from actions.advice import AdviceForm
from actions.handoff import FeedbackForm, HumanForm, TicketSent, TicketStatus
from bot.storage import tickets
from tests.actions.conftest import Talk, run

QUESTION = "Con tôi muốn chuyển trường thì làm hồ sơ ra sao?"


def stored(engine: Engine) -> list[tickets.Ticket]:
    with engine.connect() as connection:
        return tickets.of_conversation(connection, "c")


def at_summary(engine: Engine) -> Talk:
    talk = Talk(HumanForm(), engine)
    for text in ("gặp cán bộ", QUESTION, "Lan", "0901234567"):
        talk.say(text)
    assert talk.slots["requested_slot"] == "request_confirmed_with_contact"
    return talk


@pytest.mark.usefixtures("with_catalogue")
def test_advice_ends_with_majors_and_forgets_the_answers(engine: Engine) -> None:
    talk = Talk(AdviceForm(), engine)
    talk.say("tư vấn chọn ngành giúp em", "career_advice", 0.9)
    for text in ("lớp 12", "em thích vẽ", "dở toán", "bỏ qua", "bỏ qua", "ở Cần Thơ"):
        assert talk.slots["requested_slot"]
        talk.say(text)
    assert talk.replies[0]["topic"] == "career/advice"
    assert talk.replies[0]["params"]["major"][0] == "multimedia"
    assert not any(talk.slots[slot] for slot in AdviceForm.slots)


def test_cancelled_advice_forgets_the_answers(engine: Engine) -> None:
    talk = Talk(AdviceForm(), engine)
    for text in ("tư vấn chọn ngành", "lớp 12", "em thích vẽ", "hủy"):
        talk.say(text)
    assert not talk.open
    assert not any(talk.slots[slot] for slot in AdviceForm.slots)


def test_a_question_of_its_own_is_left_to_others(engine: Engine) -> None:
    talk = Talk(AdviceForm(), engine)
    talk.say("tư vấn chọn ngành")
    assert not talk.say("học phí ctu bao nhiêu?", "study_tuition", 0.9)
    rejected = [{"event": "action_execution_rejected", "name": "advice_form"}]
    told, replies = run(talk.action, talk.slots, "…", "study_tuition", 0.9, rejected)
    asked = [it["value"] for it in told if it["name"] == "requested_slot"]
    assert (asked, replies) == (["advice_level"], [])


def test_a_form_opened_out_of_another_starts_anew(engine: Engine) -> None:
    talk = at_summary(engine)
    talk.action, talk.open = FeedbackForm(), False
    talk.say("góp ý")
    assert talk.slots["requested_slot"] == "request_question"
    assert talk.slots["request_name"] is None


def test_a_confirmed_summary_is_a_ticket(engine: Engine) -> None:
    talk = at_summary(engine)
    assert "567" in talk.slots["request_summary"]
    talk.say("gửi đi")
    (ticket,) = stored(engine)
    assert talk.replies[0]["kind"] == "handoff"
    assert ticket.code in talk.replies[0]["text"]
    assert not any(talk.slots[slot] for slot in HumanForm.slots)


def test_a_contact_left_out_is_not_in_the_ticket(engine: Engine) -> None:
    talk = at_summary(engine)
    talk.say("gửi mà đừng kèm số nha")
    (ticket,) = stored(engine)
    with engine.connect() as connection:
        left = tickets.opened(connection, tickets.ticket_seal("s" * 32), ticket.code)
    assert (left.name, left.contact) == ("Lan", "")


def test_what_was_sent_is_told_again(engine: Engine) -> None:
    at_summary(engine).say("gửi đi")
    said = [{"event": "user", "text": "xác nhận"}]
    _, replies = run(TicketSent(), {}, "xác nhận", "affirm", 1.0, said)
    assert replies[0]["topic"] == "service/human"
    assert stored(engine)[0].code in replies[0]["text"]


def test_a_cancelled_form_stores_nothing(engine: Engine) -> None:
    talk = at_summary(engine)
    talk.say("thôi không gửi nữa")
    assert stored(engine) == []
    assert talk.replies[0]["topic"] == "service/human"


def test_a_failed_store_keeps_the_form_open_and_confirming_again_stores_it(
    engine: Engine,
) -> None:
    talk = at_summary(engine)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    event.listen(storage.engine(), "commit", fail)
    with pytest.raises(OSError):
        talk.say("gửi đi")
    event.remove(storage.engine(), "commit", fail)
    assert stored(engine) == []
    assert talk.slots["requested_slot"] == "request_confirmed_with_contact"
    talk.say("gửi đi")
    assert len(stored(engine)) == 1


def test_an_answer_lost_after_the_commit_makes_no_second_ticket(
    engine: Engine,
) -> None:
    talk = at_summary(engine)
    before = dict(talk.slots)
    talk.say("gửi đi")
    first = talk.replies[0]["text"]
    # Rasa was killed before it saved the conversation.
    talk.slots, talk.open = before, True
    talk.say("gửi đi")
    assert talk.replies[0]["text"] == first
    assert len(stored(engine)) == 1


def test_contact_details_are_in_no_slot_and_no_reply(engine: Engine) -> None:
    talk = at_summary(engine)
    assert "0901234567" not in str(talk.slots)
    talk.say("gửi đi")
    assert "0901234567" not in str(talk.replies)


def ask_status(text: str, conversation: str = "c") -> str:
    said = [{"event": "user", "text": text}]
    _, replies = run(TicketStatus(), {}, text, "ticket_status", 1.0, said, conversation)
    assert replies[0]["topic"] == "service/human"
    return str(replies[0]["text"])


def test_a_ticket_can_be_asked_after(engine: Engine) -> None:
    at_summary(engine).say("gửi đi")
    code = stored(engine)[0].code
    assert code in ask_status(f"mã {code.lower()} tới đâu rồi")
    assert code in ask_status("phiếu của tôi tới đâu rồi")
    with engine.begin() as connection:
        tickets.answer(
            connection, code, "Mời anh tới phòng đào tạo", stored(engine)[0].opened_at
        )
    assert "phòng đào tạo" in ask_status(f"mã {code}")


def test_another_conversation_learns_the_state_but_not_the_answer(
    engine: Engine,
) -> None:
    at_summary(engine).say("gửi đi")
    ticket = stored(engine)[0]
    with engine.begin() as connection:
        tickets.answer(connection, ticket.code, "Riêng của chị Lan", ticket.opened_at)
    told = ask_status(f"mã {ticket.code}", "other")
    assert ticket.code in told and "Riêng của chị Lan" not in told


def test_an_unknown_code_is_not_found(engine: Engine) -> None:
    assert "CT-7K3M9" in ask_status("mã CT-7K3M9 tới đâu rồi")

"""Talking to the assistant on the full page, at phone and desktop size."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from tests.gateway.rasa import Rasa
from tests.web.conftest import Site, answers, ask

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("words", ["Kế hoạch 06 là gì?", "ke hoach 06 la gi"])
def test_a_question_is_answered(chat: Any, rasa: Rasa, words: str) -> None:
    ask(chat, words)
    assert "ban hành ngày 11/01/2013" in answers(chat, 1).inner_text()
    assert [turn["text"] for turn in rasa.turns] == [words]


def test_choices_by_mouse_key_and_number(chat: Any, rasa: Rasa) -> None:
    ask(chat, "học phí")
    answers(chat, 1).get_by_role("button", name="2. Đại học FPT").click()
    assert "Về Đại học FPT" in answers(chat, 2).inner_text()
    ask(chat, "học phí")
    answers(chat, 3).get_by_role("button", name="1. Đại học Cần Thơ").press("Enter")
    assert "Về Đại học Cần Thơ" in answers(chat, 4).inner_text()
    ask(chat, "học phí")
    answers(chat, 5).get_by_role("button", name="1. Đại học Cần Thơ").press("3")
    assert "Về Đại học Nam" in answers(chat, 6).inner_text()
    ask(chat, "học phí")
    answers(chat, 7)
    ask(chat, "số 2")
    assert "Về Đại học FPT" in answers(chat, 8).inner_text()
    assert [turn["text"] for turn in rasa.turns if "choice" in turn] == [
        "Đại học FPT Cần Thơ",
        "Đại học Cần Thơ",
        "Đại học Nam Cần Thơ",
        "Đại học FPT Cần Thơ",
    ]


def test_a_choice_that_is_gone_is_told_kindly(chat: Any, engine: Engine) -> None:
    ask(chat, "học phí")
    last = answers(chat, 1)
    with engine.begin() as connection:
        connection.execute(text("UPDATE messages SET offers = '[]'"))
    last.get_by_role("button", name="1.").click()
    chat.get_by_text("Lựa chọn này không còn dùng được").first.wait_for()


def test_sources_are_folded_dated_and_lead_away_safely(chat: Any) -> None:
    ask(chat, "kế hoạch 06")
    last = answers(chat, 1)
    link = last.get_by_role("link", name="Kế hoạch 06")
    assert not link.is_visible()
    last.get_by_text("2 nguồn, kiểm tra ngày 20/11/2026").click()
    assert link.get_attribute("rel") == "noopener noreferrer"
    opened = []
    chat.context.route(
        "https://cantho.example/**",
        lambda route: (opened.append(route.request.url), route.fulfill(body="nguồn")),
    )
    with chat.context.expect_page():
        link.click()
    assert (
        "số 06/KH-UBND, ngày 11/01/2013, kiểm tra ngày 22/11/2026" in last.inner_text()
    )
    chat.wait_for_timeout(200)
    assert opened == ["https://cantho.example/ke-hoach-06"]


def test_an_answer_is_rated_and_commented(chat: Any, engine: Engine) -> None:
    ask(chat, "kế hoạch 06")
    last = answers(chat, 1)
    last.get_by_role("button", name="Chưa đúng").click()
    last.get_by_label("Góp ý thêm").fill("sai năm, gọi 0912345678")
    last.get_by_role("button", name="Gửi góp ý").click()
    last.get_by_text("Cảm ơn bạn đã góp ý.").wait_for()
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT rating, comment FROM feedback")).one()
    assert tuple(kept) == ("down", "sai năm, gọi [số điện thoại 1]")


def test_an_answer_is_copied_with_its_sources(chat: Any, site: Site) -> None:
    chat.context.grant_permissions(
        ["clipboard-read", "clipboard-write"], origin=site.url
    )
    ask(chat, "kế hoạch 06")
    answers(chat, 1).get_by_role("button", name="Chép").click()
    chat.get_by_role("button", name="Chép ✓").wait_for()
    copied = chat.evaluate("navigator.clipboard.readText()")
    assert "11/01/2013" in copied
    assert "https://cantho.example/ke-hoach-06" in copied


def test_history_is_restored_after_a_reload_and_not_in_another_tab(
    chat: Any, site: Site
) -> None:
    ask(chat, "học phí")
    answers(chat, 1)
    ask(chat, "1")
    answers(chat, 2)
    before = chat.locator(".messages").inner_text()
    chat.reload()
    answers(chat, 2)
    assert chat.locator(".messages").inner_text() == before
    other = chat.context.new_page()
    other.goto(f"{site.url}/tro-chuyen")
    ask(other, "kế hoạch 06")
    answers(other, 1)
    ask(chat, "học phí")
    answers(chat, 3)
    other.reload()
    answers(other, 1)


def test_all_data_is_deleted_after_a_question(chat: Any, engine: Engine) -> None:
    ask(chat, "kế hoạch 06")
    answers(chat, 1)

    def delete(answer_name: str) -> None:
        chat.get_by_role("button", name="Tùy chọn").click()
        chat.get_by_role("button", name="Xóa dữ liệu của tôi").click()
        chat.get_by_role("button", name=answer_name).click()

    delete("Giữ lại")
    answers(chat, 1)
    delete("Xóa hết")
    chat.get_by_text("Đã xóa hết dữ liệu").first.wait_for()
    assert chat.locator(".message").count() == 0
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM messages")).scalar() == 0
    chat.reload()
    chat.get_by_text("Bạn muốn hỏi gì?").wait_for()
    assert chat.locator(".message").count() == 0


def test_the_screen_is_cleared_when_data_is_deleted_in_the_chat(chat: Any) -> None:
    ask(chat, "kế hoạch 06")
    answers(chat, 1)
    ask(chat, "xóa hết đi")
    chat.get_by_text("Mình đã xóa hết.").first.wait_for()
    chat.wait_for_function(
        "document.querySelector('#chat').shadowRoot"
        ".querySelectorAll('.message').length === 1"
    )
    ask(chat, "kế hoạch 06")
    answers(chat, 2)


def test_a_text_that_is_too_long_is_not_sent(chat: Any, rasa: Rasa) -> None:
    ask(chat, "a" * 1005)
    chat.get_by_text("Dài quá 5 ký tự").first.wait_for()
    assert rasa.turns == []
    ask(chat, "a" * 990)
    answers(chat, 1)


def test_a_long_answer_is_shown_from_its_beginning(chat: Any) -> None:
    ask(chat, "trả lời rất dài")
    answers(chat, 1)
    chat.wait_for_timeout(700)
    assert chat.get_by_text("Đoạn 1.").last.is_visible()
    box = chat.locator(".message.theirs .sender").bounding_box()
    frame = chat.locator(".log").bounding_box()
    assert frame["y"] <= box["y"] < frame["y"] + frame["height"] / 2


def test_a_table_becomes_cards_where_there_is_no_room(
    chat: Any, size: tuple[int, int]
) -> None:
    ask(chat, "so sánh")
    last = answers(chat, 1)
    assert last.locator(".cell-label").first.is_visible() == (size[0] < 500)
    assert last.get_by_role("table").count() == 1
    assert last.get_by_role("columnheader").count() == 3
    assert last.get_by_role("link", name="0292 3872 728").get_attribute("href") == (
        "tel:02923872728"
    )


def test_a_link_can_carry_the_first_question(
    site: Site, open_page: Callable[..., Any], rasa: Rasa
) -> None:
    page = open_page(f"{site.url}/tro-chuyen?hoi=h%E1%BB%8Dc%20ph%C3%AD&x=1")
    answers(page, 1)
    assert page.url == f"{site.url}/tro-chuyen?x=1"
    page.reload()
    answers(page, 1)
    assert [turn["text"] for turn in rasa.turns] == ["học phí"]


def test_english_changes_the_interface_and_not_the_answers(chat: Any) -> None:
    ask(chat, "kế hoạch 06")
    answers(chat, 1)
    chat.get_by_role("button", name="Tùy chọn").click()
    chat.get_by_role("button", name="English").click()
    last = answers(chat, 1)
    assert last.get_by_role("button", name="Helpful").is_visible()
    assert last.locator(".text").get_attribute("lang") == "vi"
    assert chat.locator(".chat").get_attribute("lang") == "en"
    chat.reload()
    chat.get_by_label("Your question").wait_for()


def test_large_text_is_kept(chat: Any) -> None:
    height = "el => parseFloat(getComputedStyle(el).fontSize)"
    label = chat.get_by_text("Câu hỏi của bạn")
    before = label.evaluate(height)
    chat.get_by_role("button", name="Tùy chọn").click()
    chat.get_by_role("switch", name="Chữ lớn").click()
    assert label.evaluate(height) == pytest.approx(before * 1.25)
    chat.reload()
    assert label.evaluate(height) == pytest.approx(before * 1.25)


def test_a_person_is_asked_for_from_the_menu(chat: Any, rasa: Rasa) -> None:
    chat.get_by_role("button", name="Tùy chọn").click()
    chat.get_by_role("button", name="Gặp cán bộ").click()
    answers(chat, 1)
    assert rasa.turns[0]["text"] == "Mình muốn gặp cán bộ"

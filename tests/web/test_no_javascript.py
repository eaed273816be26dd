"""Everything works in a browser without JavaScript."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from tests.gateway.rasa import Rasa
from tests.web.conftest import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(site: Site, open_page: Callable[..., Any]) -> Any:
    """The questions page in a browser without JavaScript."""
    return open_page(f"{site.url}/hoi-dap", java_script_enabled=False)


def send(page: Any, words: str) -> None:
    page.get_by_role("textbox", name=re.compile("Câu hỏi của bạn|Hỏi tiếp")).fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi câu hỏi").click()


def test_a_question_is_answered_and_the_conversation_goes_on(
    plain: Any, rasa: Rasa, engine: Engine
) -> None:
    send(plain, "học phí")
    plain.get_by_role("button", name="2. Đại học FPT").click()
    assert "Về Đại học FPT" in plain.locator(".exchange").first.inner_text()
    send(plain, "1")
    assert plain.get_by_text("Các câu trước (2)").is_visible()
    assert [turn["text"] for turn in rasa.turns][:2] == [
        "học phí",
        "Đại học FPT Cần Thơ",
    ]
    assert len({turn["conversation"] for turn in rasa.turns}) == 1
    assert parse_qs(urlsplit(plain.url).query) == {}
    plain.get_by_label("Góp ý thêm").fill("rõ lắm")
    plain.get_by_role("button", name="Hữu ích").click()
    plain.get_by_text("Cảm ơn bạn đã đánh giá.").wait_for()
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT rating, comment FROM feedback")).one()
    assert tuple(kept) == ("up", "rõ lắm")


def test_reloading_an_answer_is_not_a_second_turn(plain: Any, rasa: Rasa) -> None:
    send(plain, "học phí")
    plain.reload()
    plain.get_by_text("Bạn hỏi học phí trường nào?").wait_for()
    assert len(rasa.turns) == 1


def test_data_is_deleted_after_a_question(plain: Any, engine: Engine) -> None:
    send(plain, "kế hoạch 06")
    plain.get_by_role("button", name="Xóa dữ liệu của tôi").click()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM messages")).scalar() == 1
    plain.get_by_role("button", name="Xóa hết").click()
    plain.get_by_text("Đã xóa hết dữ liệu").wait_for()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM messages")).scalar() == 0


def test_topics_are_listed_found_and_shown(plain: Any) -> None:
    plain.get_by_role("heading", name="Học công nghệ thông tin").wait_for()
    plain.get_by_label("Tìm trong các câu hỏi").fill("hoc PHI")
    plain.get_by_role("button", name="Tìm").click()
    plain.get_by_role("heading", name="Tìm thấy 1 câu hỏi cho “hoc PHI”").wait_for()
    plain.get_by_role("link", name="Học phí ngành CNTT bao nhiêu?").click()
    assert plain.get_by_text("Mỗi trường một mức.").is_visible()
    plain.get_by_role("link", name="Kế hoạch 06 là gì?").click()
    plain.get_by_text("Nguồn (2)").click()
    assert plain.get_by_role("link", name="Kế hoạch 06", exact=True).is_visible()
    assert plain.get_by_role("link", name="Nguồn xấu").count() == 0


@pytest.mark.parametrize("path", ["/", "/tro-chuyen", "/tro-nang", "/hoi-dap"])
def test_every_page_says_something_and_fits(
    site: Site, open_page: Callable[..., Any], size: tuple[int, int], path: str
) -> None:
    page = open_page(site.url + path, java_script_enabled=False)
    assert len(page.locator("main").inner_text()) > 100
    assert page.locator("h1").count() == 1
    widest = page.locator("html").bounding_box()["width"]
    assert widest <= size[0]


def test_the_chat_page_hands_its_question_to_the_plain_form(
    site: Site, open_page: Callable[..., Any], rasa: Rasa
) -> None:
    page = open_page(
        f"{site.url}/tro-chuyen?hoi=h%E1%BB%8Dc%20ph%C3%AD", java_script_enabled=False
    )
    page.get_by_role("button", name="Gửi câu hỏi").click()
    assert "Bạn hỏi học phí trường nào?" in page.locator(".exchange").inner_text()

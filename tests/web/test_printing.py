"""The printed conversation: everything said, sources unfolded, nothing to press."""

from typing import Any

import pytest

from tests.web.conftest import answers, ask

pytestmark = pytest.mark.browser


def test_paper_shows_every_answer_with_its_sources(chat: Any) -> None:
    ask(chat, "trả lời rất dài")
    answers(chat, 1)
    ask(chat, "kế hoạch 06")
    last = answers(chat, 2)
    chat.emulate_media(media="print", color_scheme="dark")
    chat.evaluate("dispatchEvent(new Event('beforeprint'))")
    chat.wait_for_timeout(200)
    assert last.get_by_text("kiểm tra ngày 22/11/2026").is_visible()
    assert chat.get_by_role("button").count() == 0
    assert not chat.get_by_label("Câu hỏi của bạn").is_visible()
    log, page = chat.locator(".log"), chat.locator("html")
    assert log.evaluate("el => el.scrollHeight <= el.clientHeight + 1")
    assert page.bounding_box()["height"] > log.bounding_box()["height"]
    colour = last.locator(".text p").first.evaluate("el => getComputedStyle(el).color")
    assert colour == "rgb(23, 38, 42)"
    chat.evaluate("dispatchEvent(new Event('afterprint'))")
    chat.emulate_media(media="screen")
    assert not last.get_by_role("link").first.is_visible()

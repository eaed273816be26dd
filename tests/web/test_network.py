"""What goes wrong or comes late: no network, no Rasa, too many calls, staff answers."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from starlette.responses import JSONResponse, Response

from bot.clock import utc_now
from bot.storage.conversations import record_later
from tests.gateway.rasa import Rasa, reply
from tests.web.answers import answer
from tests.web.conftest import Site, answers, ask

pytestmark = pytest.mark.browser


def staff_says(engine: Engine, words: str) -> None:
    """Store what a member of staff answers to the only conversation there is."""
    with engine.begin() as connection:
        conversation_id = connection.execute(
            text("SELECT DISTINCT conversation_id FROM messages")
        ).scalar_one()
        said = reply(words, kind="handoff", topic="service/human")
        record_later(
            connection,
            message_id=secrets.token_urlsafe(12),
            conversation_id=conversation_id,
            replies=[said],
            at=utc_now(),
        )


def test_a_message_written_offline_is_sent_once_even_after_a_reload(
    chat: Any, site: Site, rasa: Rasa
) -> None:
    ask(chat, "câu một")
    answers(chat, 1)
    chat.context.set_offline(True)
    ask(chat, "câu hai")
    chat.get_by_text("Máy của bạn đang mất mạng").first.wait_for()
    chat.get_by_text("Chờ gửi").wait_for()
    assert len(rasa.turns) == 1
    chat.context.set_offline(False)
    answers(chat, 2)
    assert chat.get_by_text("Chờ gửi").count() == 0
    chat.wait_for_timeout(500)
    assert [turn["text"] for turn in rasa.turns] == ["câu một", "câu hai"]


def test_an_answer_lost_on_the_way_is_fetched_without_a_second_turn(
    chat: Any, rasa: Rasa
) -> None:
    lost = []

    def lose_first(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    chat.route("**/api/v1/messages", lose_first)
    ask(chat, "kế hoạch 06")
    chat.get_by_text("Chưa kết nối được với máy chủ").first.wait_for()
    answers(chat, 1)
    assert lost == [200]
    assert len(rasa.turns) == 1


def test_a_failing_assistant_is_told_and_asked_again(chat: Any, rasa: Rasa) -> None:
    async def broken(turn: dict[str, Any]) -> Response:
        return JSONResponse({}, 500)

    rasa.handler = broken
    ask(chat, "kế hoạch 06")
    last = answers(chat, 1)
    assert "Trung tâm Phục vụ hành chính công" in last.inner_text()
    assert last.get_by_role("button", name="Hữu ích").count() == 0
    rasa.handler = answer
    last.get_by_role("button", name="Gửi lại").click()
    last.get_by_role("button", name="Hữu ích").wait_for()
    assert "11/01/2013" in answers(chat, 1).inner_text()
    assert len(rasa.turns) == 2


@pytest.mark.parametrize("more_settings", [{"conversation_rate_limit": "1/second"}])
def test_too_many_questions_wait_for_their_turn(chat: Any, rasa: Rasa) -> None:
    for number in range(3):
        ask(chat, f"câu {number}")
    chat.get_by_text("Bạn gửi hơi nhanh").first.wait_for()
    answers(chat, 3)
    assert [turn["text"] for turn in rasa.turns] == ["câu 0", "câu 1", "câu 2"]


def test_staff_answers_arrive_by_themselves(chat: Any, engine: Engine) -> None:
    ask(chat, "kế hoạch 06")
    answers(chat, 1)
    staff_says(engine, "Chào bạn, tôi là Lan.")
    last = answers(chat, 2)
    assert last.inner_text().startswith("Cán bộ")
    assert "tôi là Lan" in last.inner_text()


def test_staff_answers_arrive_where_streams_are_blocked(
    site: Site, open_page: Callable[..., Any], engine: Engine
) -> None:
    page = open_page("about:blank")
    page.route("**/api/v1/events*", lambda route: route.abort())
    page.goto(f"{site.url}/tro-chuyen")
    ask(page, "kế hoạch 06")
    answers(page, 1)
    staff_says(engine, "Chào bạn, tôi là Lan.")
    page.get_by_text("tôi là Lan").first.wait_for(timeout=20_000)


def test_what_comes_while_reading_further_up_is_marked(
    chat: Any, engine: Engine
) -> None:
    ask(chat, "trả lời rất dài")
    answers(chat, 1)
    chat.wait_for_timeout(700)
    staff_says(engine, "Chào bạn, tôi là Lan.")
    answers(chat, 2)
    assert chat.locator(".divider").inner_text() == "Tin mới"
    chat.get_by_role("button", name="Xuống tin mới nhất").click()
    chat.wait_for_timeout(500)
    assert chat.locator(".message.theirs").nth(1).get_by_text("tôi là Lan").is_visible()
    assert not chat.get_by_role("button", name="Xuống tin mới nhất").is_visible()


def test_a_token_that_is_not_good_any_more_is_replaced(chat: Any) -> None:
    ask(chat, "kế hoạch 06")
    answers(chat, 1)
    chat.evaluate(
        "Object.keys(sessionStorage).filter((name) => name.endsWith('token'))"
        ".forEach((name) => sessionStorage.setItem(name, 'broken'))"
    )
    ask(chat, "kế hoạch 06")
    answers(chat, 2)
    assert chat.get_by_text("đây là cuộc trò chuyện mới").first.is_visible()

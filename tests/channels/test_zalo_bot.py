"""The Bot Platform: a secret in a header, texts, choices by number."""

import pytest

from bot.channels.zalo_bot.channel import HEADER
from tests.channels.conftest import Bench
from tests.gateway.rasa import choice, reply
from tests.simulators.traffic import Webhook

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_text_is_answered_in_both_shapes(bench: Bench, wrapped: bool) -> None:
    await bench.hear(bench.platforms.bot.text("b1", "học phí", wrapped=wrapped))
    assert bench.bot("b1") == [{"text": "Chào bạn"}]


@pytest.mark.parametrize("headers", [{}, {HEADER: "wrong"}, {HEADER: ""}])
async def test_a_wrong_secret_is_refused(bench: Bench, headers: dict) -> None:
    call = bench.platforms.bot.text("b1", "chào")
    assert await bench.deliver(Webhook(call.path, headers, call.body)) == 403


async def test_choices_are_numbered_and_taken_by_number(bench: Bench) -> None:
    bench.rasa.replies = [
        reply(
            "Bạn hỏi mục nào?",
            choices=[choice("Học phí"), choice("Học bổng", "study_loans")],
        )
    ]
    await bench.hear(bench.platforms.bot.text("b1", "đại học cần thơ"))
    text = bench.bot("b1")[0]["text"]
    assert "1. Học phí\n2. Học bổng" in text and "nhắn số" in text
    await bench.hear(bench.platforms.bot.text("b1", "số 2"))
    assert bench.rasa.turns[1]["choice"]["intent"] == "study_loans"


async def test_related_questions_are_named(bench: Bench) -> None:
    bench.rasa.replies = [reply(related=[{"id": "study/loans", "title": "Vay vốn?"}])]
    await bench.hear(bench.platforms.bot.text("b1", "học phí"))
    assert bench.bot("b1")[0]["text"].endswith("- Vay vốn?")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("message.image.received", "ảnh"),
        ("message.sticker.received", "Cảm ơn"),
        ("message.voice.received", "tin thoại"),
        ("message.unsupported.received", "loại tin"),
    ],
)
async def test_what_is_not_text_gets_a_kind_answer(
    bench: Bench, name: str, word: str
) -> None:
    await bench.hear(bench.platforms.bot.event("b1", name))
    assert word in bench.bot("b1")[0]["text"]


async def test_groups_and_unknown_events_are_ignored(bench: Bench) -> None:
    bot = bench.platforms.bot
    group = bot.event(
        "b1", "message.text.received", text="chào", chat={"chat_type": "GROUP"}
    )
    await bench.hear(group)
    await bench.hear(bot.event("b1", "message.new.received"))
    assert bench.rasa.turns == []

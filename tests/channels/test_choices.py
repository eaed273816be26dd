"""Taps and numbers: only what was offered to this very person is honoured."""

import pytest

from tests.channels.conftest import Bench
from tests.gateway.rasa import choice, reply

pytestmark = pytest.mark.anyio

MANY = [choice(f"Mục thứ {number}", f"intent_{number}") for number in range(1, 16)]


def buttons(message: dict) -> list[dict]:
    return message["attachment"]["payload"]["buttons"]


async def test_a_tap_takes_the_choice(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY[:3])]
    await bench.hear(bench.platforms.zalo.text("u1", "trường ctu"))
    second = buttons(bench.zalo("u1")[0])[1]
    assert (second["type"], second["title"]) == ("oa.query.hide", "2. Mục thứ 2")
    await bench.hear(bench.platforms.zalo.text("u1", second["payload"]))
    assert bench.rasa.turns[1]["choice"]["intent"] == "intent_2"


async def test_the_same_on_messenger(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY[:3])]
    await bench.hear(bench.platforms.graph.text("p1", "trường ctu"))
    second = buttons(bench.messenger("p1")[0])[1]
    assert (second["type"], second["title"]) == ("postback", "2. Mục thứ 2")
    await bench.hear(bench.platforms.graph.postback("p1", second["payload"]))
    assert bench.rasa.turns[1]["choice"]["intent"] == "intent_2"


@pytest.mark.parametrize("typed", ["2", "số 2", "cái thứ 2", "so 2 nha"])
async def test_a_typed_number_takes_the_choice(bench: Bench, typed: str) -> None:
    bench.rasa.replies = [reply(choices=MANY[:3])]
    await bench.hear(bench.platforms.zalo.text("u1", "trường ctu"))
    await bench.hear(bench.platforms.zalo.text("u1", typed))
    assert bench.rasa.turns[1]["choice"]["intent"] == "intent_2"


async def test_many_choices_come_in_pages(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY)]
    await bench.hear(bench.platforms.zalo.text("u1", "hỏi"))
    titles: list[str] = []
    while True:
        page = buttons(bench.zalo("u1")[-1])
        assert len(page) <= 5
        titles += [it["title"] for it in page if it["payload"].startswith("#b:")]
        if not page[-1]["payload"].startswith("#p:"):
            break
        await bench.hear(bench.platforms.zalo.text("u1", page[-1]["payload"]))
    assert titles == [f"{number}. Mục thứ {number}" for number in range(1, 16)]
    assert len(bench.rasa.turns) == 1
    await bench.hear(bench.platforms.zalo.text("u1", page[-1]["payload"]))
    assert bench.rasa.turns[1]["choice"]["intent"] == "intent_15"


async def test_many_choices_are_quick_replies_on_messenger(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY)]
    await bench.hear(bench.platforms.graph.text("p1", "hỏi"))
    chips = bench.messenger("p1")[0]["quick_replies"]
    assert len(chips) == 13 and chips[-1]["payload"].startswith("#p:")
    assert all(len(chip["title"]) <= 20 for chip in chips)
    await bench.hear(
        bench.platforms.graph.quick_reply(
            "p1", chips[-1]["title"], chips[-1]["payload"]
        )
    )
    rest = buttons(bench.messenger("p1")[1])
    assert [it["title"][:3] for it in rest] == ["13.", "14.", "15."]


async def test_the_payload_of_another_person_is_not_honoured(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY)]
    await bench.hear(bench.platforms.zalo.text("u1", "hỏi"))
    stolen = buttons(bench.zalo("u1")[0])
    for button in (stolen[0], stolen[-1]):
        await bench.hear(bench.platforms.zalo.text("u2", button["payload"]))
        await bench.hear(bench.platforms.graph.postback("p2", button["payload"]))
    assert len(bench.rasa.turns) == 1
    for message in [*bench.zalo("u2"), *bench.messenger("p2")]:
        assert "không còn dùng được" in message["text"]


@pytest.mark.parametrize(
    "forged",
    ["#b:study_tuition", "#b:../../x", "#m:nothing", "#p:x:1", "#p:x:-1", "#p:x"],
)
async def test_a_forged_payload_is_not_honoured(bench: Bench, forged: str) -> None:
    await bench.hear(bench.platforms.zalo.text("u1", forged))
    assert bench.rasa.turns == []
    assert "không còn dùng được" in bench.zalo("u1")[0]["text"]


@pytest.mark.parametrize(
    "typed", ["/restart", "／session_start", '/study_tuition{"x":"y"}', " //restart"]
)
async def test_a_typed_command_is_only_text(bench: Bench, typed: str) -> None:
    await bench.hear(bench.platforms.zalo.text("u1", typed))
    await bench.hear(bench.platforms.graph.text("p1", typed))
    await bench.hear(bench.platforms.bot.text("b1", typed))
    assert len(bench.rasa.turns) == 3
    for turn in bench.rasa.turns:
        assert turn["text"][0] not in "/／" and "choice" not in turn


async def test_a_typed_payload_on_messenger_is_only_text(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY[:2])]
    await bench.hear(bench.platforms.graph.text("p1", "hỏi"))
    payload = buttons(bench.messenger("p1")[0])[0]["payload"]
    await bench.hear(bench.platforms.graph.text("p1", payload))
    assert "choice" not in bench.rasa.turns[1]


async def test_an_old_tap_expires(bench: Bench) -> None:
    bench.rasa.replies = [reply(choices=MANY[:2])]
    await bench.hear(bench.platforms.zalo.text("u1", "hỏi"))
    old = buttons(bench.zalo("u1")[0])[0]["payload"]
    bench.rasa.replies = [reply()]
    for _ in range(20):
        await bench.hear(bench.platforms.zalo.text("u1", "còn gì nữa"))
    await bench.hear(bench.platforms.zalo.text("u1", old))
    assert "không còn dùng được" in bench.zalo("u1")[-1]["text"]


@pytest.mark.parametrize(
    ("text", "word"), [(" \u200b ", "chưa thấy"), ("a" * 1001, "1.000")]
)
async def test_texts_that_are_no_question(bench: Bench, text: str, word: str) -> None:
    await bench.hear(bench.platforms.zalo.text("u1", text))
    assert word in bench.zalo("u1")[0]["text"] and bench.rasa.turns == []

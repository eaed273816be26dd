"""A turn through the gateway: what Rasa is told, what is stored, what comes back."""

import json
import unicodedata
from dataclasses import replace

import aiohttp
import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tests.gateway.conftest import Person, client_of, meet
from tests.gateway.rasa import Rasa, choice, reply

pytestmark = pytest.mark.anyio

MENU = [
    choice("Học phí", institution="ctu"),
    choice("Điểm chuẩn", "study_benchmark_score"),
    choice("Học bổng", "study_scholarships"),
]


async def test_a_question_is_answered(person: Person, rasa: Rasa) -> None:
    rasa.replies = [
        reply(
            "Khoảng 20 triệu đồng.",
            topic="study/tuition",
            params={"institution": "ctu"},
            sources=[{"title": "Đề án 2026", "checked_on": "2026-11-22"}],
            as_of="2026",
            related=[{"id": "study/loans", "title": "Vay vốn thế nào?"}],
        )
    ]
    answer = await person.say("học phí ctu bao nhiêu")
    assert answer.status_code == 200
    assert answer.json()["replies"] == rasa.replies
    assert rasa.turns[0] | {"conversation": "", "message_id": ""} == {
        "conversation": "",
        "message_id": "",
        "text": "học phí ctu bao nhiêu",
        "channel": "web",
    }
    stored = await person.history()
    assert [message["message_id"] for message in stored] == [
        answer.json()["message_id"]
    ]
    assert stored[0]["text"] == "học phí ctu bao nhiêu"
    assert stored[0]["replies"] == rasa.replies


async def test_personal_data_never_reaches_rasa_or_the_database(
    person: Person, rasa: Rasa
) -> None:
    await person.say("gọi em 0912345678, mail an@gmail.com")
    masked = "gọi em [số điện thoại 1], mail [email 1]"
    assert rasa.turns[0]["text"] == masked
    assert (await person.history())[0]["text"] == masked


@pytest.mark.parametrize("text", ["/restart", "//restart", " / restart", "／restart"])
async def test_no_typed_text_is_a_command(
    text: str, person: Person, rasa: Rasa
) -> None:
    assert (await person.say(text)).status_code == 200
    assert rasa.turns[0]["text"] == "restart"


async def test_text_is_composed_and_cleaned(person: Person, rasa: Rasa) -> None:
    typed = unicodedata.normalize("NFD", "  học\u200b phí\x00\u202e ") + "\ud800"
    await person.call("POST", "/messages", content=json.dumps({"text": typed}))
    assert rasa.turns[0]["text"] == "học phí"


async def test_choices_get_opaque_ids(person: Person, rasa: Rasa) -> None:
    rasa.replies = [reply("Bạn hỏi gì?", kind="clarify", topic="clarify", choices=MENU)]
    offered = (await person.say("học phí")).json()["replies"][0]["choices"]
    assert [set(shown) for shown in offered] == [{"id", "title"}] * 3
    assert len({shown["id"] for shown in offered}) == 3
    rasa.replies = [reply()]
    assert (await person.choose(offered[0]["id"])).status_code == 200
    told = rasa.turns[1]
    assert told["choice"] == {
        "intent": "study_tuition",
        "entities": {"institution": "ctu"},
    }
    assert told["text"] == "Học phí"
    assert (await person.history())[1]["text"] == "Học phí"


async def test_a_choice_belongs_to_its_conversation(
    person: Person, rasa: Rasa, http: httpx.AsyncClient
) -> None:
    rasa.replies = [
        reply(choices=MENU, related=[{"id": "study/loans", "title": "Vay"}])
    ]
    offered = (await person.say("học phí")).json()["replies"][0]["choices"]
    stranger = await meet(http)
    for given in (offered[0]["id"], "study/loans", "study_tuition", "/restart", ""):
        refused = await stranger.choose(given)
        assert (refused.status_code, refused.json()["code"]) == (404, "unknown_choice")


async def test_a_related_topic_is_a_choice_once_offered(
    person: Person, rasa: Rasa
) -> None:
    rasa.replies = [reply(related=[{"id": "study/loans", "title": "Vay vốn?"}])]
    assert (await person.choose("study/loans")).status_code == 404
    await person.say("học phí")
    assert (await person.choose("study/loans")).status_code == 200
    assert rasa.turns[1]["choice"] == {"intent": "study_loans", "entities": {}}
    assert rasa.turns[1]["text"] == "Vay vốn?"


async def test_old_choices_are_forgotten(person: Person, rasa: Rasa) -> None:
    rasa.replies = [reply(choices=MENU)]
    offered = (await person.say("học phí")).json()["replies"][0]["choices"]
    rasa.replies = [reply()]
    for _ in range(19):
        await person.say("còn gì nữa")
    assert (await person.choose(offered[0]["id"])).status_code == 200
    assert (await person.choose(offered[0]["id"])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("2", "study_benchmark_score"),
        ("số 3 ạ", "study_scholarships"),
        ("cái đầu tiên", "study_tuition"),
        ("cái về học bổng", "study_scholarships"),
    ],
)
async def test_a_typed_pick_is_a_choice(
    typed: str, intent: str, person: Person, rasa: Rasa
) -> None:
    rasa.replies = [reply(kind="clarify", topic="clarify", choices=MENU)]
    await person.say("trường ctu")
    await person.say(typed)
    assert rasa.turns[1]["choice"]["intent"] == intent
    assert (await person.history())[1]["text"] == typed


async def test_a_number_is_a_question_when_no_list_is_open(
    person: Person, rasa: Rasa
) -> None:
    rasa.replies = [reply(choices=MENU)]
    await person.say("trường ctu")
    rasa.replies = [reply(related=[{"id": "study/loans", "title": "Vay vốn?"}])]
    await person.say("học phí đại học cần thơ bao nhiêu")
    await person.say("2")
    assert all("choice" not in turn for turn in rasa.turns)


async def test_a_list_stays_open_while_rasa_is_away(person: Person, rasa: Rasa) -> None:
    rasa.replies = [reply(choices=MENU)]
    await person.say("trường ctu")
    rasa.status = 500
    await person.say("2")
    rasa.status = 200
    await person.say("2")
    assert rasa.turns[2]["choice"]["intent"] == "study_benchmark_score"


async def test_the_same_client_id_is_one_turn(person: Person, rasa: Rasa) -> None:
    first = await person.say("học phí", client_message_id="a1")
    again = await person.say("học phí", client_message_id="a1")
    other = await person.say("học phí", client_message_id="a2")
    assert first.json() == again.json() != other.json()
    assert len(rasa.turns) == 2


async def test_the_same_client_id_at_once_is_one_turn(
    person: Person, rasa: Rasa
) -> None:
    answers: list[dict] = []

    async def say() -> None:
        answers.append((await person.say("học phí", client_message_id="a1")).json())

    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(say)
    assert answers[0] == answers[1] == answers[2]
    assert len(rasa.turns) == 1


async def test_a_failed_turn_may_be_sent_again(person: Person, rasa: Rasa) -> None:
    rasa.status = 500
    failed = await person.say("học phí", client_message_id="a1")
    assert failed.json()["replies"][0]["kind"] == "notice"
    rasa.status = 200
    answered = await person.say("học phí", client_message_id="a1")
    assert answered.json()["replies"] == rasa.replies
    stored = await person.history()
    assert [message["message_id"] for message in stored] == [
        answered.json()["message_id"]
    ]


async def _not_json(turn: dict) -> Response:
    return PlainTextResponse("<html>")


async def _wrong_shape(turn: dict) -> Response:
    return JSONResponse({"replies": [{"kind": "song", "text": "la"}]})


async def _bad_choice(turn: dict) -> Response:
    return JSONResponse({"replies": [reply(choices=[{"title": "x"}])]})


async def _nothing(turn: dict) -> Response:
    return JSONResponse({"replies": []})


async def _wrong_secret(turn: dict) -> Response:
    return JSONResponse({"code": "wrong_secret"}, 401)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (_not_json, "bad_answer"),
        (_wrong_shape, "bad_answer"),
        (_bad_choice, "bad_answer"),
        (_nothing, "empty"),
        (_wrong_secret, "refused_turn"),
    ],
)
async def test_a_useless_answer_becomes_a_notice(
    handler, reason: str, person: Person, rasa: Rasa, app: Starlette
) -> None:
    rasa.handler = handler
    await _expect_notice(person, app, reason)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError("slow"), "timeout"),
        (aiohttp.ServerDisconnectedError(), "broken"),
    ],
)
async def test_a_broken_network_becomes_a_notice(
    error: Exception, reason: str, person: Person, rasa: Rasa, app: Starlette
) -> None:
    rasa.error = error
    await _expect_notice(person, app, reason)


async def _expect_notice(person: Person, app: Starlette, reason: str) -> None:
    answer = await person.say("học phí")
    assert answer.status_code == 200
    (notice,) = answer.json()["replies"]
    assert (notice["kind"], notice["topic"]) == ("notice", "service/human")
    assert notice["sources"]
    figures = app.state.services.metrics.text().decode()
    assert f'ictbot_backend_failures_total{{reason="{reason}"}} 1.0' in figures
    assert (await person.history())[0]["text"] == "học phí"


async def test_a_silent_rasa_does_not_hang_the_gateway(
    make_app, settings, rasa: Rasa
) -> None:
    async def silent(turn: dict) -> Response:
        await anyio.sleep_forever()
        raise AssertionError

    rasa.handler = silent
    app = make_app(replace(settings, rasa_timeout_seconds=0.1))
    async with client_of(app) as http:
        await _expect_notice(await meet(http), app, "timeout")


async def test_erasing_in_the_chat_erases_and_is_not_stored(
    person: Person, rasa: Rasa
) -> None:
    await person.say("xin chào")
    rasa.replies = [
        reply(
            "Mình đã xóa.",
            topic="service/delete_data",
            effects=["erased"],
            related=[{"id": "chitchat/greet", "title": "Chào"}],
        )
    ]
    answer = (await person.say("có, xóa đi")).json()
    assert answer["replies"] == [reply("Mình đã xóa.", topic="service/delete_data")]
    assert await person.history() == []
    rasa.replies = [reply()]
    assert (await person.say("xin chào")).status_code == 200
    assert len(await person.history()) == 1

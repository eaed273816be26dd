"""What the Page's webhook accepts, refuses and makes of events."""

import json

import anyio
import pytest
from starlette.responses import JSONResponse, Response

from bot.channels.messenger.signature import HEADER, sign
from tests.channels.conftest import Bench
from tests.gateway.rasa import reply
from tests.simulators.graph import APP_SECRET, PAGE_ID, VERIFY_TOKEN
from tests.simulators.traffic import Webhook

pytestmark = pytest.mark.anyio


async def test_the_handshake(bench: Bench) -> None:
    params = {
        "hub.mode": "subscribe",
        "hub.verify_token": VERIFY_TOKEN,
        "hub.challenge": "1158201444",
    }
    right = await bench.http.get("/webhooks/messenger", params=params)
    assert (right.status_code, right.text) == (200, "1158201444")
    assert right.headers["content-type"].startswith("text/plain")
    for wrong in ({"hub.verify_token": "x"}, {"hub.mode": "unsubscribe"}):
        answer = await bench.http.get("/webhooks/messenger", params=params | wrong)
        assert answer.status_code == 403


async def test_a_text_is_answered(bench: Bench) -> None:
    bench.rasa.replies = [reply("Khoảng 20 triệu đồng.")]
    call = bench.platforms.graph.text("p1", "học phí bao nhiêu")
    assert rb"h\u1ecdc ph\u00ed" in call.body
    await bench.hear(call)
    (message,) = bench.messenger("p1")
    assert message["text"] == "Khoảng 20 triệu đồng."
    assert message["metadata"].startswith("ictbot:")
    assert bench.rasa.turns[0]["channel"] == "messenger"
    assert bench.platforms.graph.actions == []


async def test_a_slow_answer_is_announced(bench: Bench, monkeypatch) -> None:
    actions = bench.platforms.graph.actions

    async def wait_for_actions(turn: dict) -> Response:
        while len(actions) < 2:
            await anyio.sleep(0)
        return JSONResponse({"replies": [reply()]})

    monkeypatch.setattr("bot.channels.answering.GREET_AFTER_SECONDS", 0)
    bench.rasa.handler = wait_for_actions
    await bench.hear(bench.platforms.graph.text("p1", "chào"))
    assert actions == [("p1", "mark_seen"), ("p1", "typing_on")]
    assert len(bench.messenger("p1")) == 1


@pytest.mark.parametrize(
    "kind", ["forged", "missing", "truncated", "sha1", "other_body"]
)
async def test_a_wrong_signature_is_refused(bench: Bench, kind: str) -> None:
    call = bench.platforms.graph.text("p1", "Đường Nguyễn Trãi")
    headers, body = dict(call.headers), call.body
    if kind == "forged":
        headers[HEADER] = "sha256=" + "0" * 64
    elif kind == "missing":
        del headers[HEADER]
    elif kind == "truncated":
        headers[HEADER] = headers[HEADER][:-1]
    elif kind == "sha1":
        headers[HEADER] = headers[HEADER].replace("sha256", "sha1")
    else:
        # The same JSON, but not the same bytes.
        body = json.dumps(json.loads(body), ensure_ascii=False).encode()
    assert await bench.deliver(Webhook(call.path, headers, body)) == 403
    await bench.work()
    assert bench.rasa.turns == []


async def test_a_stale_event_is_ignored(bench: Bench) -> None:
    call = bench.platforms.graph.text("p1", "chào")
    bench.clock.advance(hours=37, seconds=1)
    assert await bench.deliver(call) == 200
    await bench.work()
    assert bench.rasa.turns == []


async def test_every_event_of_a_batch_is_answered(bench: Bench) -> None:
    graph = bench.platforms.graph
    entries = [
        {
            "id": PAGE_ID,
            "time": 1,
            "messaging": [
                graph.event(
                    f"p{entry}{place}",
                    message={"mid": f"m{entry}{place}", "text": "chào"},
                )
                for place in range(2)
            ],
        }
        for entry in range(2)
    ]
    body = json.dumps({"object": "page", "entry": entries}).encode()
    await bench.hear(
        Webhook("/webhooks/messenger", {HEADER: sign(body, APP_SECRET)}, body)
    )
    assert {to for to, _, _ in graph.sent} == {"p00", "p01", "p10", "p11"}


async def test_one_bad_event_does_not_spoil_its_batch(bench: Bench) -> None:
    graph = bench.platforms.graph
    bad = {"sender": {}, "message": {"mid": "m1", "text": "x"}, "timestamp": 1}
    good = graph.event("p1", message={"mid": "m2", "text": "chào"})
    await bench.hear(graph.webhook(bad, good))
    assert len(bench.messenger("p1")) == 1


async def test_an_echo_of_our_own_is_no_message(bench: Bench) -> None:
    graph = bench.platforms.graph
    await bench.hear(graph.text("p1", "chào"))
    await bench.hear_echoes()
    await bench.work()
    assert len(bench.messenger("p1")) == len(bench.rasa.turns) == 1


async def test_a_member_of_staff_pauses_the_assistant(bench: Bench) -> None:
    graph = bench.platforms.graph
    await bench.hear(graph.text("p1", "chào"))
    await bench.hear(graph.staff("p1", "Chào anh, tôi là Lan."))
    await bench.hear(graph.text("p1", "cho hỏi"))
    assert len(bench.messenger("p1")) == 1
    bench.clock.advance(minutes=31)
    await bench.hear(graph.text("p1", "còn đó không"))
    assert len(bench.messenger("p1")) == 2


async def test_standby_is_left_to_who_holds_the_conversation(bench: Bench) -> None:
    graph = bench.platforms.graph
    event = graph.event("p1", message={"mid": "m1", "text": "chào"})
    tap = graph.event("p1", postback={"title": "Học phí"})
    await bench.hear(graph.webhook(event, tap, box="standby"))
    assert bench.rasa.turns == []


@pytest.mark.parametrize(
    ("kind", "payload", "word"),
    [
        ("image", {"url": "https://x"}, "ảnh"),
        ("image", {"url": "https://x", "sticker_id": 369239263222822}, "Cảm ơn"),
        ("sticker", {"sticker_id": 369239263222822}, "Cảm ơn"),
        ("audio", {"url": "https://x"}, "tin thoại"),
        ("video", {"url": "https://x"}, "video"),
        ("file", {"url": "https://x"}, "tệp"),
        ("location", {"coordinates": {"lat": 1, "long": 2}}, "vị trí"),
        ("fallback", {}, "đường dẫn"),
        ("hologram", {}, "loại tin"),
    ],
)
async def test_what_is_not_text_gets_a_kind_answer(
    bench: Bench, kind: str, payload: dict, word: str
) -> None:
    await bench.hear(bench.platforms.graph.attachment("p1", kind, **payload))
    assert word in bench.messenger("p1")[0]["text"]
    assert bench.rasa.turns == []


async def test_get_started_is_welcomed_and_the_menu_asks(bench: Bench) -> None:
    graph = bench.platforms.graph
    await bench.hear(graph.postback("p1", "#start"))
    assert "trợ lý tự động" in bench.messenger("p1")[0]["text"]
    await bench.hear(graph.postback("p1", "#m:plan"))
    assert bench.rasa.turns[0]["text"].startswith("Kế hoạch 06")


@pytest.mark.parametrize(
    "what",
    [
        {"delivery": {"mids": ["m1"], "watermark": 1}},
        {"read": {"watermark": 1}},
        {"reaction": {"mid": "m1", "action": "react"}},
        {"postback": {"mid": "m1", "payload": "SOMEBODY_ELSES"}},
        {"something_new": {}},
    ],
)
async def test_other_events_are_answered_and_ignored(bench: Bench, what: dict) -> None:
    graph = bench.platforms.graph
    await bench.hear(graph.webhook(graph.event("p1", **what)))
    assert bench.messenger("p1") == [] and bench.rasa.turns == []


async def test_an_object_that_is_no_page_is_ignored(bench: Bench) -> None:
    body = b'{"object":"instagram","entry":[{"messaging":[{}]}]}'
    await bench.hear(
        Webhook("/webhooks/messenger", {HEADER: sign(body, APP_SECRET)}, body)
    )
    assert bench.rasa.turns == []

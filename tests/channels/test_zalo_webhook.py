"""What the Official Account's webhook accepts, refuses and makes of events."""

import hashlib
import json

import pytest

from bot.channels.zalo.signature import HEADER, sign
from tests.channels.conftest import Bench
from tests.gateway.rasa import reply
from tests.simulators.traffic import Webhook
from tests.simulators.zalo_oa import APP_ID, OA_ID, OA_SECRET_KEY

pytestmark = pytest.mark.anyio


async def test_a_text_is_answered(bench: Bench) -> None:
    bench.rasa.replies = [reply("Học phí khoảng 20 triệu đồng.")]
    await bench.hear(bench.platforms.zalo.text("u1", "học phí đại học cần thơ"))
    assert bench.zalo("u1") == [{"text": "Học phí khoảng 20 triệu đồng."}]
    assert bench.rasa.turns[0]["text"] == "học phí đại học cần thơ"
    assert bench.rasa.turns[0]["channel"] == "zalo"


async def test_nothing_of_the_user_id_reaches_rasa(bench: Bench) -> None:
    await bench.hear(bench.platforms.zalo.text("84901234567", "chào"))
    assert "84901234567" not in json.dumps(bench.rasa.turns)


async def test_escaped_and_plain_letters_verify(bench: Bench) -> None:
    event = json.loads(bench.platforms.zalo.text("u1", "Đường Nguyễn Trãi").body)
    for body in (
        json.dumps(event).encode(),
        json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode(),
    ):
        mac = sign(APP_ID, body, event["timestamp"], OA_SECRET_KEY)
        assert (
            await bench.deliver(Webhook("/webhooks/zalo", {HEADER: mac}, body)) == 200
        )
        bare = {HEADER: mac.removeprefix("mac=")}
        assert await bench.deliver(Webhook("/webhooks/zalo", bare, body)) == 200
    await bench.work()
    assert [turn["text"] for turn in bench.rasa.turns] == ["Đường Nguyễn Trãi"]


async def test_a_known_signature(bench: Bench) -> None:
    # The same bytes, put together by hand.
    assert sign("1", b'{"timestamp":"2"}', "2", "key") == (
        "mac=" + hashlib.sha256(b'1{"timestamp":"2"}2key').hexdigest()
    )


@pytest.mark.parametrize(
    "kind", ["forged", "truncated", "other_body", "oa_id", "empty"]
)
async def test_a_wrong_signature_is_refused(bench: Bench, kind: str) -> None:
    call = bench.platforms.zalo.text("u1", "chào")
    headers = dict(call.headers)
    body = call.body
    if kind == "forged":
        headers[HEADER] = "mac=" + "0" * 64
    elif kind == "truncated":
        headers[HEADER] = headers[HEADER][:-2]
    elif kind == "other_body":
        body = body.replace(b"u1", b"u2")
    elif kind == "oa_id":
        stamp = json.loads(body)["timestamp"]
        headers[HEADER] = sign(OA_ID, body, stamp, OA_SECRET_KEY)
    else:
        headers[HEADER] = "mac="
    assert await bench.deliver(Webhook(call.path, headers, body)) == 403
    await bench.work()
    assert bench.rasa.turns == []


async def test_an_unsigned_probe_is_answered_and_ignored(bench: Bench) -> None:
    call = bench.platforms.zalo.text("u1", "chào")
    assert await bench.deliver(Webhook(call.path, {}, call.body)) == 200
    assert await bench.deliver(Webhook(call.path, {}, b"odd probe")) == 200
    assert (await bench.http.get("/webhooks/zalo")).status_code == 200
    await bench.work()
    assert bench.rasa.turns == []


async def test_a_stale_call_is_ignored(bench: Bench) -> None:
    call = bench.platforms.zalo.text("u1", "chào")
    bench.clock.advance(hours=3, seconds=1)
    assert await bench.deliver(call) == 200
    await bench.work()
    assert bench.rasa.turns == []


async def test_a_replayed_call_is_one_turn_and_one_answer(bench: Bench) -> None:
    call = bench.platforms.zalo.text("u1", "chào")
    await bench.hear(call)
    bench.clock.advance(hours=1, minutes=50)
    await bench.hear(call)
    assert len(bench.rasa.turns) == len(bench.zalo("u1")) == 1


@pytest.mark.parametrize(
    ("name", "payload", "word"),
    [
        ("user_send_image", {"url": "https://x/i.jpg"}, "ảnh"),
        ("user_send_photo", {"url": "https://x/i.jpg"}, "ảnh"),
        ("user_send_sticker", {"url": "https://x"}, "Cảm ơn"),
        ("user_send_gif", {"url": "https://x"}, "Cảm ơn"),
        ("user_send_audio", {"url": "https://x"}, "tin thoại"),
        ("user_send_video", {"url": "https://x"}, "video"),
        ("user_send_file", {"url": "https://x", "name": "a.pdf", "size": "12"}, "tệp"),
        (
            "user_send_location",
            {"coordinates": {"latitude": "10.79", "longitude": "106.78"}},
            "vị trí",
        ),
        ("user_send_link", {"url": "https://x"}, "đường dẫn"),
        ("user_send_business_card", {"url": "https://x"}, "danh thiếp"),
    ],
)
async def test_what_is_not_text_gets_a_kind_answer(
    bench: Bench, name: str, payload: dict, word: str
) -> None:
    await bench.hear(bench.platforms.zalo.attachment(name, "u1", payload))
    assert word in bench.zalo("u1")[0]["text"]
    assert bench.rasa.turns == []


async def test_the_words_beside_an_image_are_a_question(bench: Bench) -> None:
    image = {"url": "https://x/i.jpg"}
    await bench.hear(
        bench.platforms.zalo.attachment(
            "user_send_image", "u1", image, "ngành này là gì"
        )
    )
    assert bench.rasa.turns[0]["text"] == "ngành này là gì"


async def test_a_follow_is_welcomed_once(bench: Bench) -> None:
    await bench.hear(bench.platforms.zalo.follow("u1"))
    bench.clock.advance(seconds=5)
    chat_now = {
        "event_name": "user_click_chatnow",
        "app_id": APP_ID,
        "user_id": "u1",
        "oa_id": OA_ID,
        "timestamp": str(int(bench.clock().timestamp() * 1000)),
    }
    await bench.hear(bench.platforms.zalo.webhook(chat_now))
    (welcome,) = bench.zalo("u1")
    assert "trợ lý tự động" in welcome["text"]
    assert len(welcome["attachment"]["payload"]["buttons"]) == 5


async def test_a_tap_on_the_welcome_menu_asks(bench: Bench) -> None:
    await bench.hear(bench.platforms.zalo.follow("u1"))
    button = bench.zalo("u1")[0]["attachment"]["payload"]["buttons"][0]
    await bench.hear(bench.platforms.zalo.text("u1", button["payload"]))
    assert bench.rasa.turns[0]["text"].startswith("Học công nghệ thông tin")


async def test_shared_details_are_thanked_and_not_kept(bench: Bench) -> None:
    info = {"name": "Nguyễn Văn A", "phone": "84901234567"}
    await bench.hear(bench.platforms.zalo.event("user_submit_info", "u1", info=info))
    assert "không lưu" in bench.zalo("u1")[0]["text"]


@pytest.mark.parametrize(
    "name",
    ["user_seen_message", "user_received_message", "a_new_event", "add_user_to_tag"],
)
async def test_other_events_are_answered_and_ignored(bench: Bench, name: str) -> None:
    await bench.hear(bench.platforms.zalo.event(name, "u1", message={"msg_ids": ["m"]}))
    assert bench.zalo("u1") == [] and bench.rasa.turns == []


async def test_an_event_of_a_wrong_shape_is_answered_and_ignored(bench: Bench) -> None:
    odd = {"event_name": "user_send_text", "timestamp": "soon", "message": []}
    await bench.hear(bench.platforms.zalo.webhook(odd))
    assert bench.rasa.turns == []


async def test_a_member_of_staff_pauses_the_assistant(bench: Bench) -> None:
    zalo = bench.platforms.zalo
    await bench.hear(zalo.text("u1", "chào"))
    await bench.hear(zalo.staff("u1", "Chào anh, tôi là Lan."))
    await bench.hear(zalo.text("u1", "cho hỏi"))
    assert len(bench.zalo("u1")) == 1
    bench.clock.advance(minutes=31)
    await bench.hear(zalo.text("u1", "còn đó không"))
    assert len(bench.zalo("u1")) == 2


async def test_an_echo_of_our_own_message_pauses_nothing(bench: Bench) -> None:
    zalo = bench.platforms.zalo
    await bench.hear(zalo.text("u1", "chào"))
    await bench.hear(zalo.staff("u1", "Chào bạn", admin_id="0"))
    await bench.hear(zalo.text("u1", "học phí"))
    assert len(bench.zalo("u1")) == 2

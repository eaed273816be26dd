"""Windows, late answers of staff, erasure, and what logs may not hold."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import Table, select

from bot.gateway.logs import configure_logging
from bot.storage.channel_tables import (
    channel_events,
    channel_people,
    channel_sends,
)
from tests.channels.conftest import Bench
from tests.gateway.rasa import reply
from tests.simulators.zalo_oa import OA_SECRET_KEY

pytestmark = pytest.mark.anyio


async def answer_later(bench: Bench, text: str) -> None:
    with bench.engine.connect() as connection:
        (person,) = connection.execute(select(channel_people.c.person)).scalars()
    await bench.services.archive.add_later(
        person, [{"kind": "answer", "topic": "service/human", "text": text}]
    )
    await bench.hub.worker.collect_later()
    await bench.hub.worker.collect_later()
    await bench.work()


async def test_a_late_answer_of_staff_goes_out_once(bench: Bench) -> None:
    await bench.hub.worker.collect_later()
    await bench.hear(bench.platforms.zalo.text("u1", "gặp người"))
    await answer_later(bench, "Chào anh, học phí năm nay là 22 triệu.")
    texts = [message["text"] for message in bench.zalo("u1")]
    assert texts == ["Chào bạn", "Chào anh, học phí năm nay là 22 triệu."]


@pytest.mark.parametrize(
    ("platform", "inside", "outside"), [("zalo", 47, 2), ("graph", 23, 2)]
)
async def test_the_window_of_a_platform_is_kept(
    bench: Bench, platform: str, inside: int, outside: int
) -> None:
    stand_in = getattr(bench.platforms, platform)
    await bench.hub.worker.collect_later()
    await bench.hear(stand_in.text("u1", "gặp người"))
    bench.platforms.zalo.expires_at = None
    bench.clock.advance(hours=inside)
    await answer_later(bench, "kịp")
    bench.clock.advance(hours=outside)
    await answer_later(bench, "trễ")
    assert [it["text"] for _, _, it in stand_in.sent] == ["Chào bạn", "kịp"]
    with bench.engine.connect() as connection:
        errors = connection.execute(select(channel_sends.c.error)).scalars().all()
    assert errors == [None, None, "outside_window"]


async def test_an_erased_person_is_told_and_forgotten(bench: Bench) -> None:
    await bench.hear(bench.platforms.zalo.text("u1", "xóa dữ liệu của tôi"))
    bench.rasa.replies = [reply("Đã xóa.", effects=["erased"])]
    await bench.hear(bench.platforms.zalo.text("u1", "đồng ý"))
    assert bench.zalo("u1")[-1] == {"text": "Đã xóa."}
    with bench.engine.connect() as connection:
        assert connection.execute(select(channel_people)).all() == []
        left = connection.execute(select(channel_sends.c.sealed)).scalars().all()
    assert left == [None]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Logs as a process writes them, taken back afterwards."""
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging("DEBUG", "json")
    yield output
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def test_logs_hold_no_secret_no_user_and_no_text(
    bench: Bench, written: io.StringIO
) -> None:
    zalo, graph = bench.platforms.zalo, bench.platforms.graph
    zalo.faults.planned = ["drop", "refuse", "cut"]
    zalo.refresh_token, zalo.expires_at = "broken", bench.clock()
    for platform in (zalo, graph, bench.platforms.bot):
        await bench.deliver(platform.text("user-4711", "số tôi 0912345678 bí mật"))
    forged = zalo.text("user-4711", "giả mạo")
    await bench.deliver(
        replace(forged, headers=forged.headers | {"x-zevent-signature": "x"})
    )
    bench.rasa.status = 500
    for _ in range(4):
        await bench.work()
        bench.clock.advance(minutes=2)
    logged = written.getvalue()
    assert "channel_alarm" in logged and "forged_wrong_signature" in logged
    for secret in (
        "user-4711", "0912345678", "bí mật", "giả mạo", "access-0", "broken",
        OA_SECRET_KEY, graph.page_token, "token-of-the-stand-in", "secret-of-the-stand-in",
    ):  # fmt: skip
        assert secret not in logged
        assert json.dumps(secret)[1:-1] not in logged


async def test_nothing_is_left_readable_in_the_tables(bench: Bench) -> None:
    bench.platforms.zalo.faults.outage = True
    await bench.hear(bench.platforms.zalo.text("user-77", "số của tôi là 0912345678"))
    await bench.deliver(bench.platforms.zalo.text("user-77", "bí mật"))
    with bench.engine.connect() as connection:
        for table in (channel_events, channel_sends, channel_people):
            stored = str(connection.execute(select(table)).all())
            assert "user-77" not in stored and "0912345678" not in stored
            assert "bí mật" not in stored
    bench.platforms.zalo.faults.outage = False
    bench.clock.advance(minutes=1)
    await bench.work()
    with bench.engine.connect() as connection:
        rows = connection.execute(select(channel_events.c.sealed)).scalars().all()
        rows += connection.execute(select(channel_sends.c.sealed)).scalars().all()
    assert set(rows) == {None}


def stored(bench: Bench, table: Table) -> list[Any]:
    with bench.engine.connect() as connection:
        return list(connection.execute(select(table)).all())


async def test_old_rows_are_removed(bench: Bench) -> None:
    await bench.hear(bench.platforms.zalo.text("u1", "chào"))
    bench.clock.advance(days=8)
    await bench.hub.store.purge()
    assert stored(bench, channel_sends) == stored(bench, channel_events) == []
    bench.clock.now += timedelta(days=90)
    await bench.hub.store.purge()
    with bench.engine.connect() as connection:
        assert connection.execute(select(channel_people)).all() == []

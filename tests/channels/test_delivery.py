"""Exactly one answer, in order, whatever fails and whenever a process dies."""

import json
import sqlite3
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.channels.spool import Spool
from bot.channels.store import LEASE
from bot.storage import inbox
from bot.storage.channel_tables import channel_events, channel_people, channel_sends
from tests.channels.conftest import Bench
from tests.gateway.rasa import reply
from tests.simulators.ladder import Ladder
from tests.simulators.traffic import Webhook

pytestmark = pytest.mark.anyio


def states(bench: Bench, table=channel_sends) -> list[str]:
    with bench.engine.connect() as connection:
        return list(connection.execute(select(table.c.state)).scalars())


async def later(bench: Bench, **amount: float) -> None:
    bench.clock.advance(**amount)
    await bench.work()


async def test_messages_of_a_person_are_answered_in_the_order_they_were_sent(
    bench: Bench,
) -> None:
    zalo = bench.platforms.zalo
    first = zalo.text("u1", "một")
    bench.clock.advance(seconds=1)
    second = zalo.text("u1", "hai")
    await bench.deliver(second)
    await bench.deliver(first)
    await bench.work()
    assert [turn["text"] for turn in bench.rasa.turns] == ["một", "hai"]


@pytest.mark.parametrize("fault", ["refuse", "drop", "cut"])
@pytest.mark.parametrize("channel", ["zalo", "messenger"])
async def test_a_failed_call_is_repeated_and_answers_once(
    bench: Bench, fault: str, channel: str
) -> None:
    platform = getattr(bench.platforms, {"zalo": "zalo", "messenger": "graph"}[channel])
    platform.faults.planned = [fault]
    await bench.hear(platform.text("u1", "một"))
    await bench.hear(platform.text("u1", "hai"))
    assert len(platform.sent) == (1 if fault == "cut" else 0)
    await later(bench, seconds=10)
    await later(bench, seconds=10)
    assert [to for to, _, _ in platform.sent] == ["u1", "u1"]
    assert states(bench) == ["done", "done"]


async def test_an_echo_settles_a_call_that_was_cut_off(bench: Bench) -> None:
    graph = bench.platforms.graph
    graph.faults.planned = ["cut"]
    await bench.hear(graph.text("p1", "chào"))
    assert states(bench) == ["waiting"]
    await bench.hear_echoes()
    assert states(bench) == ["done"]
    await later(bench, minutes=5)
    assert len(graph.sent) == 1


async def test_the_bot_platform_cannot_be_asked_so_an_answer_may_come_twice(
    bench: Bench,
) -> None:
    bench.platforms.bot.faults.planned = ["cut"]
    await bench.hear(bench.platforms.bot.text("b1", "chào"))
    await later(bench, seconds=10)
    assert len(bench.bot("b1")) == 2


async def test_a_worker_that_dies_while_it_answers(bench: Bench) -> None:
    await bench.deliver(bench.platforms.zalo.text("u1", "chào"))
    await bench.hub.receiver.copy()
    (event,) = await bench.hub.store.claim_events(8)
    await bench.work()
    assert bench.zalo("u1") == []
    bench.clock.advance(seconds=LEASE.total_seconds() + 1)
    await bench.work()
    # The one that was believed dead comes back late.
    await bench.hub.worker._answer(event)
    await bench.work()
    assert len(bench.zalo("u1")) == len(bench.rasa.turns) == 1


async def test_a_worker_that_dies_after_the_turn(bench: Bench, monkeypatch) -> None:
    async def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bench.hub.store, "finish", die)
        await bench.deliver(bench.platforms.zalo.text("u1", "chào"))
        with pytest.raises(KeyboardInterrupt):
            await bench.work()
    bench.clock.advance(seconds=LEASE.total_seconds() + 1)
    await bench.work()
    assert len(bench.zalo("u1")) == len(bench.rasa.turns) == 1


@pytest.mark.parametrize("platform", ["zalo", "graph"])
async def test_a_worker_that_dies_after_sending(
    bench: Bench, monkeypatch, platform: str
) -> None:
    async def die(*_: object) -> None:
        raise KeyboardInterrupt

    stand_in = getattr(bench.platforms, platform)
    with monkeypatch.context() as patch:
        patch.setattr(bench.hub.store, "sent", die)
        await bench.deliver(stand_in.text("u1", "chào"))
        with pytest.raises(KeyboardInterrupt):
            await bench.work()
    bench.clock.advance(seconds=LEASE.total_seconds() + 1)
    await bench.work()
    assert len(stand_in.sent) == 1 and states(bench) == ["done"]


async def test_the_same_answer_twice_is_two_messages(bench: Bench) -> None:
    zalo = bench.platforms.zalo
    await bench.hear(zalo.text("u1", "chào"))
    zalo.faults.planned = ["cut"]
    await bench.hear(zalo.text("u1", "chào"))
    await later(bench, seconds=10)
    zalo.faults.planned = ["drop"]
    await bench.hear(zalo.text("u1", "chào"))
    await later(bench, seconds=10)
    assert len(bench.zalo("u1")) == 3


async def test_an_outage_loses_nothing_and_keeps_the_order(bench: Bench) -> None:
    zalo = bench.platforms.zalo
    zalo.faults.outage = True
    texts = ["một", "hai", "ba"]
    for text in texts:
        bench.rasa.replies = [reply(text)]
        await bench.hear(zalo.text("u1", text))
    for _ in range(6):
        await later(bench, minutes=10)
    assert bench.zalo("u1") == []
    zalo.faults.outage = False
    await later(bench, minutes=11)
    assert [message["text"] for message in bench.zalo("u1")] == texts


async def test_rasa_may_restart_before_the_person_hears_of_it(bench: Bench) -> None:
    bench.rasa.error = aiohttp.ServerDisconnectedError()
    await bench.hear(bench.platforms.zalo.text("u1", "chào"))
    await later(bench, seconds=5)
    assert bench.zalo("u1") == []
    bench.rasa.error = None
    await later(bench, seconds=10)
    assert bench.zalo("u1") == [{"text": "Chào bạn"}]


async def test_after_a_while_the_person_is_told(bench: Bench) -> None:
    bench.rasa.error = aiohttp.ServerDisconnectedError()
    await bench.hear(bench.platforms.zalo.text("u1", "chào"))
    await later(bench, seconds=91)
    (notice,) = bench.zalo("u1")
    assert "trục trặc" in notice["text"]


async def test_a_message_the_platform_finds_wrong_is_kept_and_can_be_replayed(
    bench: Bench,
) -> None:
    zalo = bench.platforms.zalo
    bench.rasa.replies = [reply("a")]
    long = zalo.text("u1", "chào")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.channels.zalo.messages.LONGEST_TEXT", 5000)
        bench.rasa.replies = [reply("dài " * 600)]
        await bench.hear(long)
    assert states(bench) == ["dead"]
    # What comes after it is not held up.
    bench.rasa.replies = [reply("b")]
    await bench.hear(zalo.text("u1", "tiếp"))
    assert [message["text"] for message in bench.zalo("u1")] == ["b"]


async def test_who_blocked_the_account_is_dropped(bench: Bench) -> None:
    bench.platforms.zalo.blocked.add("u1")
    await bench.hear(bench.platforms.zalo.text("u1", "chào"))
    assert states(bench) == ["dropped"]


async def test_who_leaves_gets_nothing_more(bench: Bench) -> None:
    zalo = bench.platforms.zalo
    zalo.faults.planned = ["drop"]
    await bench.hear(zalo.text("u1", "chào"))
    leave = json.loads(zalo.follow("u1").body) | {"event_name": "unfollow"}
    await bench.hear(zalo.webhook(leave))
    await later(bench, minutes=1)
    assert bench.zalo("u1") == []
    with bench.engine.connect() as connection:
        assert connection.execute(select(channel_people)).all() == []


async def test_an_event_that_always_crashes_is_buried_and_replayed(
    bench: Bench, monkeypatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("bot.channels.zalo.channel.ZaloChannel.render", lambda *_: 1 / 0)
        await bench.hear(bench.platforms.zalo.text("u1", "chào"))
        for _ in range(6):
            await later(bench, seconds=10)
    assert states(bench, channel_events) == ["dead"]
    with bench.engine.begin() as connection:
        (letter,) = inbox.queue.dead(connection)
        assert (letter.error, letter.attempts) == ("ZeroDivisionError", 5)
        assert inbox.queue.replay(connection, bench.clock(), None) == 1
    await bench.work()
    assert len(bench.zalo("u1")) == len(bench.rasa.turns) == 1


@pytest.mark.parametrize("spooled", [True, False])
async def test_a_call_that_cannot_be_stored_is_not_acknowledged(
    bench: Bench, monkeypatch, spooled: bool
) -> None:
    def fail(*_: object, **__: object) -> None:
        if spooled:
            raise sqlite3.OperationalError("disk full")
        raise OperationalError("insert", {}, Exception("disk full"))

    if not spooled:
        bench.hub.receiver.close()
        monkeypatch.setattr(bench.hub.receiver, "_spool", None)
        monkeypatch.setattr(bench.hub.receiver, "copy", _nothing)
    call = bench.platforms.zalo.text("u1", "chào")

    async def post(webhook: Webhook) -> int:
        return await bench.deliver(webhook)

    ladder = Ladder(bench.clock, post)
    with monkeypatch.context() as patch:
        patch.setattr(*((Spool, "add") if spooled else (inbox, "keep")), fail)
        await ladder.deliver(call)
    assert ladder.statuses == [503]
    bench.clock.advance(seconds=30)
    await ladder.deliver_due()
    await bench.work()
    assert ladder.statuses == [503, 200] and len(bench.zalo("u1")) == 1


async def _nothing() -> None:
    return None


async def test_a_process_that_dies_while_it_copies_the_spool(
    bench: Bench, monkeypatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    receiver = bench.hub.receiver
    await bench.deliver(bench.platforms.zalo.text("u1", "chào"))
    with monkeypatch.context() as patch:
        patch.setattr("bot.channels.receiver.people.set_mark", die)
        with pytest.raises(KeyboardInterrupt):
            await receiver.copy()
    assert states(bench, channel_events) == []
    await bench.work()
    assert len(bench.zalo("u1")) == 1
    spool = Spool(Path(f"{bench.engine.url.database}-calls"))
    assert spool.after(0) is not None
    receiver._remove_copied()
    assert spool.after(0) is None
    spool.close()


async def test_a_person_who_floods_is_not_answered_for_a_while(bench: Bench) -> None:
    bench.hub.worker._answering._rate._amount = 2
    for _ in range(4):
        await bench.hear(bench.platforms.zalo.text("u1", "chào"))
    assert len(bench.zalo("u1")) == 2

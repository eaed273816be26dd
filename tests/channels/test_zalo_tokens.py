"""Rotating tokens: one owner, committed before use, sealed, an alarm when refused."""

import json

import anyio
import pytest
from sqlalchemy import select

from bot.channels.calls import CallError
from bot.channels.zalo.tokens import ZaloTokenError
from bot.storage import channel_tokens as rows
from bot.storage.channel_tokens import channel_tokens
from tests.channels.conftest import Bench

pytestmark = pytest.mark.anyio


async def test_an_expired_token_is_refreshed_and_the_message_sent_once(
    bench: Bench,
) -> None:
    bench.platforms.zalo.expires_at = bench.clock()
    await bench.hear(bench.platforms.zalo.text("u1", "chào"))
    assert len(bench.zalo("u1")) == bench.platforms.zalo.refreshes == 1


async def test_many_sends_refresh_once(bench: Bench) -> None:
    bench.platforms.zalo.expires_at = bench.clock()
    tokens = bench.hub.tokens
    version, _ = await tokens.current()
    found: set[tuple[int, str]] = set()

    async def renew() -> None:
        found.add(await tokens.renew(version))

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(renew)
    assert bench.platforms.zalo.refreshes == len(found) == 1


async def test_the_token_is_refreshed_before_it_ends(bench: Bench) -> None:
    worker, zalo = bench.hub.worker, bench.platforms.zalo
    bench.clock.advance(hours=19)
    await worker.refresh_tokens()
    assert zalo.refreshes == 0
    bench.clock.advance(hours=1)
    await worker.refresh_tokens()
    await worker.refresh_tokens()
    assert zalo.refreshes == 1


async def test_the_new_pair_is_stored_with_the_one_before(bench: Bench) -> None:
    version, before = await bench.hub.tokens.current()
    await bench.hub.tokens.renew(version)
    with bench.engine.connect() as connection:
        row = connection.execute(select(channel_tokens)).one()
    seal = bench.hub.seal
    assert json.loads(seal.open(row.previous))["access_token"] == before
    stored = json.loads(seal.open(row.sealed))
    assert stored["refresh_token"] == bench.platforms.zalo.refresh_token
    assert before.encode() not in row.previous and b"refresh" not in row.sealed


async def test_another_process_holds_the_lease(bench: Bench, monkeypatch) -> None:
    monkeypatch.setattr("bot.channels.zalo.tokens._LOOKS", 2)
    monkeypatch.setattr("bot.channels.zalo.tokens._LOOK_SECONDS", 0)
    version, _ = await bench.hub.tokens.current()
    with bench.engine.begin() as connection:
        assert rows.lease(
            connection, "zalo", version=version, at=bench.clock(), seconds=30
        )
    with pytest.raises(ZaloTokenError) as failure:
        await bench.hub.tokens.renew(version)
    assert not failure.value.refused and bench.platforms.zalo.refreshes == 0
    bench.clock.advance(seconds=31)
    await bench.hub.tokens.renew(version)
    assert bench.platforms.zalo.refreshes == 1


async def test_a_refused_refresh_is_an_alarm_and_loses_no_answer(bench: Bench) -> None:
    zalo = bench.platforms.zalo
    zalo.expires_at = bench.clock()
    good, zalo.refresh_token = zalo.refresh_token, "somebody-else-used-it"
    await bench.hear(zalo.text("u1", "chào"))
    assert bench.zalo("u1") == []
    text = bench.services.metrics.text().decode()
    assert 'ictbot_channel_alarms_total{channel="zalo",reason="token_refused"}' in text
    zalo.refresh_token = good
    await bench.hub.tokens.log_in(
        {"grant_type": "refresh_token", "refresh_token": good}
    )
    bench.clock.advance(minutes=2)
    await bench.work()
    assert len(bench.zalo("u1")) == 1


async def test_an_unreachable_oauth_server_is_no_refusal(
    bench: Bench, monkeypatch
) -> None:
    version, _ = await bench.hub.tokens.current()
    with monkeypatch.context() as patch:
        patch.setattr("bot.channels.zalo.tokens.read_json", _unreachable)
        with pytest.raises(ZaloTokenError) as failure:
            await bench.hub.tokens.renew(version)
    assert not failure.value.refused
    await bench.hub.tokens.renew(version)
    assert bench.platforms.zalo.refreshes == 1


async def _unreachable(*_: object, **__: object) -> None:
    raise CallError("unreachable", reached=False)


async def test_a_code_logs_in(bench: Bench) -> None:
    grant = {
        "grant_type": "authorization_code",
        "code": "code-of-the-stand-in",
        "code_verifier": "v" * 43,
    }
    await bench.hub.tokens.log_in(grant)
    _, token = await bench.hub.tokens.current()
    assert token == bench.platforms.zalo.access_token
    with pytest.raises(ZaloTokenError, match="ictbot zalo login"):
        await bench.hub.tokens.log_in(grant | {"code": "used"})

"""Old conversations go, fresh ones stay."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.storage.conversation_tables import Turn, conversations
from bot.storage.conversations import record
from bot.storage.retention import purge
from tests.conftest import FixedClock


def say(engine: Engine, name: str, clock: FixedClock) -> None:
    turn = Turn(
        id=f"m-{name}",
        conversation_id=name,
        channel="web",
        client_key=None,
        text="kế hoạch 06 là gì",
        replies=[],
        offers=[],
        failed=False,
    )
    with engine.begin() as connection:
        record(connection, turn, clock())


def test_purge_erases_only_what_is_too_old(
    any_engine: Engine, clock: FixedClock
) -> None:
    say(any_engine, "old", clock)
    clock.advance(days=89)
    say(any_engine, "fresh", clock)
    clock.advance(days=2)
    assert purge(any_engine, clock() - timedelta(days=90)) == 1
    with any_engine.connect() as connection:
        left = list(connection.execute(select(conversations.c.id)).scalars())
    assert left == ["fresh"]

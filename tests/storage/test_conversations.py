"""Queries of conversations, on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.storage import conversations as rows
from bot.storage import trackers
from bot.storage.conversation_tables import (
    Offer,
    Turn,
    conversations,
    feedback,
    messages,
)
from tests.conftest import FixedClock

HELLO = [{"kind": "answer", "text": "Chào bạn", "topic": "chitchat/greet"}]
CHOICE = Offer("c1", "Học phí", {"intent": "study_tuition", "entities": {}}, True)


def turn(
    message_id: str,
    conversation_id: str = "mine",
    *,
    key: str | None = None,
    offers: list[Offer] | None = None,
    failed: bool = False,
    replaces: str | None = None,
) -> Turn:
    return Turn(
        id=message_id,
        conversation_id=conversation_id,
        channel="web",
        client_key=key,
        text="xin chào",
        replies=HELLO,
        offers=offers or [],
        failed=failed,
        replaces=replaces,
    )


def count(connection: Connection) -> dict[str, int]:
    tables = (conversations, messages, feedback, trackers.trackers)
    return {
        table.name: connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
        for table in tables
    }


def test_a_turn_is_found_by_its_client_key(
    any_engine: Engine, clock: FixedClock
) -> None:
    with any_engine.begin() as connection:
        rows.record(connection, turn("m1", key="k"), clock())
    with any_engine.connect() as connection:
        stored = rows.answered(connection, "mine", "k")
        assert stored is not None
        assert (stored.id, stored.text, stored.replies) == ("m1", "xin chào", HELLO)
        assert stored.at == clock()
        assert rows.answered(connection, "other", "k") is None


def test_a_client_key_is_stored_once(any_engine: Engine, clock: FixedClock) -> None:
    with any_engine.begin() as connection:
        rows.record(connection, turn("m1", key="k"), clock())
    with pytest.raises(IntegrityError), any_engine.begin() as connection:
        rows.record(connection, turn("m2", key="k"), clock())


def test_a_second_try_takes_the_place_of_a_failed_turn(
    any_engine: Engine, clock: FixedClock
) -> None:
    with any_engine.begin() as connection:
        rows.record(connection, turn("m1", key="k", failed=True), clock())
        rows.record(
            connection, turn("m2", key="k", offers=[CHOICE], replaces="m1"), clock()
        )
        found = rows.history(connection, "mine", after=None, limit=10)
        assert [(message.id, message.failed) for message in found] == [("m2", False)]
        assert rows.offers(connection, "mine", 1) == [CHOICE]


def test_offers_outlive_a_failed_turn(any_engine: Engine, clock: FixedClock) -> None:
    with any_engine.begin() as connection:
        rows.record(connection, turn("m1", offers=[CHOICE]), clock())
        rows.record(connection, turn("m2", failed=True), clock())
        assert rows.offers(connection, "mine", 1) == [CHOICE]
        rows.record(connection, turn("m3"), clock())
        assert rows.offers(connection, "mine", 1) == []
        assert rows.offers(connection, "mine", 2) == [CHOICE]
        assert rows.offers(connection, "other", 2) == []


def test_history_is_in_order_and_limited(any_engine: Engine, clock: FixedClock) -> None:
    with any_engine.begin() as connection:
        for number in range(5):
            clock.advance(seconds=1)
            rows.record(connection, turn(f"m{number}"), clock())
        newest = rows.history(connection, "mine", after=None, limit=2)
        assert [message.id for message in newest] == ["m3", "m4"]
        place = rows.sequence_of(connection, "mine", "m1")
        following = rows.history(connection, "mine", after=place, limit=2)
        assert [message.id for message in following] == ["m2", "m3"]
        assert following[1].at - following[0].at == timedelta(seconds=1)
        assert rows.sequence_of(connection, "other", "m1") is None


def test_later_replies_belong_to_a_conversation(
    any_engine: Engine, clock: FixedClock
) -> None:
    with any_engine.begin() as connection:
        kept = {"replies": HELLO, "at": clock()}
        assert not rows.record_later(
            connection, message_id="l0", conversation_id="nobody", **kept
        )
        rows.record(connection, turn("m1"), clock())
        place = rows.last_place(connection)
        assert rows.record_later(
            connection, message_id="l1", conversation_id="mine", **kept
        )
        found = rows.later(connection, "mine", place)
        assert [(message.id, message.text) for message in found] == [("l1", None)]
        assert rows.conversations_answered_later(connection, place) == [
            (found[0].seq, "mine")
        ]
        assert rows.later(connection, "mine", found[0].seq) == []


def test_a_second_rating_replaces_the_first(
    any_engine: Engine, clock: FixedClock
) -> None:
    with any_engine.begin() as connection:
        rows.record(connection, turn("m1"), clock())
        for rating, comment in (("up", None), ("down", "sai năm")):
            rows.rate(
                connection, message_id="m1", rating=rating, comment=comment, at=clock()
            )
        stored = connection.execute(select(feedback.c.rating, feedback.c.comment)).all()
        assert [tuple(row) for row in stored] == [("down", "sai năm")]


def test_erasing_leaves_nothing_of_one_and_all_of_others(
    any_engine: Engine, clock: FixedClock
) -> None:
    with any_engine.begin() as connection:
        for owner in ("mine", "other"):
            rows.record(connection, turn(f"m-{owner}", owner), clock())
            rows.rate(
                connection,
                message_id=f"m-{owner}",
                rating="up",
                comment=None,
                at=clock(),
            )
            trackers.write(connection, owner, b"events", clock())
    with any_engine.begin() as connection:
        rows.erase(connection, "mine")
        assert set(count(connection).values()) == {1}
        assert rows.history(connection, "mine", after=None, limit=10) == []
        assert trackers.read(connection, "mine") is None


def test_numbers_of_erased_messages_are_not_used_again(
    any_engine: Engine, clock: FixedClock
) -> None:
    with any_engine.begin() as connection:
        rows.record(connection, turn("m1"), clock())
        place = rows.last_place(connection)
        rows.erase(connection, "mine")
        rows.record(connection, turn("m2"), clock())
        assert rows.last_place(connection) > place

"""The queues of the channels on both databases: once, in order, leased."""

import threading
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot.storage import channel_people, channel_tokens, inbox, outbox
from bot.storage.channel_tables import channel_events
from bot.storage.inbox import Arrival
from bot.storage.outbox import NewSend

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=timezone.utc)
LEASE = timedelta(seconds=30)


def arrival(key: str, person: str = "p1", seconds: float = 0.0) -> Arrival:
    at = NOW + timedelta(seconds=seconds)
    return Arrival("zalo", key, person, "text", b"sealed", at)


def keep(engine: Engine, *arrivals: Arrival) -> int:
    with engine.begin() as connection:
        return inbox.keep(connection, arrivals, at=NOW, due_at=NOW)


def claim(engine: Engine, at: datetime = NOW, limit: int = 8) -> list[str]:
    with engine.begin() as connection:
        found = inbox.claim(connection, at=at, lease=LEASE, limit=limit)
        return [event.event_key for event in found]


def send(engine: Engine, *sends: NewSend) -> int:
    with engine.begin() as connection:
        return outbox.add(connection, sends, NOW)


def test_an_event_is_kept_once(any_engine: Engine) -> None:
    assert keep(any_engine, arrival("a"), arrival("b"), arrival("a")) == 2
    assert keep(any_engine, arrival("b"), arrival("c")) == 1
    many = [arrival(f"m{place}") for place in range(1200)]
    assert keep(any_engine, *many) == 1200


def test_the_earliest_of_each_person_comes_first_and_alone(any_engine: Engine) -> None:
    keep(
        any_engine,
        arrival("b2", "p1", 2),
        arrival("b1", "p1", 1),
        arrival("c1", "p2", 5),
    )
    assert sorted(claim(any_engine)) == ["b1", "c1"]
    assert claim(any_engine) == []
    # Sent earlier, but it came while another one is being answered.
    keep(any_engine, arrival("b0", "p1", 0))
    assert claim(any_engine) == []
    with any_engine.begin() as connection:
        seqs = {it.event_key: it.seq for it in _all(connection)}
        assert inbox.finish(connection, seqs["b1"])
        assert not inbox.finish(connection, seqs["b1"])
    assert claim(any_engine) == ["b0"]


def _all(connection: Connection) -> list[Any]:
    return list(connection.execute(select(channel_events)).all())


def test_a_lease_ends(any_engine: Engine) -> None:
    keep(any_engine, arrival("a"))
    assert claim(any_engine) == ["a"]
    assert claim(any_engine, NOW + LEASE - timedelta(seconds=1)) == []
    assert claim(any_engine, NOW + LEASE) == ["a"]


def test_a_message_that_waits_holds_back_those_after_it(any_engine: Engine) -> None:
    keep(any_engine, arrival("a", seconds=0), arrival("b", seconds=1))
    with any_engine.begin() as connection:
        (event,) = inbox.claim(connection, at=NOW, lease=LEASE, limit=8)
        later = NOW + timedelta(minutes=1)
        inbox.put_back(connection, event.seq, due_at=later, error="x")
        assert inbox.queue.next_due(connection, NOW) == NOW
    assert claim(any_engine) == []
    assert claim(any_engine, later) == ["a"]


def test_workers_never_lease_the_same_or_one_person_twice(any_engine: Engine) -> None:
    keep(
        any_engine,
        *(
            arrival(f"{person}-{place}", person, place)
            for person in "abcdefgh"
            for place in range(3)
        ),
    )
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.extend(_claim_often(any_engine)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len({key[0] for key in found}) == 8
    assert all(key.endswith("-0") for key in found)


def _claim_often(engine: Engine) -> list[str]:
    # Who loses the race for a row gets nothing that time.
    return [key for _ in range(8) for key in claim(engine, limit=2)]


def test_a_message_is_added_once_and_sent_in_order(any_engine: Engine) -> None:
    parts = [NewSend("zalo", "p1", "r1", part, b"sealed") for part in range(2)]
    assert send(any_engine, *parts) == 2
    assert send(any_engine, *parts) == 0
    for expected in ([False], []):
        with any_engine.begin() as connection:
            found = outbox.claim(connection, at=NOW, lease=LEASE, limit=8)
        assert [it.doubtful for it in found] == expected


def test_a_call_that_was_begun_is_doubtful(any_engine: Engine) -> None:
    send(any_engine, NewSend("zalo", "p1", "r1", 0, b"sealed"))
    after = NOW + LEASE
    with any_engine.begin() as connection:
        outbox.claim(connection, at=NOW, lease=LEASE, limit=8)
    with any_engine.begin() as connection:
        (again,) = outbox.claim(connection, at=after, lease=LEASE, limit=8)
        assert again.doubtful and again.attempts == 2
        outbox.put_back(connection, again.seq, due_at=after, doubtful=False, error="x")
    with any_engine.begin() as connection:
        (third,) = outbox.claim(connection, at=after, lease=LEASE, limit=8)
        assert not third.doubtful
        outbox.sent(connection, third.seq, "m1")
        assert outbox.known_ids(connection, "p1") == {"m1"}


def test_dead_letters_are_listed_and_replayed(any_engine: Engine) -> None:
    send(any_engine, *(NewSend("zalo", f"p{it}", "r", 0, b"sealed") for it in range(2)))
    with any_engine.begin() as connection:
        for it in outbox.claim(connection, at=NOW, lease=LEASE, limit=8):
            outbox.queue.bury(connection, it.seq, error="zalo_-201")
    with any_engine.begin() as connection:
        letters = outbox.queue.dead(connection)
        assert [letter.error for letter in letters] == ["zalo_-201"] * 2
        assert outbox.queue.replay(connection, NOW, [letters[0].seq]) == 1
        assert outbox.queue.waiting(connection) == 1
        assert outbox.queue.replay(connection, NOW, None) == 1


def test_a_token_is_leased_by_one_and_replaced_at_once(any_engine: Engine) -> None:
    pair = {"sealed": b"one", "expires_at": NOW + timedelta(hours=25), "at": NOW}
    with any_engine.begin() as connection:
        channel_tokens.replace(connection, "zalo", **pair)
        lease = {"version": 1, "at": NOW, "seconds": 30.0}
        assert channel_tokens.lease(connection, "zalo", **lease)
        assert not channel_tokens.lease(connection, "zalo", **lease)
        channel_tokens.replace(connection, "zalo", **pair | {"sealed": b"two"})
        row = channel_tokens.read(connection, "zalo")
    assert row is not None and (row.version, row.sealed) == (2, b"two")


def test_the_last_moment_of_a_person_never_goes_back(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        for minutes in (5, 3):
            channel_people.remember(
                connection,
                person="p1",
                channel="zalo",
                sealed=b"u",
                at=NOW + timedelta(minutes=minutes),
            )
        found = channel_people.find(connection, "p1")
        channel_people.set_mark(connection, "later", 3)
        channel_people.set_mark(connection, "later", 7)
        assert channel_people.mark(connection, "later") == 7
    assert found is not None and found.last_at == NOW + timedelta(minutes=5)

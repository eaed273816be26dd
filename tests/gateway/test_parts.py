"""Lanes, rates, client addresses and settings, each by itself."""

import anyio
import pytest
from starlette.requests import HTTPConnection

from bot.errors import SettingsError
from bot.gateway.clients import Clients
from bot.gateway.lanes import MOST_WAITING, Lanes
from bot.gateway.problems import Problem
from bot.gateway.rates import Rate


class Seconds:
    def __init__(self) -> None:
        self.now = 120.0

    def __call__(self) -> float:
        return self.now


def test_a_rate_refuses_and_says_how_long() -> None:
    seconds = Seconds()
    rate = Rate("2/minute", seconds)
    assert [rate.hit("a"), rate.hit("a")] == [None, None]
    seconds.now += 20
    assert rate.hit("a") == 40
    assert rate.hit("b") is None
    seconds.now += 40
    assert rate.hit("a") is None


def test_a_rate_that_cannot_be_read_is_named() -> None:
    with pytest.raises(SettingsError, match="lots"):
        Rate("lots")


def connection(peer: str, *forwarded: str) -> HTTPConnection:
    return HTTPConnection(
        {
            "type": "http",
            "client": (peer, 1),
            "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded],
        }
    )


@pytest.mark.parametrize(
    ("peer", "forwarded", "key"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("10.0.0.2", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["6.6.6.6, 198.51.100.1, 10.0.0.3"], "198.51.100.1"),
        ("10.0.0.2", ["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["nonsense"], "10.0.0.2"),
        ("10.0.0.2", [], "10.0.0.2"),
        ("2001:db8:1:2:3::4", [], "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", [], "203.0.113.7"),
    ],
)
def test_only_trusted_proxies_say_who_calls(
    peer: str, forwarded: list[str], key: str
) -> None:
    assert Clients(["10.0.0.0/8"]).key(connection(peer, *forwarded)) == key


@pytest.mark.parametrize(
    ("peer", "forwarded", "local"),
    [
        ("127.0.0.1", [], True),
        ("192.168.1.5", [], True),
        ("8.8.8.8", [], False),
        ("192.168.1.5", ["8.8.8.8"], False),
        ("10.0.0.2", ["8.8.8.8"], False),
        ("10.0.0.2", ["10.0.0.9"], True),
    ],
)
def test_what_was_forwarded_is_local_only_through_a_trusted_proxy(
    peer: str, forwarded: list[str], local: bool
) -> None:
    assert Clients(["10.0.0.0/8"]).is_local(connection(peer, *forwarded)) is local


def test_a_proxy_that_is_no_address_is_named() -> None:
    with pytest.raises(SettingsError, match="proxy local"):
        Clients(["proxy local"])


@pytest.mark.anyio
async def test_turns_run_one_by_one_in_order_and_a_crowd_is_refused() -> None:
    lanes, events = Lanes(), []
    go = anyio.Event()

    async def turn(number: int) -> None:
        try:
            async with lanes.enter("c"):
                events.append(f"start {number}")
                await go.wait()
                events.append(f"end {number}")
        except Problem as problem:
            assert (problem.status, problem.problem) == (429, "turn_in_flight")
            assert problem.retry_after
            events.append(f"refused {number}")

    async with anyio.create_task_group() as tasks:
        for number in range(MOST_WAITING + 2):
            tasks.start_soon(turn, number)
        await anyio.wait_all_tasks_blocked()
        assert sorted(events) == ["refused 4", "start 0"]
        go.set()
    assert events[2:] == [
        "end 0",
        *(f"{step} {number}" for number in (1, 2, 3) for step in ("start", "end")),
    ]


@pytest.mark.anyio
async def test_nobody_waits_forever() -> None:
    lanes = Lanes(longest_wait=0.01)

    async def second() -> None:
        with pytest.raises(Problem, match="turn_in_flight"):
            async with lanes.enter("c"):
                raise AssertionError("two turns at once")

    async with lanes.enter("c"), anyio.create_task_group() as tasks:
        tasks.start_soon(second)
        async with lanes.enter("other"):
            pass
    async with lanes.enter("c"):
        pass

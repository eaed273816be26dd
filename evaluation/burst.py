"""A burst of webhooks: how fast are they acknowledged, and is any lost?

``python -m evaluation.burst``. 200 calls a second for 60 s, half Zalo and half Messenger,
beside an empty handler on the same server, driven by the same client in the same run. A
call is timed from when it should have begun, so that a slow client or server shows.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

from bot.clock import utc_now
from evaluation.bench.http import Caller
from evaluation.bench.processes import ROOT, Process, Town, free_port, wait_for
from tests.simulators.platforms import Platforms
from tests.simulators.traffic import Webhook

PEOPLE = 2000


def make_calls(count: int, platforms: Platforms) -> list[Webhook]:
    calls = []
    for place in range(count):
        user = f"u{place % PEOPLE}"
        stand_in = platforms.zalo if place % 2 else platforms.graph
        calls.append(stand_in.text(user, f"{user} câu {place}"))
    return calls


async def drive(
    port: int, calls: list[Webhook], rate: float
) -> tuple[list[float], Counter[int]]:
    """Return the seconds each call took, and the statuses."""
    took: list[float] = []
    statuses: Counter[int] = Counter()
    caller = Caller(port)
    started = asyncio.get_running_loop().time() + 0.2

    async def call(place: int, webhook: Webhook) -> None:
        due = started + place / rate
        status = await caller.post(webhook)
        took.append(asyncio.get_running_loop().time() - due)
        statuses[status] += 1

    tasks = []
    for place, webhook in enumerate(calls):
        wait = started + place / rate - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(call(place, webhook)))
    await asyncio.gather(*tasks)
    await caller.close()
    return took, statuses


async def _together(
    port: int, empty_port: int, calls: list[Webhook], options: argparse.Namespace
) -> list[tuple[list[float], Counter[int]]]:
    """Drive the burst, and an empty handler ten times more slowly beside it.

    The second shows what the machine itself does to latencies at that time.
    """
    return await asyncio.gather(
        drive(port, calls, options.rate),
        drive(empty_port, calls[::10], options.rate / 10),
    )


def show(name: str, took: list[float], statuses: Counter[int]) -> None:
    ordered = sorted(took)

    def at(share: float) -> str:
        place = min(len(ordered) - 1, int(len(ordered) * share))
        return f"{ordered[place] * 1000:7.1f} ms"

    print(
        f"{name:16} p50 {at(0.5)}  p95 {at(0.95)}  p99 {at(0.99)}  "
        f"max {at(1.0)}  {dict(statuses)}",
        flush=True,
    )


def await_answers(port: int, count: int, seconds: float) -> tuple[int, int]:
    """Return how many different answers, and how many in all, people got."""
    until, answers = time.monotonic() + seconds, [0, 0]
    while time.monotonic() < until and answers[0] < count:
        time.sleep(2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/answers") as found:
            answers = json.load(found)
    return answers[0], answers[1]


def run(options: argparse.Namespace, folder: Path) -> int:
    count = int(options.rate * options.seconds)
    platforms_port, empty_port = free_port(), free_port()
    python = [sys.executable, "-m"]
    side = {"PYTHONPATH": str(ROOT)}
    platforms = Process(
        [*python, "evaluation.bench.platforms", str(platforms_port), str(PEOPLE)],
        side,
        folder / "platforms.log",
    )
    empty = Process(
        [*python, "evaluation.bench.empty", str(empty_port)], side, folder / "empty.log"
    )
    town = Town(
        folder,
        platforms_port,
        database_url=options.database_url,
        settings={"ICTBOT_CHANNEL_WORKER": options.worker},
    )
    worker = Process(
        [*python, "bot.channels"], town.environment(), folder / "worker.log"
    )
    everything = [platforms, empty] + ([worker] if options.worker == "apart" else [])
    for process in everything:
        process.start()
    try:
        town.start()
        wait_for(f"http://127.0.0.1:{empty_port}/")
        wait_for(f"http://127.0.0.1:{platforms_port}/answers")
        calls = make_calls(count, Platforms(utc_now))
        some = calls[: int(options.rate * options.beside)]
        show("empty, alone", *asyncio.run(drive(empty_port, some, options.rate)))
        began = time.monotonic()
        found = asyncio.run(_together(town.gateway_port, empty_port, calls, options))
        (took, statuses), beside = found
        show("webhooks", took, statuses)
        show("empty, beside", *beside)
        different, sent = await_answers(platforms_port, count, 600)
        print(
            f"accepted {statuses[200]}  answered {different}  sent {sent}  "
            f"all answered {time.monotonic() - began:.0f} s after the first call"
        )
        return 0 if statuses[200] == different == sent else 1
    finally:
        town.stop()
        for process in everything:
            process.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=200.0, help="calls a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--beside", type=float, default=20.0, help="of the empty handler"
    )
    parser.add_argument(
        "--worker", choices=["child", "inside", "apart"], default="child"
    )
    parser.add_argument("--database-url", default="")
    with tempfile.TemporaryDirectory(prefix="burst-") as name:
        return run(parser.parse_args(), Path(name))


if __name__ == "__main__":
    sys.exit(main())

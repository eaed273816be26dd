"""Thousands of webhooks while everything fails: is each answered exactly once, in order?

``python -m evaluation.chaos`` (``make chaos``). Calls come shuffled and doubled, platforms
fail, a token expires, Rasa and the gateway are killed with ``-9``. Platforms repeat calls
after 1 to 30 s here instead of 30 s to 1 h.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from evaluation.bench.http import Caller
from evaluation.bench.processes import Town, free_port, served, wait_for
from tests.simulators.faults import CutError, Faults
from tests.simulators.platforms import Platforms
from tests.simulators.traffic import Webhook

REPEAT_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0)
QUIET_SECONDS = 240.0
#: From leasing a message to Rasa beginning its turn.
GRACE_SECONDS = 0.5


@dataclass
class Question:
    """A message of a person: place ``number`` of theirs."""

    user: str
    number: int
    call: Webhook
    platform: str
    accepted_at: float = 0.0

    @property
    def text(self) -> str:
        return f"{self.user} câu {self.number}"


class SteppingClock:
    """Moves on with each message, so that their timestamps have an order."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(timezone.utc) + self._offset


@dataclass
class Run:
    """One run and what it saw."""

    options: argparse.Namespace
    town: Town
    platforms: Platforms
    random: random.Random
    questions: list[Question] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    lost_calls: int = 0

    def make_questions(self) -> list[Question]:
        """Return the calls in the order they are made: doubled and shuffled."""
        unique = self.options.webhooks * 4 // 5
        people = [
            f"{'zp'[place % 2]}{place:04d}" for place in range(self.options.people)
        ]
        numbers: Counter[str] = Counter()
        start = time.time() - 60
        for place in range(unique):
            user = self.random.choice(people)
            numbers[user] += 1
            self.questions.append(
                self._question(user, numbers[user], start + place * 0.005)
            )
        doubled = self.random.choices(range(unique), k=self.options.webhooks - unique)
        calls = [(it, self.questions[it]) for it in [*range(unique), *doubled]]
        # A call may be overtaken by the 400 that follow it.
        calls.sort(key=lambda it: it[0] + self.random.uniform(0, 400))
        return [question for _, question in calls]

    def _question(self, user: str, number: int, at: float) -> Question:
        platform = "zalo" if user.startswith("z") else "graph"
        stand_in = getattr(self.platforms, platform)
        stand_in.clock = lambda: datetime.fromtimestamp(at, timezone.utc)
        call = stand_in.text(user, f"{user} câu {number}")
        stand_in.clock = SteppingClock()
        return Question(user, number, call, platform)

    async def play(self) -> None:
        calls = self.make_questions()
        self.caller = Caller(self.town.gateway_port)
        trouble = asyncio.create_task(self._trouble(len(calls)))
        echoes = asyncio.create_task(self._echo())
        started = asyncio.get_running_loop().time()
        tasks = []
        for place, question in enumerate(calls):
            due = started + place / self.options.rate
            await asyncio.sleep(max(0, due - asyncio.get_running_loop().time()))
            tasks.append(asyncio.create_task(self._deliver(question)))
        await asyncio.gather(*tasks)
        await trouble
        await self._settle()
        echoes.cancel()

    async def _deliver(self, question: Question) -> None:
        for wait in (*REPEAT_SECONDS, None):
            if await self._post(question.call):
                question.accepted_at = question.accepted_at or time.time()
                return
            if wait is None:
                self.lost_calls += 1
                return
            await asyncio.sleep(wait * self.random.uniform(0.8, 1.2))

    async def _post(self, call: Webhook, *, counted: bool = True) -> bool:
        try:
            status = await self.caller.post(call)
        except (OSError, EOFError, asyncio.TimeoutError) as error:
            self.statuses[type(error).__name__] += counted
            return False
        self.statuses[str(status)] += counted
        return status == 200

    async def _echo(self) -> None:
        while True:
            echoes, self.platforms.graph.echoes = self.platforms.graph.echoes, []
            for echo in echoes:
                if not await self._post(echo, counted=False):
                    self.platforms.graph.echoes.append(echo)
            await asyncio.sleep(0.2)

    async def _trouble(self, calls: int) -> None:
        seconds = calls / self.options.rate
        plan = [
            ("gateway", self.random.uniform(0.05, 0.95))
            for _ in range(self.options.kills)
        ]
        plan += [("rasa", self.random.uniform(0.1, 0.9)) for _ in range(2)]
        plan.append(("token", 0.5))
        passed = 0.0
        for what, share in sorted(plan, key=lambda it: it[1]):
            await asyncio.sleep(max(0.0, share * seconds - passed))
            passed = share * seconds
            await asyncio.to_thread(self._break, what)

    def _break(self, what: str) -> None:
        if what == "token":
            self.platforms.zalo.expires_at = datetime.now(timezone.utc)
            return
        process = getattr(self.town, what)
        process.kill()
        if what == "rasa":
            time.sleep(3)
        process.start()
        if what == "gateway":
            wait_for(f"{self.town.address}/healthz")

    async def _settle(self) -> None:
        until = time.monotonic() + QUIET_SECONDS
        while time.monotonic() < until:
            answered = sum(self.answers().values())
            if answered >= sum(1 for it in self.questions if it.accepted_at):
                # A second answer would come after the first.
                await asyncio.sleep(40)
                return
            await asyncio.sleep(1)

    def answers(self) -> Counter[str]:
        sent = [*self.platforms.zalo.sent, *self.platforms.graph.sent]
        return Counter(_question_of(message) for _, _, message in sent)


def _question_of(message: dict) -> str:
    text = message.get("text", "")
    return text.splitlines()[0].removeprefix("Trả lời: ") if text else ""


def report(run: Run) -> dict[str, object]:
    """Return the figures; ``lost``, ``repeated`` and ``overtaken`` must be 0."""
    accepted = [it for it in run.questions if it.accepted_at]
    answers = run.answers()
    texts = {it.text for it in accepted}
    turns = [
        json.loads(line) for line in run.town.turns.read_text().splitlines() if line
    ]
    overtaken, late = _order(run, accepted, turns)
    return {
        "webhook calls made": sum(run.statuses.values()),
        "statuses": dict(run.statuses),
        "unique messages": len(run.questions),
        "accepted": len(accepted),
        "never accepted": len(run.questions) - len(accepted),
        "answered exactly once": sum(answers[text] == 1 for text in texts),
        "lost": sum(answers[text] == 0 for text in texts),
        "repeated": sum(answers[text] > 1 for text in texts),
        "other messages sent": sum(answers[it] for it in answers.keys() - texts),
        "overtaken": overtaken,
        "accepted after a later one was being answered": late,
        "turns Rasa began twice (killed in the middle)": sum(
            count - 1 for count in Counter(turn[2] for turn in turns).values()
        ),
        "platform faults": run.platforms.zalo.faults.made
        + run.platforms.graph.faults.made,
        "token refreshes": run.platforms.zalo.refreshes,
        "gateway kills": run.town.gateway.kills,
        "Rasa kills": run.town.rasa.kills,
    }


def _order(run: Run, accepted: list[Question], turns: list) -> tuple[int, int]:
    """Count neighbours answered the wrong way round.

    Nobody can wait for a message that has not come: it is a fault only when the earlier
    message had been accepted before the turn of the later one began.
    """
    began: dict[str, float] = {}
    for at, _, text in turns:
        began.setdefault(text, at)
    by_text = {it.text: it for it in accepted}
    sent = defaultdict(list)
    for to, _, message in [*run.platforms.zalo.sent, *run.platforms.graph.sent]:
        question = by_text.get(_question_of(message))
        if question:
            sent[to].append(question)
    overtaken = late = 0
    for told in sent.values():
        for place, question in enumerate(told):
            for other in told[place + 1 :]:
                if other.number > question.number:
                    continue
                if other.accepted_at < began.get(question.text, 0.0) - GRACE_SECONDS:
                    overtaken += 1
                else:
                    late += 1
    return overtaken, late


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--webhooks", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rate", type=float, default=80.0, help="calls a second")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1755)
    parser.add_argument("--database-url", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        platforms = Platforms(SteppingClock())
        platforms.zalo.faults = Faults(share=0.1, seed=options.seed)
        platforms.graph.faults = Faults(share=0.1, seed=options.seed + 1)
        port = free_port()
        town = Town(Path(name), port, database_url=options.database_url)
        run = Run(options, town, platforms, random.Random(options.seed))
        with served(_cutting(platforms), port):
            town.start()
            started = time.monotonic()
            try:
                asyncio.run(run.play())
            finally:
                town.stop()
            figures = report(run) | {"seconds": round(time.monotonic() - started)}
    for what, figure in figures.items():
        print(f"{what:50} {figure}")
    bad = figures["lost"] or figures["repeated"] or figures["overtaken"]
    return 1 if bad or figures["other messages sent"] else 0


def _cutting(platforms: Platforms):
    """Return the platforms; what they cut off ends without an answer."""
    app = platforms.app()

    async def cut(scope, receive, send):
        try:
            await app(scope, receive, send)
        except CutError:
            # uvicorn closes the connection of an application that sends nothing.
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [(b"content-length", b"9")],
                }
            )
            raise ConnectionResetError from None

    return cut


if __name__ == "__main__":
    sys.exit(main())

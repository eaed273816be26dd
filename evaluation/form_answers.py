"""``python -m evaluation.form_answers``: what the advice form makes of free answers.

Held-out messages of a stranger, each with the question it was typed at and what it means: an
answer, a skip, "I don't know", a correction, a question of its own, or the end.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActiveLoop
from rasa.shared.core.trackers import DialogueStateTracker

from bot.advice import form
from bot.advice.questions import SKIPPED
from bot.commands.train import MODEL
from bot.forms.message import Message
from bot.forms.step import Outcome, Step
from evaluation.understanding import load_agent

FOLDER = Path(__file__).parent / "form_answers"
#: The question a message was typed at, and what was answered before it.
SLOTS = {
    "level": ("advice_level", ("student",)),
    "likes": ("advice_likes", ("business",)),
    "maths": ("advice_strengths", ("careful",)),
    "language": ("advice_language", ("asian",)),
    "budget": ("advice_budget", ("medium",)),
    "distance": ("advice_place", ("region",)),
}
#: The writer's words for answers that the form calls otherwise.
ANSWERS = {
    "high_school": {"high_school", "final_year"},
    "university": {"student"},
    "near": {"cantho", "region"},
    "far": {"anywhere"},
    "code": {"product"},
    "people": {"business"},
}
MATHS = {"good": "math_strong", "fair": "math_fair", "weak": "math_weak"}
#: Likes the form has no answer for.
UNKNOWN_LIKES = {"writing", "testing"}


def is_right(row: dict[str, Any], step: Step) -> bool:
    """Tell whether a step does what the message means."""
    slot, _ = SLOTS[row["waiting"]]
    given = step.values.get(slot) or ()
    means = row["means"]
    if isinstance(means, dict):
        return _answers(row["waiting"], means["answer"], set(given))
    return {
        "skip": given == (SKIPPED,),
        "unsure": given == (SKIPPED,)
        or (step.outcome is Outcome.ASKING and step.ask == slot),
        "cancel": step.outcome is Outcome.CANCELLED,
        "change": any(other != slot for other in step.values),
        "ask": step.outcome is Outcome.INTERRUPTED,
    }[means]


def _answers(waiting: str, answer: Any, given: set[str]) -> bool:
    if waiting == "maths":
        return MATHS[answer] in given
    if waiting != "likes":
        return bool(given & ANSWERS.get(answer, {answer}))
    known = [like for like in answer if like not in UNKNOWN_LIKES]
    wanted = {it for like in known for it in ANSWERS.get(like, {like})}
    return not wanted or bool(wanted & given and len(given - wanted) <= 1)


def _in_the_form() -> DialogueStateTracker:
    return DialogueStateTracker.from_events("form", [ActiveLoop("advice_form")])


def main() -> None:
    """Print the share of right steps, by meaning and by question."""
    agent = load_agent(MODEL)
    shares: dict[str, list[bool]] = defaultdict(list)
    slots = list(SLOTS.values())
    for line in (FOLDER / "advice.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        typed = UserMessage(row["text"])
        parsed = asyncio.run(agent.processor.parse_message(typed, _in_the_form()))
        told = {it["name"]: it["confidence"] for it in parsed["told"]}
        intent = parsed["intent"]
        message = Message(row["text"], intent["name"], intent["confidence"], told)
        asked = SLOTS[row["waiting"]]
        before = dict(slots[: slots.index(asked)])
        right = is_right(row, form.taken(message, asked[0], before, None))
        means = row["means"] if isinstance(row["means"], str) else "answer"
        for name in ("all", means, f"at {row['waiting']}"):
            shares[name].append(right)
    for name, rights in sorted(shares.items()):
        print(f"{name}: {sum(rights) / len(rights):.3f} of {len(rights)}")


if __name__ == "__main__":
    main()

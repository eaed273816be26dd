"""Runs held-out questions through the trained model in this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.progress import track

from bot.answers.question import topic_of
from bot.rasa.quiet import quiet_rasa
from evaluation.metrics import Outcome
from evaluation.questions import HeldOut

#: Intents whose reply is a refusal, besides ``out_of_scope`` itself.
REFUSALS = ("out_of_scope", "emergency")


def understand(model: Path, questions: Sequence[HeldOut]) -> list[Outcome]:
    """Return what the model makes of each question, thresholds included."""
    agent = load_agent(model)
    asyncio.run(agent.parse_message("làm nóng"))
    return [
        _outcome(agent, question)
        for question in track(questions, description="understanding")
    ]


def load_agent(model: Path) -> Any:
    """Return Rasa's agent with the model loaded, run as the assistant runs it."""
    quiet_rasa()
    from rasa.core.agent import Agent

    from bot.rasa.processor import install

    install()

    return Agent.load(str(model))


def _outcome(agent: Any, question: HeldOut) -> Outcome:
    started = time.perf_counter()
    parsed = asyncio.run(agent.parse_message(question.text))
    spent = time.perf_counter() - started
    ranking = parsed["intent_ranking"]
    chances = {row["name"]: row["confidence"] for row in ranking}
    intents = [row["intent"] for row in parsed.get("questions", [])]
    return Outcome(
        question=question,
        topics=tuple(
            topic_said(name) for name in intents or [parsed["intent"]["name"]]
        ),
        confidence=ranking[0]["confidence"],
        likeliest=topic_said(ranking[0]["name"]),
        refusal=sum(chances.get(name, 0.0) for name in REFUSALS),
        milliseconds=1000 * spent,
    )


def topic_said(intent: str) -> str:
    """Return the topic of an intent; every refusal is ``out_of_scope``."""
    if intent in REFUSALS:
        return "out_of_scope"
    return intent if intent == "clarify" else topic_of(intent)

"""Reads a Rasa tracker: the latest message, and the turns before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.answers.cues import Cues
from bot.answers.memory import LOOK_BACK
from bot.answers.mentions import Mention, Message, read
from bot.answers.question import Question, topic_of
from bot.answers.turns import Option, Turn

#: What the channel sets in a parsed message that was not typed but chosen.
CHOSEN = "chosen"


def question_of(parsed: Mapping[str, Any], topic: str) -> Question:
    """Return a parsed message as a question about ``topic``, before memory is asked."""
    elliptic = parsed.get("elliptic") or {}
    return Question(
        topic=topic,
        elliptic=float(elliptic.get("confidence", 0.0)),
        strange=tuple(elliptic.get("strange", ())),
        ranking=tuple(
            (topic_of(intent["name"]), float(intent["confidence"]))
            for intent in parsed.get("intent_ranking", [])
        ),
        text="" if is_choice(parsed) else str(parsed.get("text") or ""),
    )


def is_choice(parsed: Mapping[str, Any]) -> bool:
    """Tell whether the message is a button: the channel says so, a guess may be as sure."""
    return bool(parsed.get(CHOSEN))


def message_of(parsed: Mapping[str, Any]) -> Message:
    """Return the entities of a parsed message; a button may carry several of a kind."""
    mentions = [
        Mention(
            entity["entity"], str(value), entity.get("start", -1), entity.get("end", -1)
        )
        for entity in parsed.get("entities", [])
        for value in _values(entity["value"])
    ]
    return Message(str(parsed.get("text") or ""), tuple(mentions))


def earlier_turns(
    tracker: DialogueStateTracker, cues: Cues, today: date
) -> Iterator[Turn]:
    """Yield the turns before the latest message, newest first."""
    replies: list[Mapping[str, Any]] = []
    latest = True
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            custom = event.data.get("custom") or {}
            replies = [*custom.get("replies", []), *replies]
        elif isinstance(event, UserUttered):
            if not latest:
                yield _turn(event.parse_data, replies, cues, today)
                count += 1
                if count >= LOOK_BACK:
                    return
            latest = False
            replies = []


def _turn(
    parsed: Mapping[str, Any],
    replies: Sequence[Mapping[str, Any]],
    cues: Cues,
    today: date,
) -> Turn:
    named = _named(message_of(parsed), cues, today)
    told: dict[str, tuple[str, ...]] = {}
    for reply in replies:
        for kind, value in reply.get("params", {}).items():
            told[kind] = _values(value)
    return Turn(
        topics=tuple(reply["topic"] for reply in replies),
        entities={**named, **told},
        options=tuple(
            _option(choice) for reply in replies for choice in reply.get("choices", [])
        ),
    )


@lru_cache(maxsize=4096)
def _named(message: Message, cues: Cues, today: date) -> Mapping[str, tuple[str, ...]]:
    # Every turn reads the turns before it again.
    return read(message, cues, today).named


def _option(choice: Mapping[str, Any]) -> Option:
    payload = choice.get("payload") or {}
    entities = payload.get("entities") or {}
    return Option(
        topic_of(payload.get("intent", "")),
        {kind: _values(value) for kind, value in entities.items()},
    )


def _values(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),)

"""What the language side hands over: one question, understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Value of an entity that asks for the choice of one instead of a remembered one.
ANY = "any"
#: The one special topic whose intent has an underscore of its own.
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Question:
    """A question as understood.

    Attributes:
        topic: The topic id asked about, or ``clarify`` / ``out_of_scope`` …
        entities: Canonical ids per entity kind, in the order they were named.
        ranking: Topics with their probability, most likely first.
        assumed: Kinds whose ids come from earlier turns, not from the message.
        excluded: Ids per kind that are not meant.
        asked_for: Kinds of which the message asks which one.
        wants: Names of the cues found in the message, such as ``cheapest``.
        stranger: An institution named that the catalogue does not have.
        years: Years the message names, whether or not its topic takes one.
        known: What earlier turns spoke of, whether this question takes it or not.
        settled: Whether earlier turns tell its topic ("lệ phí?" after an exam).
        again: Whether the last answer was on its topic, too.
        text: The message as typed.
        elliptic: How likely it only asks on about what was answered; 0 if nothing was.
        strange: Its words that asking on is not done with, folded.
        unanswered: How many times in a row the person was asked back before.
    """

    topic: str
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranking: tuple[tuple[str, float], ...] = ()
    assumed: frozenset[str] = frozenset()
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_for: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    stranger: str = ""
    years: tuple[str, ...] = ()
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settled: bool = False
    again: bool = False
    text: str = ""
    elliptic: float = 0.0
    strange: tuple[str, ...] = ()
    unanswered: int = 0

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of ``kind`` that are asked about."""
        return self.entities.get(kind, ())


def topic_of(intent: str) -> str:
    """Return the topic of an intent: ``study_tuition`` → ``study/tuition``."""
    if intent == OUT_OF_SCOPE:
        return intent
    return intent.replace("_", "/", 1)


def intent_of(topic: str) -> str:
    """Return the intent of a topic: ``study/tuition`` → ``study_tuition``."""
    return topic.replace("/", "_", 1)

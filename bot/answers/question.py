"""What the language side hands over: one question, understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """A question as understood.

    Attributes:
        topic: The topic id asked about, or ``clarify`` / ``out_of_scope``.
        entities: Canonical ids per entity kind, in the order they were named.
        ranking: Topics with their probability, most likely first.
    """

    topic: str
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranking: tuple[tuple[str, float], ...] = ()


def topic_of(intent: str) -> str:
    """Return the topic of an intent: ``study_tuition`` → ``study/tuition``."""
    return intent.replace("_", "/", 1)


def intent_of(topic: str) -> str:
    """Return the intent of a topic: ``study/tuition`` → ``study_tuition``."""
    return topic.replace("/", "_", 1)

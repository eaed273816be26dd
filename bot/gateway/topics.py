"""What the gateway needs to know of the public knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.reply import Related, Source


@dataclass(frozen=True)
class TopicTitle:
    """A topic in the list."""

    id: str
    title: str


@dataclass(frozen=True)
class Topic:
    """A topic with what is served for it today."""

    id: str
    title: str
    answer: str
    detail: str | None = None
    sources: tuple[Source, ...] = ()
    as_of: str | None = None
    related: tuple[Related, ...] = ()


class TopicSource(Protocol):
    """Gives topics; called in worker threads, so it may read a database."""

    def topics(self) -> Sequence[TopicTitle]:
        """Return every topic that can be shown."""

    def topic(self, topic_id: str) -> Topic | None:
        """Return one topic, or ``None`` when there is none of that id."""


class NoTopics:
    """Stands in where no knowledge is wired."""

    def topics(self) -> Sequence[TopicTitle]:
        """Return nothing."""
        return ()

    def topic(self, topic_id: str) -> Topic | None:
        """Return nothing."""
        return None

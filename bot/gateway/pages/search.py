"""Search in the public knowledge, for people without JavaScript."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.gateway.topics import TopicSource, TopicTitle
from bot.text.fold import fold

#: A staff edit is found by its new words after this long.
FRESH_SECONDS = 60.0


@dataclass(frozen=True)
class _Indexed:
    topic: TopicTitle
    title: str
    text: str


class TopicSearch:
    """Finds topics by words, with or without diacritics; threads may share it."""

    def __init__(
        self, topics: TopicSource, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        """Search in ``topics``."""
        self._topics = topics
        self._seconds = seconds
        self._lock = threading.Lock()
        self._index: list[_Indexed] = []
        self._read_at = float("-inf")

    def find(self, query: str) -> list[TopicTitle]:
        """Return the topics that have every word, those with title hits first."""
        words = fold(query).split()
        if not words:
            return []
        found: list[tuple[int, TopicTitle]] = []
        for row in self._fresh():
            if not all(word in row.text for word in words):
                continue
            in_title = sum(word in row.title for word in words)
            found.append((-in_title, row.topic))
        return [topic for _, topic in sorted(found, key=lambda pair: pair[0])]

    def _fresh(self) -> list[_Indexed]:
        with self._lock:
            if self._seconds() - self._read_at >= FRESH_SECONDS:
                self._index = [self._indexed(topic) for topic in self._topics.topics()]
                self._read_at = self._seconds()
            return self._index

    def _indexed(self, title: TopicTitle) -> _Indexed:
        topic = self._topics.topic(title.id)
        more = (topic.answer, topic.detail or "") if topic else ()
        return _Indexed(title, fold(title.title), fold(" ".join((title.title, *more))))

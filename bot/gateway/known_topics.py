"""The public knowledge, read from the knowledge store."""

from __future__ import annotations

from bot.clock import Clock, utc_now, vietnam_date
from bot.gateway.topics import Topic, TopicTitle
from bot.knowledge.store import KnowledgeStore
from bot.reply import Related


class KnownTopics:
    """Gives out what the store serves today; expired answers only as their fallback."""

    def __init__(self, store: KnowledgeStore, clock: Clock = utc_now) -> None:
        """Keep the store and the clock that validity dates are held against."""
        self._store = store
        self._clock = clock

    def topics(self) -> list[TopicTitle]:
        """Return every topic that has an entry."""
        entries = self._store.current()
        return [TopicTitle(topic, entry.title) for topic, entry in entries.items()]

    def topic(self, topic_id: str) -> Topic | None:
        """Return one topic as it may be shown today."""
        entry = self._store.current().get(topic_id)
        if entry is None:
            return None
        valid = entry.is_valid(vietnam_date(self._clock()))
        related = self._store.titles(entry.related)
        return Topic(
            id=entry.id,
            title=entry.title,
            answer=entry.answer if valid else entry.fallback,
            detail=entry.detail or None if valid else None,
            sources=entry.sources,
            as_of=entry.as_of if valid else None,
            related=tuple(Related(*pair) for pair in related.items()),
        )

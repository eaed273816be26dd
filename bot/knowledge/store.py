"""The knowledge store: what is served now, with every earlier version kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Literal

from sqlalchemy.engine import Engine

from bot.clock import Clock, utc_now
from bot.knowledge.entry import Entry
from bot.reply import Source
from bot.storage import knowledge as rows

Origin = Literal["file", "staff"]


class KnowledgeStore:
    """Reads and publishes entries; safe to share between threads."""

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        """Use the database behind ``engine``, already migrated."""
        self._engine = engine
        self._clock = clock
        self._held: tuple[int, Mapping[str, Entry]] = (0, {})

    def current(self) -> Mapping[str, Entry]:
        """Return the entry served for every topic, whatever its validity dates.

        They are read again only when something was published since.
        """
        with self._engine.connect() as connection:
            number = rows.number(connection)
            held, entries = self._held
            if number != held:
                served = rows.served(connection)
                entries = {topic: _from_json(content) for topic, content in served}
                self._held = (number, entries)
        return entries

    def titles(self, topics: Iterable[str]) -> dict[str, str]:
        """Return the titles of those of ``topics`` that have an entry, in that order."""
        entries = self.current()
        return {it: entries[it].title for it in topics if it in entries}

    def versions(self, topic: str) -> list[Entry]:
        """Return every version of ``topic``, newest first."""
        with self._engine.connect() as connection:
            return [_from_json(row[2]) for row in rows.versions(connection, topic)]

    def publish(self, entry: Entry, origin: Origin = "staff") -> bool:
        """Serve ``entry`` from the next question on.

        Returns:
            Whether it became a new version. An entry from a file is compared with the last one
            from a file, so that loading again neither repeats it nor undoes an edit by staff.
        """
        content = json.dumps(asdict(entry), ensure_ascii=False, default=date.isoformat)
        digest = hashlib.sha256(content.encode()).hexdigest()
        with self._engine.begin() as connection:
            if rows.last_digest(connection, entry.id, origin) == digest:
                return False
            rows.publish(
                connection,
                topic=entry.id,
                title=entry.title,
                content=content,
                digest=digest,
                origin=origin,
                at=self._clock(),
            )
        return True

    def load(self, entries: Iterable[Entry]) -> int:
        """Publish entries from files and return how many of them were new or changed."""
        return sum(self.publish(entry, "file") for entry in entries)


def _from_json(content: str) -> Entry:
    data: dict[str, Any] = json.loads(content)
    data["sources"] = tuple(Source(**source) for source in data["sources"])
    data["valid_from"] = date.fromisoformat(data["valid_from"])
    if data["valid_to"]:
        data["valid_to"] = date.fromisoformat(data["valid_to"])
    for field in fields(Entry):
        if isinstance(data[field.name], list):
            data[field.name] = tuple(data[field.name])
    return Entry(**data)

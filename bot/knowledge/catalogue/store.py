"""The catalogue in the store: loaded from files, held in memory while unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Engine

from bot.clock import Clock, utc_now
from bot.knowledge.catalogue.model import Catalogue
from bot.knowledge.catalogue.records import build
from bot.reply import Source
from bot.storage import catalogue as tables


class CatalogueStore:
    """Reads and replaces the catalogue; safe to share between threads."""

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        """Use the database behind ``engine``, already migrated."""
        self._engine = engine
        self._clock = clock
        self._held: tuple[int, Catalogue] = (0, Catalogue())

    def current(self) -> Catalogue:
        """Return the catalogue; it is read again only when its number has changed."""
        with self._engine.connect() as connection:
            number = tables.number(connection)
            held, catalogue = self._held
            if number != held:
                records, sources = tables.read(connection)
                known = {key: Source(**row) for key, row in sources.items()}
                catalogue = build(records, known)
                self._held = (number, catalogue)
        return catalogue

    def load(
        self,
        records: Mapping[str, Sequence[dict[str, Any]]],
        sources: Mapping[str, Source],
    ) -> bool:
        """Serve checked records from the next question on.

        Returns:
            Whether anything was new or changed.
        """
        documents = {key: vars(source) for key, source in sources.items()}
        content = json.dumps([records, documents], ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(content.encode()).hexdigest()
        with self._engine.begin() as connection:
            if tables.digest(connection) == digest:
                return False
            tables.replace(
                connection, records, documents, digest=digest, at=self._clock()
            )
        return True

"""Rasa tracker store: the last turns of a conversation, one compact row.

Rasa's SQL store inserts a row per event and reads the whole session back at every turn, so a long
conversation gets slower and slower; this one keeps what answering needs and no more.
"""

from __future__ import annotations

import json
import zlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.clock import utc_now
from bot.rasa.conversation import CHOSEN
from bot.settings import load_settings
from bot.storage import trackers
from bot.storage.database import connect

#: What later turns look at of a message and of a reply.
_READ = ("intent", "entities", "text", CHOSEN)
_TOLD = ("kind", "topic", "params")


class BoundedTrackerStore(TrackerStore):
    """Keeps the events of the last ``turns`` user turns of a conversation.

    An open form's events are kept from its start, so that no answer in it is forgotten.
    """

    def __init__(
        self,
        domain: Domain | None,
        host: Any = None,
        event_broker: Any = None,
        url: str | None = None,
        turns: int = 12,
        **kwargs: Any,
    ) -> None:
        """Connect to ``url``, by default the project's ``DATABASE_URL``."""
        super().__init__(domain, event_broker, **kwargs)
        self._engine = connect(url or load_settings().database_url)
        self._turns = turns

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the newest events of ``tracker``."""
        kept = [_packed(event) for event in _newest(tracker, self._turns)]
        packed = zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 1)
        with self._engine.begin() as connection:
            trackers.write(connection, tracker.sender_id, packed, utc_now())

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the stored conversation, or none."""
        with self._engine.connect() as connection:
            packed = trackers.read(connection, sender_id)
        if packed is None:
            return None
        events = json.loads(zlib.decompress(packed))
        return DialogueStateTracker.from_events(
            sender_id,
            [_kind(event["event"])._from_parameters(event) for event in events],
            self.domain.slots,
            self.max_event_history,
        )

    async def keys(self) -> Iterable[str]:
        """Return the ids of all stored conversations."""
        with self._engine.connect() as connection:
            return trackers.sender_ids(connection)


def _packed(event: Event) -> dict[str, Any]:
    """Return what later turns look at: the gateway keeps what was said."""
    packed: dict[str, Any] = event.as_dict()
    packed.pop("metadata", None)
    if isinstance(event, UserUttered):
        parsed = packed["parse_data"]
        packed["parse_data"] = {key: parsed[key] for key in _READ if key in parsed}
    elif isinstance(event, BotUttered):
        replies = (event.data.get("custom") or {}).get("replies", [])
        packed["text"] = None
        packed["data"] = {"custom": {"replies": [*map(_remembered, replies)]}}
    return packed


def _remembered(reply: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: reply[key] for key in _TOLD if key in reply}
    kept["choices"] = [
        {"payload": choice.get("payload")} for choice in reply.get("choices", [])
    ]
    # The code of a ticket stands in its text.
    return {**kept, "text": reply["text"]} if reply["kind"] == "handoff" else kept


@cache
def _kind(name: str) -> type[Event]:
    # Rasa looks through all its event classes for every event it reads.
    kind = Event.resolve_by_type(name)
    assert kind
    return kind


def _newest(tracker: DialogueStateTracker, turns: int) -> Sequence[Event]:
    kept: deque[Event] = deque()
    seen = 0
    for event in reversed(tracker.events):
        if isinstance(event, Restarted):
            break
        kept.appendleft(event)
        if isinstance(event, UserUttered):
            seen += 1
            if seen >= turns and tracker.active_loop is None:
                break
        if isinstance(event, SessionStarted):
            break
    return list(kept)

"""The action classes with a real database, called as Rasa calls them."""

from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.engine import Engine

from actions import storage
from bot.clock import utc_now
from bot.knowledge.catalogue.files import read_catalogue
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.library import read_library
from bot.settings import ROOT, Settings
from bot.storage import vault
from bot.text.personal import mask


@pytest.fixture(autouse=True)
def environment(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ICTBOT_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("ICTBOT_RASA_SECRET", settings.rasa_secret)
    storage.engine.cache_clear()
    storage.seals.cache_clear()
    yield
    storage.engine().dispose()
    storage.engine.cache_clear()
    storage.seals.cache_clear()


@pytest.fixture
def with_catalogue(engine: Engine) -> None:
    library = read_library(ROOT / "data" / "knowledge")
    files = read_catalogue(ROOT / "data" / "knowledge" / "catalogue", library.sources)
    CatalogueStore(engine).load(files.records, files.sources)


class Talk:
    """Runs one form as Rasa does; slots and events are kept."""

    def __init__(self, action: Any, engine: Engine, conversation: str = "c") -> None:
        self.action = action
        self.engine = engine
        self.slots: dict[str, Any] = {"requested_slot": None}
        self.conversation = conversation
        self.open = False
        self.replies: list[dict[str, Any]] = []

    def say(self, text: str, intent: str = "", confidence: float = 0.0) -> bool:
        """Say something masked as the gateway masks it; return whether it was taken."""
        masked = mask(text)
        if masked.found:
            with self.engine.begin() as connection:
                text = vault.put(
                    connection,
                    vault.vault_seal("s" * 32),
                    conversation_id=self.conversation,
                    text=text,
                    masked=masked,
                    at=utc_now(),
                )
        events: list[dict[str, Any]] = [{"event": "user", "text": text}]
        if not self.open:
            events.append({"event": "active_loop", "name": self.action.form})
        told, self.replies = run(
            self.action, self.slots, text, intent, confidence, events, self.conversation
        )
        self.slots |= {it["name"]: it["value"] for it in told if it["event"] == "slot"}
        self.open = self.slots["requested_slot"] is not None
        return bool(told)


def run(
    action: Action,
    slots: dict[str, Any],
    text: str,
    intent: str,
    confidence: float,
    events: list[dict[str, Any]],
    conversation: str = "c",
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    message = {"text": text, "intent": {"name": intent, "confidence": confidence}}
    tracker = Tracker(
        conversation, dict(slots), message, events, False, None, {}, "action_listen"
    )
    dispatcher = CollectingDispatcher()
    told = action.run(dispatcher, tracker, {})
    replies = [
        reply for sent in dispatcher.messages for reply in sent["custom"]["replies"]
    ]
    return told, replies

"""Action that deletes what is stored of a person who asked for it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.settings import load_settings
from bot.storage.conversations import erase
from bot.storage.database import connect


class DeleteData(Action):
    """Erases the conversation, once confirmed, in one transaction."""

    def __init__(self) -> None:
        """Open the database named in the settings."""
        self._engine = connect(load_settings().database_url)

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_delete_data"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Erase or keep, and say so; the gateway sees the effect ``erased``."""
        if not tracker.get_slot("delete_confirmed"):
            dispatcher.utter_message(response="utter_delete_kept")
            return [SlotSet("delete_confirmed", None)]
        with self._engine.begin() as connection:
            erase(connection, tracker.sender_id)
        dispatcher.utter_message(response="utter_deleted")
        return [Restarted()]

"""Rasa language generator: answers read from the knowledge store at every question.

Named in ``endpoints.yml``. The domain's own short text is said when the store fails.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import structlog
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.composer import Composer
from bot.answers.question import Question, topic_of
from bot.knowledge.store import KnowledgeStore
from bot.reply import Choice, Reply
from bot.settings import load_settings
from bot.storage.database import connect

log = structlog.get_logger(__name__)


class KnowledgeNLG(TemplatedNaturalLanguageGenerator):
    """Turns ``utter_<topic>`` into the topic's answer, other responses into the domain's text.

    A response of the domain says with ``custom: {kind, topic}`` what its reply is.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Read settings from the environment and open the store."""
        # Rasa puts the model's responses in ``responses`` once the model is loaded.
        super().__init__(domain.responses)
        store = KnowledgeStore(connect(load_settings().database_url))
        self._composer = Composer(store)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """Return a message whose ``custom`` carries the reply; none if nothing is known."""
        try:
            reply = self._compose(utter_action, tracker)
        except SQLAlchemyError as error:
            log.error("knowledge_store_failed", response=utter_action, error=str(error))
            reply = None
        reply = reply or self._from_domain(utter_action, tracker)
        if reply is None:
            return None
        return {"text": reply.text, "custom": {"replies": [reply.as_json()]}}

    def _compose(self, action: str, tracker: DialogueStateTracker) -> Reply | None:
        question = understood(tracker, topic_of(action.removeprefix("utter_")))
        if action == "utter_clarify":
            return self._composer.clarify(question, self._text(action))
        if action == "utter_out_of_scope":
            return self._composer.out_of_scope(question, self._text(action))
        return self._composer.answer(question, more=self._text("utter_button_more"))

    def _from_domain(self, action: str, tracker: DialogueStateTracker) -> Reply | None:
        variants = self.responses.get(action)
        if not variants:
            return None
        response = variants[0]
        carried = response.get("custom") or {}
        return Reply(
            kind=carried.get("kind", "answer"),
            text=self._fill(response["text"], tracker),
            topic=carried.get("topic", topic_of(action.removeprefix("utter_"))),
            choices=tuple(
                Choice(button["title"], _payload(button["payload"]))
                for button in response.get("buttons", [])
            ),
        )

    def _fill(self, text: str, tracker: DialogueStateTracker) -> str:
        slots = defaultdict(str, tracker.current_slot_values())
        return text.format_map(slots).strip()

    def _text(self, action: str) -> str:
        return str(self.responses[action][0]["text"]).strip()


def understood(tracker: DialogueStateTracker, topic: str) -> Question:
    """Return the latest message as a question about ``topic``."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    entities: dict[str, list[str]] = defaultdict(list)
    for entity in parsed.get("entities", []):
        if entity["value"] not in entities[entity["entity"]]:
            entities[entity["entity"]].append(entity["value"])
    return Question(
        topic=topic,
        entities={kind: tuple(values) for kind, values in entities.items()},
        ranking=tuple(
            (topic_of(intent["name"]), float(intent["confidence"]))
            for intent in parsed.get("intent_ranking", [])
        ),
    )


def _payload(button: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(button, dict):
        return button
    return {"intent": button.removeprefix("/"), "entities": {}}

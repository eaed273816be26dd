"""Rasa language generator: answers read from the knowledge store at every question.

Named in ``endpoints.yml``. The domain's own short text is said when the store fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.exc import SQLAlchemyError

from bot.answers.composer import Composer, Wordings
from bot.answers.contract import load_contract
from bot.answers.cues import load_cues
from bot.answers.memory import Memory
from bot.answers.mentions import read
from bot.answers.question import Question, topic_of
from bot.answers.turns import Turn
from bot.clock import utc_now, vietnam_date
from bot.errors import KnowledgeError
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.store import KnowledgeStore
from bot.rasa.conversation import earlier_turns, is_choice, message_of, question_of
from bot.reply import Choice, Reply
from bot.settings import load_settings
from bot.storage.database import connect

log = structlog.get_logger(__name__)

#: More questions than these in one message are not answered at once.
QUESTIONS = 3
#: Responses to a "no", and to one behind a question back.
_NO = "utter_deny"
_REFUSED = "utter_none_of_these"


class KnowledgeNLG(TemplatedNaturalLanguageGenerator):
    """Turns ``utter_<topic>`` into the topic's answer; the rest is the domain's text.

    A response of the domain says with ``custom: {kind, topic}`` what its reply is.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Read settings from the environment and open the stores."""
        # Rasa puts the model's responses in ``responses`` once the model is loaded.
        super().__init__(domain.responses)
        engine = connect(load_settings().database_url)
        self._composer = Composer(KnowledgeStore(engine), CatalogueStore(engine))
        self._contract = load_contract()
        self._cues = load_cues()

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """Return a message whose ``custom`` carries the replies, if there are any."""
        replies: list[Reply] = []
        if _answers_message(utter_action, tracker):
            try:
                replies = list(self._replies(tracker))
            except (SQLAlchemyError, KnowledgeError) as error:
                log.error("knowledge_failed", response=utter_action, error=str(error))
        if not replies:
            meant = _REFUSED if self._refuses(utter_action, tracker) else utter_action
            replies = self._from_domain(meant, tracker)
        if not replies:
            return None
        return {
            "text": "\n\n".join(reply.text for reply in replies),
            "custom": {"replies": [reply.as_json() for reply in replies]},
        }

    def _refuses(self, action: str, tracker: DialogueStateTracker) -> bool:
        """Tell whether the response is to a "no" to every choice just offered."""
        if action != _NO:
            return False
        turns = earlier_turns(tracker, self._cues, vietnam_date(utc_now()))
        last = next(turns, None)
        return last is not None and last.asked_back

    def _replies(self, tracker: DialogueStateTracker) -> Iterator[Reply]:
        today = vietnam_date(utc_now())
        turns = list(earlier_turns(tracker, self._cues, today))
        for parsed in _questions(tracker.latest_message.parse_data):
            question = self._resolved(parsed, turns)
            reply = self._composer.reply(question, self._wordings())
            if reply is None:
                continue
            yield reply
            # What the first question of a message names holds for its second.
            turns = [Turn((question.topic,), question.entities), *turns]

    def _resolved(self, parsed: Mapping[str, Any], turns: Sequence[Turn]) -> Question:
        message = message_of(parsed)
        said = read(message, self._cues, vietnam_date(utc_now()))
        question = question_of(parsed, topic_of(parsed["intent"]["name"]))
        memory = Memory(
            self._contract,
            self._cues,
            turns,
            returning=said.returns,
            answers=self._composer,
        )
        return memory.resolve(said, question, is_choice(parsed) or message.chosen)

    def _wordings(self) -> Wordings:
        return Wordings(
            more=self._text("utter_button_more"),
            clarify=self._text("utter_clarify"),
            out_of_scope=self._text("utter_out_of_scope"),
        )

    def _from_domain(self, action: str, tracker: DialogueStateTracker) -> list[Reply]:
        variants = self.responses.get(action)
        if not variants:
            return []
        response = variants[0]
        carried = response.get("custom") or {}
        reply = Reply(
            kind=carried.get("kind", "answer"),
            text=self._fill(response["text"], tracker),
            topic=carried.get("topic", topic_of(action.removeprefix("utter_"))),
            choices=tuple(
                Choice(button["title"], _payload(button["payload"]))
                for button in response.get("buttons", [])
            ),
        )
        return [reply]

    def _fill(self, text: str, tracker: DialogueStateTracker) -> str:
        slots = defaultdict(str, tracker.current_slot_values())
        return text.format_map(slots).strip()

    def _text(self, action: str) -> str:
        return str(self.responses[action][0]["text"]).strip()


def _answers_message(action: str, tracker: DialogueStateTracker) -> bool:
    """Tell whether the response is to the message itself, not a step of a form."""
    latest = tracker.latest_message
    if latest is None or not latest.intent.get("name"):
        return False
    return action in (f"utter_{latest.intent['name']}", "utter_out_of_scope")


def _questions(parsed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the questions of a message, each as if it were a message of its own."""
    several = parsed.get("questions") or []
    if len(several) < 2:
        return [parsed]
    return [
        {
            "text": "",
            "intent_ranking": [],
            **question,
            "intent": _named(question["intent"]),
        }
        for question in several[:QUESTIONS]
    ]


def _named(intent: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return {"name": intent} if isinstance(intent, str) else intent


def _payload(button: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(button, dict):
        return button
    return {"intent": button.removeprefix("/"), "entities": {}}

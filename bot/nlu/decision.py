"""Rasa component: answer, ask back, or refuse, by calibrated thresholds."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.clauses import APART, CLAUSE

#: Entities that say something of their own clause only, and of those behind it.
_OF_ITS_CLAUSE = frozenset({"year"})


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False
)
class Decision(GraphComponent, IntentClassifier):
    """Keeps the likeliest intent, or puts ``ask_intent`` or a refusing intent in its place.

    The ranking stays as the classifier made it, so that a question back can offer choices.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before this component."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            # Refuse when the refusing intents are at least this likely together;
            # raising it refuses less.
            "refuse_at": 0.5,
            # The same for a message of no more than ``few_words``, which says too little to be
            # refused for less: "bao nhiêu", "đăng ký".
            "refuse_few_at": 0.5,
            "few_words": 4,
            # Refuse when nothing is likelier than this; raising it refuses more.
            "refuse_below": 0.1,
            # Ask back when the likeliest intent is below this; raising it asks more.
            "ask_below": 0.35,
            # Another refusing intent than the first is put in place from this chance on.
            "refuse_by": 0.3,
            # Intents that are no answer, the one to put in place first.
            "refuse_intents": ["out_of_scope"],
            "ask_intent": "clarify",
            # Clauses are questions of their own when two of them are at least this sure,
            "clause_sure": 0.6,
            # and the whole message finds each of their intents at least this likely.
            "clause_shared": 0.03,
            # or, in a message of few words, they are as sure as this,
            "clause_certain": 0.97,
            # or this, when it is clearly set apart ("…? …", "…, với lại …").
            "clause_apart": 0.8,
            "clause_words": 30,
            # Intents that naming something is enough for: beside them, a clause that is sure of
            # another one says what is asked.
            "naming": [],
            # Prefixes of intents that are no question beside another one.
            "aside": [],
            # Intents that decide for the whole message when a clause is sure of one.
            "leading": [],
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Keep the thresholds."""
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Decision:
        """Return the component; there is nothing to load."""
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide on messages; what clauses ask for goes to the message they belong to."""
        whole = [message for message in messages if not message.get(CLAUSE)]
        for message in whole:
            ranking = message.get("intent_ranking") or []
            if not ranking:
                continue
            intent = self._decide(ranking, len((message.get(TEXT) or "").split()))
            message.set("intent", intent, add_to_output=True)
            start = messages.index(message) + 1
            parts = list(takewhile(lambda m: m.get(CLAUSE), messages[start:]))
            questions = self._questions(message, parts)
            if leading := self._leading(parts):
                message.set("intent", leading, add_to_output=True)
            elif questions:
                message.set("questions", questions, add_to_output=True)
            elif asked := self._asked_beside(intent, parts):
                message.set("intent", asked, add_to_output=True)
        return whole

    def _leading(self, parts: list[Message]) -> dict[str, Any] | None:
        firsts = [part.get("intent_ranking")[0] for part in parts]
        sure = self._config["clause_sure"]
        for first in firsts:
            if first["name"] in self._config["leading"] and first["confidence"] >= sure:
                return dict(first)
        return None

    def _asked_beside(
        self, intent: dict[str, Any], parts: list[Message]
    ) -> dict[str, Any] | None:
        """Return what one clause asks of what the others only name."""
        naming = self._config["naming"]
        if intent["name"] not in naming:
            return None
        firsts = [part.get("intent_ranking")[0] for part in parts]
        asking = [
            first
            for first in firsts
            if first["confidence"] >= self._config["clause_sure"]
            and self._is_question(first["name"])
            and first["name"] not in naming
        ]
        return dict(asking[0]) if len(asking) == 1 else None

    def _questions(self, whole: Message, parts: list[Message]) -> list[dict[str, Any]]:
        likely = {
            row["name"]
            for row in whole.get("intent_ranking")
            if row["confidence"] >= self._config["clause_shared"]
        }
        few = len((whole.get(TEXT) or "").split()) <= self._config["clause_words"]
        found: dict[str, dict[str, Any]] = {}
        for part in parts:
            first = part.get("intent_ranking")[0]
            least = self._config["clause_sure"]
            if first["name"] not in likely:
                least = self._certain(part) if few else 1.0
            if first["confidence"] >= least and self._is_question(first["name"]):
                question = {
                    "intent": first["name"],
                    "text": part.get(TEXT),
                    "entities": _with_missing(part, whole),
                }
                found.setdefault(first["name"], question)
        return list(found.values()) if len(found) > 1 else []

    def _certain(self, part: Message) -> float:
        apart = part.get(APART)
        return float(self._config["clause_apart" if apart else "clause_certain"])

    def _is_question(self, intent: str) -> bool:
        return intent not in self._config["refuse_intents"] and not intent.startswith(
            tuple(self._config["aside"])
        )

    def _decide(self, ranking: list[dict[str, Any]], words: int) -> dict[str, Any]:
        few = words <= self._config["few_words"]
        refuse_at = self._config["refuse_few_at" if few else "refuse_at"]
        refusing = self._config["refuse_intents"]
        refusals = [row for row in ranking if row["name"] in refusing]
        refused = sum(row["confidence"] for row in refusals)
        first = ranking[0]
        if refused >= refuse_at:
            special = refusals[0]["confidence"] >= self._config["refuse_by"]
            return refusals[0] if special else {**refusals[0], "name": refusing[0]}
        if not few and first["confidence"] < self._config["refuse_below"]:
            return {"name": refusing[0], "confidence": 1.0 - first["confidence"]}
        likeliest = next((row for row in ranking if row["name"] not in refusing), first)
        if likeliest["confidence"] < self._config["ask_below"]:
            return {**likeliest, "name": self._config["ask_intent"]}
        return likeliest


def _with_missing(part: Message, whole: Message) -> list[dict[str, Any]]:
    """Return a clause's entities and those of the whole message of other kinds.

    A year belongs to what it follows: "học phí, rồi điểm chuẩn 2025" asks no fee of 2025.
    """
    text = part.get(TEXT)
    entities = part.get("entities", [])
    kinds = {entity["entity"] for entity in entities}
    start = whole.get(TEXT).find(text)
    borrowed = [
        # They stand nowhere in the clause.
        {**entity, "start": len(text), "end": len(text)}
        for entity in whole.get("entities", [])
        if entity["entity"] not in kinds
        and (entity["entity"] not in _OF_ITS_CLAUSE or entity["start"] < start)
    ]
    return [*entities, *borrowed]

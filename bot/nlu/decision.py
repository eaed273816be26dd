"""Rasa component: answer, ask back, or refuse, by calibrated thresholds."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False
)
class Decision(GraphComponent, IntentClassifier):
    """Keeps the likeliest intent, or puts ``ask_intent`` / ``refuse_intent`` in its place.

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
            # Refuse when the refusing intent is at least this likely and the likeliest.
            "refuse_at": 0.5,
            # Refuse when nothing is likelier than this; raising it refuses more.
            "refuse_below": 0.1,
            # Ask back when the likeliest intent is below this; raising it asks more.
            "ask_below": 0.35,
            "refuse_intent": "out_of_scope",
            "ask_intent": "clarify",
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
        """Decide on messages."""
        for message in messages:
            ranking = message.get("intent_ranking") or []
            if ranking:
                message.set("intent", self._decide(ranking), add_to_output=True)
        return messages

    def _decide(self, ranking: list[dict[str, Any]]) -> dict[str, Any]:
        first = ranking[0]
        refuse, ask = self._config["refuse_intent"], self._config["ask_intent"]
        likely = first["confidence"]
        if first["name"] == refuse:
            sure = likely >= self._config["refuse_at"] or len(ranking) == 1
            return first if sure else {"name": ask, "confidence": likely}
        if likely < self._config["refuse_below"]:
            return {"name": refuse, "confidence": 1.0 - likely}
        if likely < self._config["ask_below"]:
            return {"name": ask, "confidence": likely}
        return first

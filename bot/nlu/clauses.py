"""Rasa component: lets the pipeline see a message's clauses beside the whole.

Later components read every clause as a message of its own; ``Decision`` puts what they found
on the whole message.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.text.clauses import clauses

#: Marks a message that is a clause of the one before it.
CLAUSE = "clause"
#: Marks a clause that is clearly set apart from another one.
APART = "apart"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)
class ClauseSplitter(GraphComponent):
    """Adds a message per clause behind each message that has several."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            # A message of more clauses than this is only read as a whole.
            "most": 6,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Keep the options."""
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClauseSplitter:
        """Return the component; there is nothing to load."""
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages, each followed by its clauses."""
        return [part for message in messages for part in self._with_clauses(message)]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave training data as it is."""
        return training_data

    def _with_clauses(self, message: Message) -> list[Message]:
        found = clauses(message.get(TEXT) or "", most=self._config["most"])
        return [
            message,
            *(
                Message(data={TEXT: part.text, CLAUSE: True, APART: part.apart})
                for part in found
            ),
        ]

"""Rasa component: sparse features of several views of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.reader import MASKED_TEXT, READ_TEXT, VietnameseReader
from bot.nlu.views import View, Views


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class ViewsFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one sparse sentence feature row per message; see ``bot.nlu.views``."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before this component."""
        return [VietnameseReader]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            **SparseFeaturizer.get_default_config(),
            # One mapping per view; keys are the fields of bot.nlu.views.View.
            "views": [
                {"attribute": READ_TEXT, "folded": False},
                {"attribute": READ_TEXT},
                {
                    "attribute": READ_TEXT,
                    "analyzer": "char_wb",
                    "shortest": 2,
                    "longest": 5,
                },
                {"attribute": MASKED_TEXT, "longest": 3},
            ],
        }

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raise TypeError when a view has an unknown option."""
        for row in config["views"]:
            View(**row)

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        views: Views | None,
        storage: ModelStorage,
        resource: Resource,
    ) -> None:
        """Use ``create`` or ``load``."""
        super().__init__(name, config)
        self._views = views
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ViewsFeaturizer:
        """Return a featurizer that has learnt nothing yet."""
        config = {**cls.get_default_config(), **config}
        return cls(config, execution_context.node_name, None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> ViewsFeaturizer:
        """Read the featurizer from the model."""
        config = {**cls.get_default_config(), **config}
        with model_storage.read_from(resource) as folder:
            views = Views.load(folder)
        return cls(config, execution_context.node_name, views, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams of the training texts."""
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        views = [View(**row) for row in self._config["views"]]
        self._views = Views.fit(views, [message.data for message in messages])
        with self._storage.write_to(self._resource) as folder:
            self._views.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add features to messages."""
        self._add(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to the training messages."""
        self._add([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data

    def _add(self, messages: list[Message]) -> None:
        if not messages or self._views is None:
            return
        rows = self._views.transform([message.data for message in messages])
        for number, message in enumerate(messages):
            row = rows if len(messages) == 1 else rows[number]
            self.add_features_to_message(_of_tokens(message, row), row, TEXT, message)


def _of_tokens(message: Message, row: sparse.csr_matrix) -> sparse.coo_matrix | None:
    """Return empty features of a message's tokens; Rasa's own classifiers want some."""
    tokens = len(message.get("text_tokens", []))
    return sparse.coo_matrix((tokens, row.shape[1])) if tokens else None

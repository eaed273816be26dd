"""Rasa component: a calibrated linear intent classifier over sparse and dense features."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse

from bot.nlu.linear import LinearModel

#: What is less likely is not said: every row is written into the tracker at every turn.
NEGLIGIBLE = 0.002


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class LinearClassifier(GraphComponent, IntentClassifier):
    """Ranks intents with :class:`bot.nlu.linear.LinearModel`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before this component."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            # Raising it fits the training texts more closely.
            "c": 0.3,
            # Parts of the cross-validation that calibrates probabilities; 0 skips it.
            "calibration_folds": 3,
            # Intents whose examples are left out.
            "without": [],
            # How many intents the ranking keeps.
            "ranking_length": 10,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model: LinearModel | None,
        storage: ModelStorage,
        resource: Resource,
    ) -> None:
        """Use ``create`` or ``load``."""
        self._config = config
        self._model = model
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearClassifier:
        """Return a classifier that has learnt nothing yet."""
        config = {**cls.get_default_config(), **config}
        return cls(config, None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> LinearClassifier:
        """Read the classifier from the model."""
        config = {**cls.get_default_config(), **config}
        with model_storage.read_from(resource) as folder:
            model = LinearModel.load(folder)
        return cls(config, model, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have a text and an intent that is not left out."""
        examples = [
            m
            for m in training_data.intent_examples
            if m.get(TEXT) and m.get(INTENT) not in self._config["without"]
        ]
        self._model = LinearModel.fit(
            features_of(examples),
            [example.get(INTENT) for example in examples],
            c=self._config["c"],
            folds=self._config["calibration_folds"],
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking`` of messages."""
        if not messages or self._model is None:
            return messages
        chances = self._model.probabilities(features_of(messages))
        for message, row in zip(messages, chances, strict=True):
            best = row.argsort()[::-1][: self._config["ranking_length"]]
            ranking = [
                {"name": self._model.labels[i], "confidence": float(row[i])}
                for i in best
                if row[i] >= NEGLIGIBLE or i == best[0]
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def features_of(messages: list[Message]) -> sparse.csr_matrix:
    """Return the sentence features of messages, sparse and dense side by side, one row each."""
    rows = [_row(message) for message in messages]
    return rows[0] if len(rows) == 1 else sparse.vstack(rows, format="csr")


def _row(message: Message) -> sparse.csr_matrix:
    # Message.get_sparse_features copies them all, those of every token as well.
    found = [
        features.features
        if isinstance(features.features, sparse.csr_matrix)
        else sparse.csr_matrix(features.features)
        for features in message.features
        if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE
    ]
    return found[0] if len(found) == 1 else sparse.hstack(found, format="csr")

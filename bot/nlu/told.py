"""Rasa component: which of a retrieval intent's answers a message gives.

A form's questions are answered in free text ("nhà làm ruộng", "mất gốc từ cấp hai"). Such texts are
NLU examples of one retrieval intent, ``about_me/<question>_<answer>``; this component tells its
answers apart, and from texts that are no answer. The intent classifier leaves them out: only an
open form looks at answers, and only at those to what it asked, so they take nothing from topics.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import NEGLIGIBLE, features_of
from bot.nlu.clauses import CLAUSE
from bot.nlu.linear import LinearModel

#: Where the ranking stands in a parsed message: ``[{"name": …, "confidence": …}]``.
TOLD = "told"
#: The answer of a text that gives none.
NO_ANSWER = "none"
#: A file that says there was nothing to learn.
_NOTHING = "no_examples"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class ToldClassifier(GraphComponent, IntentClassifier):
    """Ranks the answers of one retrieval intent for every message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before this component."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            # The part of the examples' intents in front of "/".
            "retrieval_intent": "about_me",
            # Forms whose questions the answers are to; empty: every message is looked at.
            "forms": [],
            # Texts of other intents, evenly spread, that are learnt as no answer.
            "others": 4000,
            # Raising it fits the training texts more closely.
            "c": 0.5,
            # Parts of the cross-validation that calibrates probabilities; 0 skips it.
            "calibration_folds": 3,
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
    ) -> ToldClassifier:
        """Return a classifier that has learnt nothing yet."""
        return cls(
            {**cls.get_default_config(), **config}, None, model_storage, resource
        )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> ToldClassifier:
        """Read the classifier from the model; data without such an intent left none."""
        config = {**cls.get_default_config(), **config}
        with model_storage.read_from(resource) as folder:
            model = None if (folder / _NOTHING).is_file() else LinearModel.load(folder)
        return cls(config, model, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of the retrieval intent, if there are any."""
        base = self._config["retrieval_intent"]
        texts = [m for m in training_data.intent_examples if m.get(TEXT)]
        answers = [m for m in texts if m.get(INTENT) == base]
        others = [m for m in texts if m.get(INTENT) != base]
        step = max(1, len(others) // self._config["others"])
        with self._storage.write_to(self._resource) as folder:
            if answers:
                kept = [*answers, *others[::step]]
                self._model = LinearModel.fit(
                    features_of(kept),
                    [_answer(message, base) for message in kept],
                    c=self._config["c"],
                    folds=self._config["calibration_folds"],
                )
                self._model.save(folder)
            else:
                # Rasa keeps no empty folder.
                (folder / _NOTHING).touch()
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker
    ) -> list[Message]:
        """Set ``told`` of whole messages in a form: the answers that are not negligible."""
        forms = self._config["forms"]
        if self._model is None or (forms and tracker.active_loop_name not in forms):
            return messages
        whole = [message for message in messages if not message.get(CLAUSE)]
        if not whole:
            return messages
        chances = self._model.probabilities(features_of(whole))
        for message, row in zip(whole, chances, strict=True):
            told = [
                {"name": name, "confidence": float(chance)}
                for name, chance in zip(self._model.labels, row, strict=True)
                if chance >= NEGLIGIBLE
            ]
            message.set(TOLD, told, add_to_output=True)
        return messages


def _answer(message: Message, base: str) -> str:
    key = str(message.get(INTENT_RESPONSE_KEY) or "")
    return key.removeprefix(f"{base}/") if key.startswith(f"{base}/") else NO_ANSWER

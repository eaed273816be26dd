"""Rasa component: whether a short message only asks on ("lời bao nhiêu một năm", "ai ký vậy").

Learnt from NLU examples of one retrieval intent, ``more/asked``, beside whole questions. What is
asked on about is for the dialogue to say; this component sees the message alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import features_of
from bot.nlu.clauses import CLAUSE
from bot.nlu.reader import READ_TEXT
from bot.nlu.told import NO_ANSWER, ToldClassifier
from bot.text.fold import fold

#: Where the finding stands in a parsed message: ``{"confidence": …, "strange": [word, …]}``;
#: strange are the words that no example uses.
ELLIPTIC = "elliptic"
_WORDS = "words.json"
_WORD = re.compile(r"\w+")
#: A word of so many examples is one that asking on is done with.
_USUAL = 2


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class EllipsisClassifier(ToldClassifier):
    """Looks at short messages that follow an answer."""

    _words: frozenset[str] = frozenset()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            **ToldClassifier.get_default_config(),
            "retrieval_intent": "more",
            "others": 9000,
            # A message of more words says itself what it asks.
            "longest": 16,
        }

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> EllipsisClassifier:
        """Read the classifier and its words from the model."""
        loaded = super().load(config, model_storage, resource, execution_context)
        assert isinstance(loaded, EllipsisClassifier)
        with model_storage.read_from(resource) as folder:
            words = (folder / _WORDS).read_text(encoding="utf-8")
        loaded._words = frozenset(json.loads(words))
        return loaded

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and remember the words of more than one of them."""
        super().train(training_data)
        seen: Counter[str] = Counter()
        for message in training_data.intent_examples:
            if message.get(INTENT) == self._config["retrieval_intent"]:
                seen.update(set(_words(message)))
        usual = sorted(word for word, count in seen.items() if count >= _USUAL)
        with self._storage.write_to(self._resource) as folder:
            (folder / _WORDS).write_text(json.dumps(usual), encoding="utf-8")
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker
    ) -> list[Message]:
        """Set ``elliptic`` of whole messages that are short and follow an answer."""
        answered = tracker.get_last_event_for(
            BotUttered, event_verbosity=EventVerbosity.ALL
        )
        if self._model is None or not answered:
            return messages
        for message in messages:
            text = message.get(TEXT) or ""
            if message.get(CLAUSE) or len(text.split()) > self._config["longest"]:
                continue
            chances = self._model.probabilities(features_of([message]))[0]
            found = {
                "confidence": 1 - float(chances[self._model.labels.index(NO_ANSWER)]),
                "strange": [it for it in _words(message) if it not in self._words],
            }
            message.set(ELLIPTIC, found, add_to_output=True)
        return messages


def _words(message: Message) -> list[str]:
    return _WORD.findall(fold(message.get(READ_TEXT) or ""))

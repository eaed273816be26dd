"""Rasa component: reads messages with the Vietnamese pipeline of ``bot.nlp``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlp.reader import Reader, Reading

#: What a reading leaves on the message for the featurizer.
READ_TEXT = "read_text"
MASKED_TEXT = "masked_text"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True
)
class VietnameseReader(Tokenizer):
    """Tokenizes, writes short forms out, and finds entities of the lexicon.

    Tokens and entities point at the text as it was typed. The lexicon folder is copied into the
    model, so that a model answers the same wherever it is moved.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            # Rasa's own two: an intent name is one token unless asked otherwise.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            # Folder of short forms and entities; see data/lexicon.
            "lexicon": "data/lexicon",
            # Whether Rasa's tokens are set: its own featurizers want them, ours do not, and
            # they take a quarter of the training time (Rasa fingerprints each of them).
            "tokens": True,
        }

    def __init__(
        self,
        config: dict[str, Any],
        reader: Reader,
        storage: ModelStorage,
        resource: Resource,
    ) -> None:
        """Use ``create`` or ``load``."""
        super().__init__(config)
        self._config = config
        self._reader = reader
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseReader:
        """Build the reader from the lexicon folder."""
        config = {**cls.get_default_config(), **config}
        return cls(
            config, Reader.build(Path(config["lexicon"])), model_storage, resource
        )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> VietnameseReader:
        """Load the reader from the model."""
        config = {**cls.get_default_config(), **config}
        with model_storage.read_from(resource) as folder:
            return cls(config, Reader.load(folder), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Store the reader with the model; nothing is learnt."""
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(folder, Path(self._config["lexicon"]))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Read messages."""
        if self._config["tokens"]:
            return list(super().process(messages))
        for message in messages:
            self._note(message, self._reader.read(message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read training examples."""
        if self._config["tokens"]:
            return super().process_training_data(training_data)
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens of one attribute of ``message``."""
        reading = self._reader.read(message.get(attribute))
        if attribute == TEXT:
            self._note(message, reading)
        tokens = []
        for token in reading.doc:
            start, end = reading.aligned.origin(token.idx, token.idx + len(token))
            tokens.append(Token(token.text, start, end, lemma=token.norm_))
        return tokens

    def _note(self, message: Message, reading: Reading) -> None:
        message.set(READ_TEXT, reading.aligned.text)
        message.set(MASKED_TEXT, reading.masked)
        found = [_entity(reading, span) for span in reading.doc.ents]
        if found:
            entities = [*message.get(ENTITIES, []), *found]
            message.set(ENTITIES, entities, add_to_output=True)


def _entity(reading: Reading, span: Any) -> dict[str, Any]:
    start, end = reading.origin(span)
    return {
        "entity": span.label_,
        "value": span.ent_id_ or span.text,
        "start": start,
        "end": end,
        "confidence_entity": 1.0,
        "extractor": VietnameseReader.__name__,
    }

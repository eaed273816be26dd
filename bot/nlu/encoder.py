"""Rasa component, off by default: dense features from a sentence encoder in a local folder.

The folder is what Hugging Face holds of a sentence encoder exported to ONNX: ``tokenizer.json``
and ``model.onnx`` (also under ``onnx/``). See ``config.encoder.yml`` and docs/encoder.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.errors import EncoderError
from bot.nlu.reader import READ_TEXT, VietnameseReader

#: Files of an exported encoder, the first that exists is used.
MODEL_FILES = ("model.onnx", "onnx/model.onnx")


class Encoder:
    """Turns texts into vectors of length 1: the mean of the encoder's token vectors."""

    def __init__(self, folder: Path, longest: int) -> None:
        """Load the encoder.

        Args:
            folder: Where the encoder's files are.
            longest: Tokens of a text that are read; the rest is cut off.

        Raises:
            EncoderError: A file or a package is missing, or a file cannot be read.
        """
        model = next((folder / f for f in MODEL_FILES if (folder / f).is_file()), None)
        if model is None or not (folder / "tokenizer.json").is_file():
            raise EncoderError(
                f"{folder} has no tokenizer.json with model.onnx: put an exported "
                "sentence encoder there, see docs/encoder.md"
            )
        try:
            from onnxruntime import InferenceSession
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = InferenceSession(
                str(model), providers=["CPUExecutionProvider"]
            )
        except ImportError as error:
            raise EncoderError(
                f"the encoder needs {error.name}: pip install -r requirements/encoder.txt"
            ) from error
        # Both libraries raise bare exceptions of their own.
        except Exception as error:
            raise EncoderError(f"{folder} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(longest)
        self._tokenizer.enable_padding()
        self._inputs = [part.name for part in self._session.get_inputs()]

    def vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Return (texts × dimensions), every row of length 1 (of 0 for an empty text)."""
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        known = {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        inputs = {name: known[name] for name in self._inputs}
        tokens = np.asarray(self._session.run(None, inputs)[0], dtype=np.float32)
        seen = mask[..., None].astype(np.float32)
        means = (tokens * seen).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        return np.asarray(means / np.maximum(lengths, 1e-9), dtype=np.float32)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)
class EncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence feature row per message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must come before this component."""
        return [VietnameseReader]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            **DenseFeaturizer.get_default_config(),
            # Folder of the encoder's files.
            "folder": "models/encoder",
            # Put in front of every text; E5 models want "query: ".
            "prefix": "",
            # Tokens of a text that are read.
            "longest": 96,
            # How much the vector counts beside one view of the sparse features.
            "weight": 1.0,
            # Texts encoded at once while training.
            "batch": 64,
        }

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raise TypeError when an option has no value that can be used."""
        if not int(config["longest"]) > 0 or not int(config["batch"]) > 0:
            raise TypeError("longest and batch of the encoder must be above 0")

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages that must be installed."""
        return ["onnxruntime", "tokenizers"]

    def __init__(self, config: dict[str, Any], name: str, encoder: Encoder) -> None:
        """Use ``create``."""
        super().__init__(name, config)
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EncoderFeaturizer:
        """Load the encoder; it stays in its folder and is no part of the model."""
        config = {**cls.get_default_config(), **config}
        encoder = Encoder(Path(config["folder"]), config["longest"])
        return cls(config, execution_context.node_name, encoder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add features to messages."""
        size = self._config["batch"]
        for start in range(0, len(messages), size):
            self._add(messages[start : start + size])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to the training messages."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data

    def _add(self, messages: list[Message]) -> None:
        texts = [self._config["prefix"] + (m.get(READ_TEXT) or "") for m in messages]
        rows = self._encoder.vectors(texts) * np.float32(self._config["weight"])
        for message, row in zip(messages, rows, strict=True):
            self.add_features_to_message(row[None], row[None], TEXT, message)

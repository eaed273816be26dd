"""A sentence encoder small enough to make in a test: a random vector per word."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

DIMENSIONS = 16


def write_encoder(folder: Path, text: str) -> None:
    """Write ``tokenizer.json`` and ``model.onnx`` that know the words of ``text``."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["[PAD]", "[UNK]", *sorted(set(text.lower().split()))]
    tokenizer = Tokenizer(
        WordLevel({word: number for number, word in enumerate(words)}, "[UNK]")
    )
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    vectors = np.random.default_rng(0).normal(size=(len(words), DIMENSIONS))
    shape = ["texts", "tokens"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["vectors", "input_ids"], ["last_hidden_state"])],
        "encoder",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape)
            for name in ("input_ids", "attention_mask")
        ],
        [
            helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, [*shape, DIMENSIONS]
            )
        ],
        [numpy_helper.from_array(vectors.astype(np.float32), "vectors")],
    )
    opset = helper.make_opsetid("", 13)
    onnx.save(
        helper.make_model(graph, opset_imports=[opset], ir_version=8),
        str(folder / "model.onnx"),
    )

"""The optional encoder: vectors of length 1, and plain words when its folder is unusable."""

from pathlib import Path

import numpy as np
import pytest

from bot.errors import EncoderError
from bot.nlu.encoder import Encoder
from tests.nlu.tiny_encoder import DIMENSIONS, write_encoder

TEXT = "thư viện mở cửa mấy giờ"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_encoder(tmp_path, TEXT)
    return tmp_path


def test_vectors_have_length_one(folder: Path) -> None:
    found = Encoder(folder, longest=8).vectors([TEXT, "cửa", ""])
    assert found.shape == (3, DIMENSIONS)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_beside_a_longer_one(folder: Path) -> None:
    encoder = Encoder(folder, longest=8)
    alone, beside = encoder.vectors(["mở cửa"]), encoder.vectors(["mở cửa", TEXT])
    assert beside[0] == pytest.approx(alone[0], abs=1e-6)


def test_what_is_longer_than_allowed_is_cut(folder: Path) -> None:
    encoder = Encoder(folder, longest=2)
    assert encoder.vectors([TEXT])[0] == pytest.approx(encoder.vectors(["thư viện"])[0])


def test_missing_folder_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"tokenizer\.json"):
        Encoder(tmp_path / "none", longest=8)


def test_broken_model_is_said(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        Encoder(folder, longest=8)

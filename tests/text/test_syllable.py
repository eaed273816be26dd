"""Telex and VNI residue becomes the syllable that was meant; other words stay."""

import pytest

from bot.text.syllable import decode_keys, is_syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hocj", "học"),
        ("ddaij", "đại"),
        ("tuyeern", "tuyển"),
        ("tuyeenr", "tuyển"),
        ("d9a5i", "đại"),
        ("tuye63n", "tuyển"),
        ("phis", "phí"),
        ("luwowng", "lương"),
        ("lu7o7ng", "lương"),
        ("thoong", "thông"),
        ("nganh2", "ngành"),
        ("tieenf", "tiền"),
        ("dduwowcj", "được"),
    ],
)
def test_decode_keys_reads_residue(typed: str, meant: str) -> None:
    assert decode_keys(typed) == meant


@pytest.mark.parametrize(
    "word", ["học", "hoc", "css", "java", "python", "2025", "x", "khoongg", "tools"]
)
def test_decode_keys_leaves_words_that_are_no_residue(word: str) -> None:
    decoded = decode_keys(word)
    assert decoded == word or is_syllable(decoded)


@pytest.mark.parametrize("word", ["nghiêng", "quyển", "yêu", "giếng", "khuya", "hoc"])
def test_is_syllable_knows_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["python", "java", "hocj", "zx", "ngk"])
def test_is_syllable_turns_others_down(word: str) -> None:
    assert not is_syllable(word)

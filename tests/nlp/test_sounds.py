"""Words that are heard alike have one key; others keep their own."""

import pytest

from bot.nlp.sounds import sound


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dzien", "vien"),
        ("gien", "vien"),
        ("du", "giu"),
        ("chi", "tri"),
        ("xu", "su"),
        ("tik", "tich"),
        ("nhun", "nhung"),
        ("thong", "thon"),
        ("ki", "ky"),
        ("fan", "phan"),
        ("nge", "nghe"),
        ("wan", "quan"),
        ("bo", "po"),
    ],
)
def test_sound_is_one_for_words_heard_alike(typed: str, meant: str) -> None:
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("may", "mai"), ("cua", "qua"), ("kho", "co"), ("lam", "nam"), ("tin", "tim")],
)
def test_sound_differs_for_words_told_apart(one: str, other: str) -> None:
    assert sound(one) != sound(other)

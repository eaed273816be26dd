"""Whatever is rewritten, every character still points at what was typed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.text.clean import clean
from bot.text.fold import fold
from bot.text.lexicon import Lexicon

LEXICON = Lexicon.read(ROOT / "data" / "lexicon")
NAUGHTY = (
    (Path(__file__).parent / "naughty.txt").read_text(encoding="utf-8").split("\n")
)
VIETNAMESE = st.text(alphabet="aăâeêioôơuưyđbcdghklmnpqrstvx ̣̀́̉̃ \t0123.,?!", max_size=60)


def assert_aligned(typed: str) -> None:
    read = LEXICON.expand(clean(typed))
    assert len(read.text) == len(read.starts) == len(read.ends)
    for start, end in zip(read.starts, read.ends, strict=True):
        assert 0 <= start < end <= len(typed)
    assert list(read.starts) == sorted(read.starts)


@pytest.mark.parametrize("typed", NAUGHTY)
def test_aligned_naughty_strings_keep_their_offsets(typed: str) -> None:
    assert_aligned(typed)


@given(st.one_of(VIETNAMESE, st.text(max_size=60)))
def test_aligned_any_text_keeps_its_offsets(typed: str) -> None:
    assert_aligned(typed)


@given(VIETNAMESE)
def test_clean_twice_is_clean_once(typed: str) -> None:
    once = clean(typed).text
    assert clean(once).text == once


@given(VIETNAMESE)
def test_clean_reads_nfd_as_nfc(typed: str) -> None:
    assert (
        clean(unicodedata.normalize("NFD", typed)).text
        == clean(unicodedata.normalize("NFC", typed)).text
    )


@given(st.text(max_size=60))
def test_fold_keeps_the_length_of_composed_text(typed: str) -> None:
    assert len(fold(typed)) == len(unicodedata.normalize("NFC", typed))


def test_origin_of_an_expansion_is_the_short_form() -> None:
    typed = "Hp CNTT bn?"
    read = LEXICON.expand(clean(typed))
    start = read.text.index("công nghệ thông tin")
    first, last = read.origin(start, start + len("công nghệ thông tin"))
    assert typed[first:last] == "CNTT"


def test_origin_of_an_empty_span_is_an_error() -> None:
    with pytest.raises(IndexError, match="3:3"):
        clean("học phí").origin(3, 3)

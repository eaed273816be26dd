"""Names are known as people shorten them, as long as only one is written like that."""

from pathlib import Path

import pytest

from bot.nlp.shortened import shortened
from bot.settings import ROOT
from bot.text.lexicon import Lexicon

FOLDER = ROOT / "data" / "lexicon"
LEXICON = Lexicon.read(FOLDER)
SE = ("major", "se")
CTUT = ("institution", "ctut")


@pytest.mark.parametrize(
    "short", ["đại học kt công nghệ cần thơ", "đại học kỹ thuật cn cần thơ"]
)
def test_words_of_a_name_are_shortened(short: str) -> None:
    name = "đại học kỹ thuật công nghệ cần thơ"
    assert shortened({name: CTUT}, LEXICON, FOLDER)[short] == CTUT


def test_initials_may_end_in_the_last_word() -> None:
    assert shortened({"kỹ thuật phần mềm": SE}, LEXICON, FOLDER)["ktpmềm"] == SE


def test_short_form_of_two_names_is_left_out() -> None:
    names = {"kinh tế cần thơ xưa": SE, "kỹ thuật cần thơ xưa": CTUT}
    found = shortened(names, LEXICON, FOLDER)
    assert "kt cần thơ xưa" not in found


def test_form_that_could_be_many_things_is_left_out() -> None:
    assert "nghề pm" not in shortened({"nghề phần mềm": SE}, LEXICON, FOLDER)


def test_known_name_is_left_out() -> None:
    names = {"kỹ thuật phần mềm": SE, "kt phần mềm": CTUT}
    assert "kt phần mềm" not in shortened(names, LEXICON, FOLDER)


def test_nothing_is_shortened_without_the_list(tmp_path: Path) -> None:
    assert shortened({"kỹ thuật phần mềm": SE}, Lexicon(), tmp_path) == {}

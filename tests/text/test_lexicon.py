"""Short forms are written out; a broken lexicon file is named with its line."""

from pathlib import Path

import pytest

from bot.errors import LexiconError
from bot.settings import ROOT
from bot.text.clean import clean
from bot.text.lexicon import Lexicon


def expand(typed: str) -> str:
    lexicon = Lexicon.read(ROOT / "data" / "lexicon")
    return lexicon.expand(clean(typed)).text


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("hp cntt bn", "học phí công nghệ thông tin bao nhiêu"),
        ("k bt học j", "không biết học gì"),
        ("Tuyeern sinh ddaij hocj", "tuyển sinh đại học"),
        ("KHMT vs KTPM", "khoa học máy tính với kỹ thuật phần mềm"),
    ],
)
def test_expand_writes_short_forms_out(typed: str, part: str) -> None:
    assert part in expand(typed)


@pytest.mark.parametrize("typed", ["test", "css", "C++", "node.js", "1755/qđ-ttg"])
def test_expand_leaves_technical_words(typed: str) -> None:
    assert typed.lower().split("/")[0] in expand(typed)


def test_read_names_the_line_of_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("k\tkhông\nhai cột đâu\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"bad\.tsv:2"):
        Lexicon.read(tmp_path)


def test_read_turns_down_a_form_with_two_meanings(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("đt\tđiện thoại\nđt\tđào tạo\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="given twice"):
        Lexicon.read(tmp_path)

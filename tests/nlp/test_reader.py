"""Entities are found however their names are typed, and point at what was typed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import LexiconError
from bot.nlp.language import FoldedVietnamese
from bot.nlp.reader import Reader
from bot.settings import ROOT

READER = Reader.build(ROOT / "data" / "lexicon")


def entities(typed: str) -> list[tuple[str, str, str]]:
    reading = READER.read(typed)
    return [
        (span.label_, span.ent_id_, typed[slice(*reading.origin(span))])
        for span in reading.doc.ents
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("học phí Đại học Cần Thơ", ("institution", "ctu", "Đại học Cần Thơ")),
        ("hoc phi dai hoc can tho", ("institution", "ctu", "dai hoc can tho")),
        ("HP ĐHCT", ("institution", "ctu", "ĐHCT")),
        ("fpt polytechnic ở đâu", ("institution", "fpoly", "fpt polytechnic")),
        ("ngành ktpm", ("major", "se", "ngành ktpm")),
        ("năm 2024", ("year", "", "2024")),
    ],
)
def test_read_finds_an_entity(typed: str, found: tuple[str, str, str]) -> None:
    kinds = [(kind, id_) for kind, id_, _ in entities(typed)]
    assert found[:2] in kinds


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ĐH ÉPTÊPÊ ở đâu", ("institution", "fptu", "ĐH ÉPTÊPÊ")),
        ("ép bi ti học phí", ("institution", "fptu", "ép bi ti")),
        ("KTPMềm có khó không", ("major", "se", "KTPMềm")),
        ("đại học kỹ thuật cn ct", ("institution", "ctut", "đại học kỹ thuật cn ct")),
        ("trường tây đo", ("institution", "tdu", "trường tây đo")),
        ("còn tây đo thì sao", ("institution", "tdu", "tây đo")),
        ("em hoc he thong tin", ("major", "is", "he thong tin")),
    ],
)
def test_read_finds_a_name_spelt_out_or_cut(
    typed: str, found: tuple[str, str, str]
) -> None:
    assert found in entities(typed)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("mua cái ipad 2015k trả góp", []),
        ("công văn 2015/STTTT-CNTT nói gì", []),
        ("con dâu tôi 1995, làm công nhân", []),
        ("điểm chuẩn 2024 k ạ", ["2024"]),
        ("điểm 2023/2024 của trường", ["2023", "2024"]),
        ("điểm năm hai ngàn hai bốn", ["hai ngàn hai bốn"]),
        ("hai ngàn mười lăm", ["hai ngàn mười lăm"]),
    ],
)
def test_read_tells_years_from_other_numbers(typed: str, years: list[str]) -> None:
    assert [text for kind, _, text in entities(typed) if kind == "year"] == years


def test_read_points_at_what_was_typed() -> None:
    assert ("institution", "ctu", "ĐHCT") in entities("học phí ĐHCT năm 2025")


@given(st.text(max_size=80))
def test_tokenizer_restores_any_text(typed: str) -> None:
    assert FoldedVietnamese().make_doc(typed).text == typed


def test_load_reads_what_save_wrote(tmp_path: Path) -> None:
    READER.save(tmp_path, ROOT / "data" / "lexicon")
    loaded = Reader.load(tmp_path)
    typed = "hp cntt ctu 2025"
    assert loaded.read(typed).masked == READER.read(typed).masked


def test_build_turns_down_a_form_of_two_entities(tmp_path: Path) -> None:
    folder = tmp_path / "entities"
    folder.mkdir()
    (folder / "major.yml").write_text("a: [khmt]\nb: [KHMT]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="names both"):
        Reader.build(tmp_path)

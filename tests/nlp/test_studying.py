"""A sector's name is a major only where studying or working is spoken of."""

from pathlib import Path

import pytest

from bot.nlp.reader import Reader
from bot.nlp.studying import Studying
from bot.settings import ROOT

READER = Reader.build(ROOT / "data" / "lexicon")


def majors(typed: str) -> set[str]:
    return {it.ent_id_ for it in READER.read(typed).doc.ents if it.label_ == "major"}


@pytest.mark.parametrize(
    ("typed", "major"),
    [
        ("cho em hỏi điểm chuẩn của cntt mấy năm nay", "it"),
        ("sao năm nay lương ngành cntt lại thấp vậy", "it"),
        ("cơ hội việc làm cntt ở Cần Thơ ra sao", "it"),
        ("trà vinh uni lấy AI mấy điểm vậy mọi người", "ai"),
        ("trường nào dạy trí tuệ nhân tạo vậy mọi người", "ai"),
        ("còn cntt thì sao", "it"),
        ("mọi người ơi CNTT so với KTPM cái nào ngon hơn", "it"),
        ("IT tiên tiến ở đây là chương trình gì vậy", "it"),
    ],
)
def test_major_is_found(typed: str, major: str) -> None:
    assert major in majors(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "cntt giup nong dan duoc gi ma tuyen truyen hoai",
        "cho cháu hỏi nghề lập trình viên có bị AI thay thế không ạ",
        "xep hang san sang ICT cua can tho 2011 va 2012",
        "cái loa phường gắn trí tuệ nhân tạo gì đó nghe cũng hay",
        "nha it tien co duoc vay mua may tinh cho con hoc khong",
        "thị trường cntt trong nước mấy năm gần đây lớn chưa",
    ],
)
def test_sector_is_no_major(typed: str) -> None:
    assert not majors(typed)


def test_every_name_is_a_major_without_the_list(tmp_path: Path) -> None:
    studying = Studying.read(tmp_path)
    assert not studying.is_sector("cntt", "đề án đưa nước mạnh về", "là cái gì vậy")

"""Typed picks: clear ones are found, questions are never swallowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.picks import pick

MENU = ("Học phí Đại học Cần Thơ", "Điểm chuẩn", "Học bổng", "Cơ hội việc làm")
CONFIRM = ("Có, xóa dữ liệu", "Không, giữ lại")
YEARS = ("Năm 2023", "Năm 2024", "1 năm khác")

PICKS = [
    ("2", 1),
    ("02", 1),
    ("2.", 1),
    ("(2)", 1),
    ("số 2", 1),
    ("so 2 nha", 1),
    ("cái thứ hai", 1),
    ("cai thu 2", 1),
    ("thứ 2", 1),
    ("thứ tư", 3),
    ("cho em cái số 3 ạ", 2),
    ("em chọn số ba", 2),
    ("cái hai", 1),
    ("câu 1 đi bạn", 0),
    ("cái đầu", 0),
    ("cái đầu tiên nhé", 0),
    ("cai dau tien", 0),
    ("đầu tiên", 0),
    ("cái cuối", 3),
    ("cái cuối cùng", 3),
    ("trường thứ nhất", 0),
    ("Điểm chuẩn", 1),
    ("diem chuan", 1),
    ("ĐIỂM CHUẨN!", 1),
    ("cái về học phí", 0),
    ("học bổng nhé", 2),
    ("đại học cần thơ", 0),
    ("việc làm", 3),
    ("co hoi viec lam", 3),
]

QUESTIONS = [
    "5",
    "0",
    "12",
    "2 năm",
    "2,5",
    "1/2",
    "2%",
    "7480201",
    "2024",
    "học",
    "học phí bao nhiêu",
    "học phí đại học cần thơ bao nhiêu",
    "học phí?",
    "không",
    "không phải",
    "có",
    "co",
    "thôi",
    "cái khác",
    "cái nào rẻ nhất",
    "điểm chuẩn với học bổng",
    "ngành 2 năm học gì",
    "xin chào",
    "hai",
    "một",
    "sau",
    "cái thứ mười",
    "",
    "?",
    "🙂",
]


@pytest.mark.parametrize(("text", "place"), PICKS)
def test_a_pick_is_found(text: str, place: int) -> None:
    assert pick(text, MENU) == place


@pytest.mark.parametrize("text", QUESTIONS)
def test_anything_else_is_a_question(text: str) -> None:
    assert pick(text, MENU) is None


@pytest.mark.parametrize(("text", "place"), [("có", 0), ("co", 0), ("không", 1)])
def test_the_first_clause_of_a_title_is_enough(text: str, place: int) -> None:
    assert pick(text, CONFIRM) == place


def test_a_part_that_fits_two_titles_is_no_pick() -> None:
    assert pick("xóa", ("Có, xóa", "Không xóa")) is None
    assert pick("học phí", ("Học phí CTU", "Học phí FPT")) is None


def test_a_title_wins_only_when_no_number_says_otherwise() -> None:
    assert pick("2024", YEARS) == 1
    assert pick("1 năm khác", YEARS) == 2
    assert pick("1", ("2", "1")) is None


def test_nothing_is_picked_when_no_list_is_open() -> None:
    assert pick("2", ()) is None


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_gives_a_place_in_the_list_or_none(
    text: str, titles: list[str]
) -> None:
    place = pick(text, titles)
    assert place is None or 0 <= place < len(titles)

"""What a message names, does not mean, counts, and asks for."""

import pytest

from bot.nlp.reader import Reader
from tests.answers.talk import said


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("học it ở đâu", {"major": ("it",)}),
        ("hoc IT o dau", {"major": ("it",)}),
        ("trường nào ít tiền nhất", {}),
        ("truong nao it tien nhat", {}),
        ("ngành nào ít người học", {}),
        ("học phí tây đô", {"institution": ("tdu",)}),
        ("đất tây đô có trường nào dạy tin học", {}),
        ("ở tây đô trường nào dạy cntt", {"major": ("it",)}),
        ("học phí đại học tây đô", {"institution": ("tdu",)}),
        ("còn trường nam cần thơ thì sao", {"institution": ("nctu",)}),
        ("trường nam cần thơ có gì", {"institution": ("nctu",)}),
    ],
)
def test_names(reader: Reader, text: str, named: dict[str, tuple[str, ...]]) -> None:
    found = dict(said(reader, text).named)
    found.pop("level", None)
    assert found == named


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("ctu chứ không phải fpt", ("fptu",)),
        ("không phải trường fpt", ("fptu",)),
        ("đâu phải fpt, em hỏi ctu", ("fptu",)),
        ("ctu với fpt", ()),
        ("fpt có phải trường tư không", ()),
    ],
)
def test_negation(reader: Reader, text: str, negated: tuple[str, ...]) -> None:
    assert said(reader, text).negated.get("institution", ()) == negated


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ctu", True),
        ("còn FPT thì sao ạ", True),
        ("thế bên Tây Đô", True),
        ("ngành khmt", True),
        ("còn năm 2024", True),
        ("học phí ctu", False),
        ("mã ngành cntt", False),
        ("việc làm cntt", False),
        ("ctu có ngành nào", False),
        ("xin chào", False),
    ],
)
def test_bareness(reader: Reader, text: str, bare: bool) -> None:
    assert said(reader, text).bare is bare


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("trường thứ hai", ("institution", 2)),
        ("cái đầu", ("", 1)),
        ("ngành cuối cùng", ("major", -1)),
        ("nghề số 3", ("role", 3)),
        ("trường nam cần thơ", None),
        ("năm thứ hai học gì", None),
        ("trường hai", None),
    ],
)
def test_counting(reader: Reader, text: str, counted: tuple[str, int] | None) -> None:
    assert said(reader, text).counted == counted


@pytest.mark.parametrize(
    "text",
    [
        "ĐH CÔNG NGHỆ THÔNG TIN CẦN THƠ",
        "Trường đại học nào có ngành này",
        "Học phí Đại học Cần Thơ ngành Công nghệ thông tin",
        "Em muốn học đại học ở Cần Thơ",
        "Con tôi học Đại học Nam Cần Thơ",
    ],
)
def test_our_schools_are_no_strangers(reader: Reader, text: str) -> None:
    assert said(reader, text).stranger == ""


@pytest.mark.parametrize(
    ("text", "experience"),
    [
        ("lương tester 3 năm kinh nghiệm", ("3",)),
        ("luong dev moi ra truong", ("fresher",)),
        ("lương senior", ("senior",)),
        ("lương tester", ()),
    ],
)
def test_experience(reader: Reader, text: str, experience: tuple[str, ...]) -> None:
    assert said(reader, text).named.get("experience", ()) == experience

"""Personal data is masked; public numbers of the domain are not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.personal import mask

PERSONAL = [
    ("gọi em 0912345678 nhé", "gọi em [số điện thoại 1] nhé"),
    ("sdt:0912.345.678", "sdt:[số điện thoại 1]"),
    ("0912 345 678, cảm ơn", "[số điện thoại 1], cảm ơn"),
    ("09-1234-5678", "[số điện thoại 1]"),
    ("0 9 1 2 3 4 5 6 7 8", "[số điện thoại 1]"),
    ("+84 912 345 678", "[số điện thoại 1]"),
    ("+84912345678.", "[số điện thoại 1]."),
    ("84912345678", "[số điện thoại 1]"),
    ("+84 (0) 912 345 678", "[số điện thoại 1]"),
    ("(0292) 3.820.674", "[số điện thoại 1]"),
    ("0292 3 820 674", "[số điện thoại 1]"),
    ("02923820674", "[số điện thoại 1]"),
    ("024 3943 8231", "[số điện thoại 1]"),
    ("0710.3820536 số cũ", "[số điện thoại 1] số cũ"),
    ("01212345678", "[số điện thoại 1]"),
    ("em 0912345678 20 tuổi", "em [số điện thoại 1] 20 tuổi"),
    ("0912345678 hoặc 0987654321", "[số điện thoại 1] hoặc [số điện thoại 2]"),
    (
        "0912345678, nhắc lại 0912 345 678",
        "[số điện thoại 1], nhắc lại [số điện thoại 1]",
    ),
    ("điện thoại nhà 3820536", "điện thoại nhà [số điện thoại 1]"),
    ("zalo 912345678", "zalo [số điện thoại 1]"),
    (
        "không chín một hai ba bốn năm sáu bảy tám nha",
        "[số điện thoại 1] nha",
    ),
    ("thư an.nguyen+it@gmail.com ạ", "thư [email 1] ạ"),
    ("an@student.ctu.edu.vn.", "[email 1]."),
    ("an @ gmail.com", "[email 1]"),
    ("cccd 092203001234", "cccd [số giấy tờ 1]"),
    ("092203001234", "[số giấy tờ 1]"),
    ("092 203 001 234", "[số giấy tờ 1]"),
    ("0922 0300 1234", "[số giấy tờ 1]"),
    ("CMND 362123456", "CMND [số giấy tờ 1]"),
    ("cmnd của em là 362.123.456", "cmnd của em là [số giấy tờ 1]"),
    ("362123456", "[số giấy tờ 1]"),
    ("hộ chiếu C1234567", "hộ chiếu [số giấy tờ 1]"),
    ("thẻ 4111 1111 1111 1111", "thẻ [số thẻ 1]"),
    ("5555555555554444", "[số thẻ 1]"),
    ("378282246310005", "[số thẻ 1]"),
    ("stk 0071000123456 vcb", "stk [số tài khoản 1] vcb"),
    ("em sinh ngày 05/09/2007", "em sinh ngày [ngày sinh 1]"),
    ("ngày sinh: 5.9.2007", "ngày sinh: [ngày sinh 1]"),
    ("sinh ngay 5 thang 9 nam 2007", "sinh ngay [ngày sinh 1]"),
    (
        "ngày tháng năm sinh của em là 5-9-07",
        "ngày tháng năm sinh của em là [ngày sinh 1]",
    ),
]

PUBLIC = [
    "Kế hoạch 06/KH-UBND ngày 11/01/2013",
    "Quyết định 1755/QĐ-TTg ngày 22/9/2010",
    "mã ngành 7480201, 7480103 và 7480202",
    "mã 7480201 7480103",
    "học phí 40.000.000 đồng một năm",
    "học phí 150.000.000đ",
    "tổng 400000000 đồng",
    "tổng 400000000",
    "125500000đ",
    "điểm chuẩn 25,75 hoặc 26.5",
    "0.75 0.80 0.85 0.90",
    "giai đoạn 2010-2015, 2016-2020 và 2025",
    "các năm 2010 2011 2012 2013",
    "xuất khẩu điện thoại 2015-2020",
    "điện thoại giá 15.000.000",
    "gọi 111, 113, 114, 115 hoặc 1022",
    "gọi 111 113 115",
    "tổng đài 1900 1022 hoặc 18001091",
    "điện thoại 1900.1234",
    "Ngày Sinh viên Việt Nam 09/01/1950",
    "Nghị quyết 57-NQ/TW ngày 22/12/2024",
    "Thông tư 03/2014/TT-BTTTT, TT 17/2016",
    "3 + 5 = 8 đúng không",
    "lớp 10 11 12 thi khối A00 A01 D01",
    "1.000.000.000 đồng; 84.912.345.678 đồng",
    "không biết hỏi ai, năm nay em học lớp mười hai",
    "CUSC, 01 Lý Tự Trọng; 168 Nguyễn Văn Cừ",
    "100 tỷ, 2.500 doanh nghiệp, 1,5 triệu người",
    "",
]


@pytest.mark.parametrize(("text", "expected"), PERSONAL)
def test_personal_data_is_masked(text: str, expected: str) -> None:
    """Each written form of a person's number becomes its placeholder."""
    assert mask(text).text == expected


@pytest.mark.parametrize("text", PUBLIC)
def test_public_numbers_stay(text: str) -> None:
    """Numbers a citizen asks about are left alone."""
    assert mask(text).text == text


def test_a_find_names_its_place_and_value() -> None:
    """``value`` is exactly what stood between ``start`` and ``end``."""
    text = "sđt 0912 345 678, mail a@b.vn"
    phone, email = mask(text).found
    assert (phone.kind, phone.value) == ("phone", "0912 345 678")
    assert text[phone.start : phone.end] == phone.value
    assert (email.kind, text[email.start : email.end]) == ("email", "a@b.vn")


LETTERS = "abcđâệơ ,.-()/:@+0123456789"
NAUGHTY = st.one_of(st.text(max_size=120), st.text(LETTERS, max_size=120))


@given(NAUGHTY)
def test_finds_rebuild_the_text(text: str) -> None:
    """Putting the values back gives what was typed, and finds never overlap."""
    masked = mask(text)
    rebuilt, done = "", 0
    for datum in masked.found:
        assert done <= datum.start < datum.end <= len(text)
        rebuilt += text[done : datum.start] + datum.value
        done = datum.end
    assert rebuilt + text[done:] == text
    assert len(re.findall(r"\[[^\]]+ \d+\]", masked.text)) >= len(masked.found)


@pytest.mark.parametrize("text", [text for text, _ in PERSONAL])
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


SEPARATORS = st.sampled_from(["", " ", ".", "-"])


@given(
    st.sampled_from(["03", "05", "07", "08", "09"]),
    st.text("0123456789", min_size=8, max_size=8),
    SEPARATORS,
    st.sampled_from([(4, 7), (3, 6), (4, 6)]),
)
def test_every_mobile_number_is_masked(
    prefix: str, rest: str, separator: str, cuts: tuple[int, int]
) -> None:
    """In any of the usual groupings, inside a sentence."""
    digits = prefix + rest
    first, second = cuts
    number = separator.join([digits[:first], digits[first:second], digits[second:]])
    masked = mask(f"em là An, số {number} nhé")
    assert masked.text == "em là An, số [số điện thoại 1] nhé"


@given(st.text("123456789", min_size=11, max_size=11))
def test_every_citizen_number_is_masked(digits: str) -> None:
    """Twelve digits that start with 0."""
    assert mask(f"cccd 0{digits}").text == "cccd [số giấy tờ 1]"
    assert mask(f"0{digits}").text == "[số giấy tờ 1]"


@given(
    st.from_regex(
        r"[a-z][a-z0-9._]{0,12}[a-z0-9]@[a-z]{2,8}(\.[a-z]{2,4}){1,2}", fullmatch=True
    )
)
def test_every_email_is_masked(address: str) -> None:
    """Whatever the name and the domain."""
    assert mask(f"mail {address} ạ").text == "mail [email 1] ạ"


@given(st.integers(7000000, 7999999), st.integers(1990, 2045), st.integers(1, 999))
def test_no_code_year_or_fee_is_masked(code: int, year: int, millions: int) -> None:
    """Major codes, years and amounts in any combination."""
    text = f"ngành {code} năm {year} học phí {millions}.000.000 đồng, {year - 4}-{year}"
    assert mask(text).text == text

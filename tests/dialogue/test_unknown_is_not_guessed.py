"""Schools and years the catalogue does not have: said to be unknown, never guessed."""

import re

import pytest

from evaluation.dialogues import Person
from evaluation.stack import Stack

SCHOOLS = [
    "học phí cntt của bách khoa hà nội bao nhiêu",
    "đại học Tôn Đức Thắng lấy bao nhiêu điểm ngành khoa học máy tính",
    "diem chuan ktpm truong hutech nam ngoai",
    "RMIT học phí ngành IT một năm mấy trăm triệu",
    "trường Văn Lang có xét học bạ ngành công nghệ thông tin không",
    "ĐH Cửu Long học phí công nghệ thông tin sao ạ",
    "điểm chuẩn an toàn thông tin học viện mật mã",
    "đại học an giang ngành kỹ thuật phần mềm lấy mấy điểm",
    "học phí trường đại học duy tân ngành an ninh mạng",
    "trường đại học bạc liêu ngành cntt học phí nhiêu",
    "UIT lấy bao nhiêu điểm khoa học dữ liệu",
    "đh kiên giang học it bao nhiêu tiền một kỳ",
    "Đại học Hoa Sen ngành mạng máy tính học phí thế nào?",
    "chỉ tiêu ngành AI của đại học quốc tế là bao nhiêu",
    "học phí PTIT ngành công nghệ thông tin",
    "trường Võ Trường Toản học phí ngành CNTT mấy",
    "Đại học Lạc Hồng lấy bao nhiêu điểm ngành CNTT",
    "hoc phi dai hoc dong thap nganh su pham tin",
    "đại học nguyễn tất thành ngành kỹ thuật phần mềm học phí bao nhiêu",
    "mã ngành CNTT của đại học sài gòn là gì",
]
YEARS = [
    ("điểm chuẩn CNTT CTU năm 2009", "2009"),
    ("học phí CTU ngành KTPM năm 2031", "2031"),
    ("diem chuan khmt dai hoc can tho 2012", "2012"),
    ("năm 2035 Nam Cần Thơ lấy mấy điểm ngành CNTT", "2035"),
    ("học phí đại học FPT Cần Thơ năm 2015", "2015"),
    ("điểm chuẩn Tây Đô ngành CNTT năm 2010", "2010"),
    ("CTUT năm 2011 lấy bao nhiêu điểm hệ thống thông tin", "2011"),
    ("học phí Tây Đô năm 2030 ngành công nghệ thông tin", "2030"),
    ("diem san ctu 2008 nganh cong nghe thong tin", "2008"),
    ("chỉ tiêu tuyển sinh ngành ATTT của CTU năm 2013", "2013"),
    ("điểm chuẩn ngành khoa học dữ liệu CTUT năm 2014", "2014"),
    ("học phí greenwich cần thơ năm 2010", "2010"),
    ("lương lập trình viên năm 2035 bao nhiêu", "2035"),
    ("mức lương tester năm 2009", "2009"),
    ("doanh thu công nghiệp CNTT năm 1999", "1999"),
    ("kim ngạch phần mềm năm 2040 là bao nhiêu", "2040"),
    ("điểm chuẩn mạng máy tính CTU năm 2007 mấy điểm", "2007"),
    ("học phí cao đẳng nghề cần thơ năm 2032", "2032"),
    ("hoc phi fpt polytechnic nam 2012", "2012"),
    ("điểm chuẩn trí tuệ nhân tạo CTU năm 2018", "2018"),
]
#: A sum of money, a score or a code that a person could take for the answer.
FIGURE = re.compile(
    r"\d[\d.,]*\s*(?:triệu|đồng|nghìn|USD|tỷ)|điểm[^.\n]{0,30}\d{2}|\b7480\d{3}\b"
)


def said(person: Person, text: str) -> str:
    return "\n".join(str(reply.get("text") or "") for reply in person.say(text))


@pytest.mark.model
@pytest.mark.parametrize("text", SCHOOLS)
def test_a_school_that_is_not_known_gets_no_figure(stack: Stack, text: str) -> None:
    assert FIGURE.search(said(Person(stack.address), text)) is None


@pytest.mark.model
@pytest.mark.parametrize(("text", "year"), YEARS)
def test_a_year_that_is_not_known_gets_no_figure(
    stack: Stack, text: str, year: str
) -> None:
    for line in said(Person(stack.address), text).splitlines():
        assert not (year in line and FIGURE.search(line.split(year, 1)[1]))
    assert "chưa" in said(Person(stack.address), text)

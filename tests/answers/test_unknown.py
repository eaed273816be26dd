"""What the catalogue does not have is said to be unknown and never guessed."""

import re

import pytest

from tests.answers.talk import Talk

#: Question, topic, and what must not be told.
YEARS = [
    ("điểm chuẩn CTU năm 2019", "study/benchmark_score"),
    ("điểm chuẩn CTU năm 2023", "study/benchmark_score"),
    ("điểm chuẩn ngành CNTT CTU 2024", "study/benchmark_score"),
    ("diem chuan ktpm ctut 2023", "study/benchmark_score"),
    ("điểm chuẩn CTUT năm 2026", "study/benchmark_score"),
    ("điểm chuẩn CTUT năm sau", "study/benchmark_score"),
    ("điểm chuẩn ngành khoa học máy tính ở CTUT năm 2021", "study/benchmark_score"),
    ("điểm chuẩn FPT năm 2020", "study/benchmark_score"),
    ("điểm chuẩn FPT năm 2024", "study/benchmark_score"),
    ("điểm chuẩn nam cần thơ 2022", "study/benchmark_score"),
    ("điểm chuẩn tây đô năm 2023", "study/benchmark_score"),
    ("diem chuan cntt nam 2018", "study/benchmark_score"),
    ("điểm chuẩn năm 2017", "study/benchmark_score"),
    ("học phí CTU năm 2023", "study/tuition"),
    ("học phí CTU năm 2027", "study/tuition"),
    ("học phí ngành CNTT ở CTU năm 2021", "study/tuition"),
    ("hoc phi fpt 2023", "study/tuition"),
    ("học phí FPT ngành AI năm 2027", "study/tuition"),
    ("học phí FPT năm sau", "study/tuition"),
    ("học phí nam cần thơ năm 2024", "study/tuition"),
    ("học phí ngành kỹ thuật phần mềm năm 2020", "study/tuition"),
    ("học phí năm 2015", "study/tuition"),
    ("tổ hợp môn ngành CNTT CTU năm 2020", "study/subject_groups"),
    ("cách xét tuyển của CTU năm 2019", "study/admission_methods"),
]
SCHOOLS = [
    ("học phí ngành CNTT đại học Bách khoa", "study/tuition"),
    ("hoc phi uit nganh cntt", "study/tuition"),
    ("điểm chuẩn đại học An Giang ngành CNTT", "study/benchmark_score"),
    ("điểm chuẩn HUTECH", "study/benchmark_score"),
    ("diem chuan dai hoc dong thap nganh it", "study/benchmark_score"),
    ("học phí Đại học Phú Xuân ngành CNTT", "study/tuition"),
    ("mã ngành CNTT của đại học Tôn Đức Thắng", "study/admission_code"),
    ("tổ hợp môn đại học Cửu Long", "study/subject_groups"),
    ("học phí FPT Hà Nội", "study/tuition"),
    ("điểm chuẩn đại học FPT TP.HCM", "study/benchmark_score"),
    ("học mấy năm ở đại học Võ Trường Toản", "study/duration"),
    ("xét tuyển đại học Y Dược Cần Thơ", "study/admission_methods"),
    ("học phí học viện công nghệ bưu chính", "study/tuition"),
    ("điểm chuẩn đại học Kiên Giang 2025", "study/benchmark_score"),
    ("học phí cao đẳng Cao Thắng", "study/tuition"),
    ("thông tin trường đại học Duy Tân", "study/institution_info"),
]
PAIRS = [
    ("học phí ngành mạng máy tính ở FPT Polytechnic", "study/tuition"),
    ("điểm chuẩn an toàn thông tin ở Tây Đô", "study/benchmark_score"),
    ("học phí trí tuệ nhân tạo ở cao đẳng Cần Thơ", "study/tuition"),
    ("điểm chuẩn khoa học dữ liệu ở Nam Cần Thơ", "study/benchmark_score"),
]
MONEY_OR_SCORE = re.compile(
    r"\d[\d.,–-]*\s*(?:triệu|đồng|điểm)|(?:trúng tuyển|sàn)\s+\d+(?:,\d+)?"
)


def test_there_are_forty_of_them() -> None:
    assert len(YEARS) + len(SCHOOLS) >= 40


@pytest.mark.parametrize(("text", "topic"), [*YEARS, *SCHOOLS])
def test_it_is_said_not_to_be_known(talk: Talk, text: str, topic: str) -> None:
    reply = talk.ask(topic, text)
    assert "chưa có" in reply.text
    assert not MONEY_OR_SCORE.search(reply.text)


@pytest.mark.parametrize(("text", "topic"), SCHOOLS)
def test_a_strange_school_is_not_taken_for_one_of_ours(
    talk: Talk, text: str, topic: str
) -> None:
    reply = talk.ask(topic, text)
    assert "institution" not in reply.params
    assert reply.choices


@pytest.mark.parametrize(("text", "topic"), PAIRS)
def test_a_major_not_known_at_a_school_is_said_so(
    talk: Talk, text: str, topic: str
) -> None:
    reply = talk.ask(topic, text)
    assert "chưa có" in reply.text
    assert not re.search(r"ngành .*: điểm trúng tuyển \d", reply.text)


@pytest.mark.parametrize("school", ["ctu", "ctut", "fptu", "nctu", "tdu"])
def test_who_can_tell_is_named(talk: Talk, school: str) -> None:
    reply = talk.ask("study/duration", f"{school} an toàn thông tin học mấy năm")
    unknown = "chưa có" in reply.text
    assert not unknown or re.search(r"0\d{3} ?\d|https?://|hỏi", reply.text)


@pytest.mark.parametrize(
    "name", ["ui_ux_designer", "it_teacher", "business_analyst", "network_admin"]
)
def test_a_salary_without_a_survey_is_said_so(
    talk: Talk, catalogue: object, name: str
) -> None:
    role = catalogue.roles[name]  # type: ignore[attr-defined]
    reply = talk.ask("career/salary", f"lương {role.name}")
    assert role.unknown in reply.text
    assert "triệu" not in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "em ở Vĩnh Long, học phí CNTT Đại học Cần Thơ bao nhiêu",
        "gia đình khó khăn, học phí cntt ở CTU bao nhiêu",
        "em học bách khoa rồi, giờ học CNTT ở CTU học phí bao nhiêu",
        "học phí CNTT ở CTU so với đại học quốc gia",
    ],
)
def test_a_place_or_a_word_is_no_strange_school(talk: Talk, text: str) -> None:
    reply = talk.ask("study/tuition", text)
    assert {"institution": "ctu", "major": "it"}.items() <= reply.params.items()


def test_a_comparison_with_a_strange_school_is_not_made_up(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí FPT")
    reply = talk.ask(
        "study/compare_institutions", "CTU với đại học An Giang trường nào hơn"
    )
    assert "chưa có" in reply.text and "FPT" not in reply.text

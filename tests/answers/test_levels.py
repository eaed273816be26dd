"""Each topic answers at the level the question has."""

import pytest

from bot.knowledge.catalogue.model import Catalogue
from tests.answers.talk import Talk


def test_a_general_question_asks_which_school(talk: Talk, catalogue: Catalogue) -> None:
    reply = talk.ask("study/tuition", "học phí")
    assert reply.params == {}
    offered = [
        choice.payload["entities"].get("institution") for choice in reply.choices
    ]
    assert offered[:2] == list(catalogue.institutions)[:2]


def test_one_programme_gives_its_figure(talk: Talk) -> None:
    reply = talk.ask("study/benchmark_score", "điểm chuẩn ngành CNTT ở CTUT năm 2025")
    assert reply.params == {"institution": "ctut", "major": "it", "year": "2025"}
    assert "24,23" in reply.text and "2025" in reply.text and reply.sources


def test_one_school_lists_its_majors(talk: Talk) -> None:
    reply = talk.ask("study/benchmark_score", "điểm chuẩn ctut")
    assert reply.params == {"institution": "ctut"}
    for value in ("24,23", "22,94", "22,54", "21,92", "21,24"):
        assert value in reply.text
    assert {c.payload["entities"]["major"] for c in reply.choices} >= {"it", "se", "cs"}


def test_one_major_is_compared_over_schools(talk: Talk) -> None:
    reply = talk.ask("study/benchmark_score", "điểm chuẩn khoa học máy tính")
    assert reply.params == {"major": "cs"}
    assert "22,54" in reply.text
    # A floor is never told as a benchmark.
    assert "điểm sàn 15" in reply.text


def test_the_cheapest_school_comes_first(talk: Talk) -> None:
    reply = talk.ask("study/tuition", "trường nào rẻ nhất")
    lines = [line for line in reply.text.splitlines() if line.startswith("•")]
    # 14-15 million twice a year, 40 million a year, 22 million three times a year.
    order = [next(i for i, line in enumerate(lines) if f in line) for f in _FEES]
    assert order == sorted(order)
    assert "tham khảo" in reply.text
    assert not any("tiếng Anh" in line for line in lines)


_FEES = ("14–15 triệu", "40 triệu", "22.120.000")


@pytest.mark.parametrize("topic", ["study/where", "out_of_scope", "clarify"])
def test_the_cheapest_school_is_a_question_of_money(talk: Talk, topic: str) -> None:
    reply = talk.ask(topic, "trường nào học rẻ nhất")
    assert reply.topic == "study/tuition"


def test_reverse_look_up(talk: Talk) -> None:
    reply = talk.ask("study/where", "trường nào có ngành an toàn thông tin")
    assert reply.params == {"major": "security"}
    offered = [choice.payload["entities"]["institution"] for choice in reply.choices]
    assert offered == ["ctu", "fptu"]


def test_a_school_left_out_is_not_listed(talk: Talk) -> None:
    reply = talk.ask("study/where", "ngoài CTU ra còn trường nào dạy khoa học máy tính")
    assert "ctu" not in [c.payload["entities"]["institution"] for c in reply.choices]


def test_majors_of_a_school(talk: Talk) -> None:
    reply = talk.ask("study/where", "CTU có những ngành CNTT nào")
    assert "An toàn thông tin" in reply.text and "Trí tuệ nhân tạo" in reply.text


def test_where_by_level(talk: Talk) -> None:
    reply = talk.ask("study/where", "học CNTT bậc cao đẳng ở đâu")
    assert reply.params["level"] == "college"


def test_known_years_are_offered(talk: Talk) -> None:
    reply = talk.ask("study/benchmark_score", "điểm chuẩn CTUT năm 2020")
    assert [c.payload["entities"]["year"] for c in reply.choices] == ["2025"]
    assert "24,23" in talk.press(reply.choices[0]).text


def test_two_majors_side_by_side(talk: Talk) -> None:
    reply = talk.ask("study/compare_majors", "so sánh KHMT với KTPM")
    assert reply.params == {"major": ["cs", "se"]}
    assert "Khoa học máy tính" in reply.text and "Kỹ thuật phần mềm" in reply.text


def test_two_schools_side_by_side_without_verdict(talk: Talk) -> None:
    reply = talk.ask("study/compare_institutions", "CTU với FPT cái nào hơn")
    assert reply.params == {"institution": ["ctu", "fptu"]}
    assert "tư thục" in reply.text and "công lập" in reply.text
    assert "2025" in reply.text and "2026" in reply.text
    assert sum(line.startswith("•") for line in reply.text.splitlines()) <= 8


def test_subject_group_reverse(talk: Talk) -> None:
    reply = talk.ask("study/subject_groups", "khối D01 học được ngành nào ở CTU")
    assert "D01" in reply.text and "An toàn thông tin" not in reply.text


def test_quota(talk: Talk) -> None:
    reply = talk.ask("study/admission_methods", "CTU ngành CNTT lấy bao nhiêu chỉ tiêu")
    assert "100" in reply.text and "2025" in reply.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lương lập trình viên mới ra trường", "480 USD"),
        ("lương lập trình viên 4 năm kinh nghiệm", "1.176 USD"),
        ("lương dev 2 năm kinh nghiệm", "780 USD"),
    ],
)
def test_salary_by_experience(talk: Talk, text: str, expected: str) -> None:
    reply = talk.ask("career/salary", text)
    assert expected in reply.text
    assert reply.params["role"] == "software_developer"
    others = {"480 USD", "780 USD", "1.176 USD"} - {expected}
    assert not any(other in reply.text for other in others)


def test_what_is_not_known_of_an_employer_is_said(
    talk: Talk, catalogue: Catalogue
) -> None:
    reply = talk.ask("career/employer_info", "công ty TMA ở Cần Thơ")
    assert reply.params == {"employer": "tma"}
    assert catalogue.employers["tma"].unknown in reply.text


@pytest.mark.parametrize(
    ("topic", "text", "kind", "expected"),
    [
        ("career/employer_info", "CUSC tuyển dụng không", "employer", "cusc"),
        ("study/institution_info", "CUSC dạy gì", "institution", "cusc"),
        ("career/employer_info", "FPT ở Cần Thơ làm gì", "employer", "fsoft"),
        ("study/tuition", "fpt software có dạy không", "institution", None),
    ],
)
def test_look_alikes(
    talk: Talk, topic: str, text: str, kind: str, expected: str | None
) -> None:
    assert talk.ask(topic, text).params.get(kind) == expected


def test_expired_entries_serve_no_figures(talk: Talk) -> None:
    clock = talk.composer._clock
    clock.advance(days=3650)
    try:
        reply = talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    finally:
        clock.advance(days=-3650)
    assert "triệu" not in reply.text and reply.as_of is None


def test_figures_of_a_year_of_an_entry(talk: Talk) -> None:
    known = talk.ask("industry/size", "doanh thu ngành CNTT năm 2025")
    unknown = talk.ask("industry/size", "doanh thu ngành CNTT năm 1999")
    assert known.params == {"year": "2025"} and "2025" in known.text
    assert unknown.params == {"year": "1999"} and unknown.sources == ()

"""Names are found misspelt; words of the language do not turn into names."""

import pytest

from bot.nlp.reader import Reader
from bot.settings import ROOT

READER = Reader.build(ROOT / "data" / "lexicon")


def names(typed: str) -> list[tuple[str, str, str]]:
    reading = READER.read(typed)
    return [
        (span.label_, span.ent_id_, typed[slice(*reading.origin(span))])
        for span in reading.doc.ents
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("phân tik dữ liêu là làm gì", ("role", "data_analyst", "phân tik dữ liêu")),
        (
            "quản chị dự án phần mềm",
            ("role", "project_manager", "quản chị dự án phần mềm"),
        ),
        ("đào tạo lập trình dziên", ("role", "software_developer", "lập trình dziên")),
        ("kĩ sư nhún lương sao", ("role", "embedded_engineer", "kĩ sư nhún")),
        ("đh chà vinh xa không", ("institution", "tvu", "đh chà vinh")),
        ("đại học Trà Dinh ở đâu", ("institution", "tvu", "đại học Trà Dinh")),
        ("cybersecuirty ở đâu có", ("major", "security", "cybersecuirty")),
        ("bên pholytechnic fpt", ("institution", "fpoly", "pholytechnic fpt")),
        ("học chí tuệ nhân tạo", ("major", "ai", "chí tuệ nhân tạo")),
        (
            "trung tâm công nghệ phần mền đh cần thơ ở đâu",
            ("institution", "cusc", "trung tâm công nghệ phần mền đh cần thơ"),
        ),
    ],
)
def test_name_is_found_by_its_sound(typed: str, found: tuple[str, str, str]) -> None:
    assert found in names(typed)


@pytest.mark.parametrize(
    ("typed", "none"),
    [
        # "bạn" and "bằng" differ in the vowel as well.
        ("mấy bạn kỹ sư ở đây giỏi không", ("level", "university")),
        # Two words that are others: "giáo viên tin" is too short for that.
        ("vẽ giao diện tính giá sao", ("role", "it_teacher")),
        # One short word is no slip for another.
        ("đang tuyển kỹ sư cntt phải không", ("major", "it_education")),
        ("lập trình viên vì sao nghỉ", ("role", "ai_engineer")),
        ("programme of study", ("role", "software_developer")),
        ("nên tin học bạ hay điểm thi", ("role", "it_teacher")),
    ],
)
def test_other_words_are_no_name(typed: str, none: tuple[str, str]) -> None:
    assert none not in [name[:2] for name in names(typed)]


def test_slip_is_not_taken_for_a_year() -> None:
    kinds = [kind for kind, *_ in names("năm hai ngàn mười bác lên chức ông nội")]
    assert kinds == ["year"]
    assert ("year", "2010") in [
        it[:2] for it in names("năm hai ngàn mười bác lên chức")
    ]

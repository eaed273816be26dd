"""Facts of a school beside the answer on a topic, on the shipped knowledge."""

import pytest

from bot.answers.beside import asks_for_fact, load_fact_words
from bot.answers.composer import Composer, Wordings
from bot.answers.question import Question
from bot.knowledge.catalogue.model import Catalogue

WORDINGS = Wordings("more", "which", "not known")


def said(composer: Composer, topic: str, school: str, text: str) -> str:
    question = Question(topic, {"institution": (school,)}, text=text)
    reply = composer.reply(question, WORDINGS)
    assert reply is not None and reply.params == {"institution": school}
    return reply.text


@pytest.mark.parametrize(
    ("topic", "school", "text", "fact"),
    [
        ("study/admission_methods", "greenwich", "ielts nhiêu vô thẳng", "IELTS 6.0"),
        ("study/institution_info", "nctu", "mã trường với hotline", "DNC"),
        ("study/majors", "ctu", "co day o khu hoa an khong", "554 Quốc lộ 61"),
        ("study/tuition", "tvu", "kiểm định tới năm mấy", "2028"),
    ],
)
def test_a_fact_asked_for_is_said_beside(
    composer: Composer, topic: str, school: str, text: str, fact: str
) -> None:
    assert fact not in said(composer, topic, school, "")
    assert fact in said(composer, topic, school, text)


def test_its_source_is_named(composer: Composer) -> None:
    asked = Question(
        "study/tuition", {"institution": ("tvu",)}, text="kiểm định tới năm mấy"
    )
    reply = composer.reply(asked, WORDINGS)
    assert reply is not None
    assert "tvu" in "".join(source.url or "" for source in reply.sources)


def test_what_the_answer_says_is_not_said_twice(composer: Composer) -> None:
    text = "trường ở đâu, số điện thoại mấy"
    plain = said(composer, "study/institution_info", "ctu", "")
    assert said(composer, "study/institution_info", "ctu", text) == plain
    english = "tiếng Anh dự bị bao nhiêu tiền một mức"
    fees = said(composer, "study/tuition", "fptu", "")
    assert said(composer, "study/tuition", "fptu", english) == fees


def test_two_schools_are_only_compared(composer: Composer) -> None:
    both = {"institution": ("ctu", "fptu")}
    topic = "study/compare_institutions"
    plain = composer.reply(Question(topic, both), WORDINGS)
    asked = composer.reply(Question(topic, both, text="hotline"), WORDINGS)
    assert plain == asked


@pytest.mark.parametrize("text", ["địa chỉ ở đường nào", "SĐT", "truong co ktx ko"])
def test_words_that_ask_for_a_fact(text: str) -> None:
    assert asks_for_fact(text)


@pytest.mark.parametrize("text", ["học phí", "điểm chuẩn năm 2025", ""])
def test_words_that_ask_for_none(text: str) -> None:
    assert not asks_for_fact(text)


def test_every_fact_with_words_is_known_of_some_school(catalogue: Catalogue) -> None:
    known = {
        name for school in catalogue.institutions.values() for name in school.cells
    }
    assert load_fact_words().keys() <= known

"""Figures in answers: money a year, marks, years of age and birth."""

from datetime import date

import pytest

from bot.advice.questions import question_of

AUTUMN_2026 = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("slot", "text", "option"),
    [
        ("advice_budget", "dưới 15 triệu", "low"),
        ("advice_budget", "chừng mười lăm triệu là hết sức", "low"),
        ("advice_budget", "10tr/năm đổ lại", "low"),
        ("advice_budget", "hai chục triệu", "medium"),
        ("advice_budget", "25-30tr một năm", "medium"),
        ("advice_budget", "2tr5 một tháng", "medium"),
        ("advice_budget", "60 củ cũng được", "high"),
        ("advice_budget", "ba má lo được", None),
        ("advice_strengths", "toán cháu được 8,4", "math_strong"),
        ("advice_strengths", "được tám phẩy mấy môn toán", "math_strong"),
        ("advice_strengths", "toan 6.5", "math_fair"),
        ("advice_strengths", "6 7 điểm gì đó", "math_fair"),
        ("advice_strengths", "toán toàn dưới 5", "math_weak"),
        ("advice_strengths", "toán lớp 10 thì dở", None),
        ("advice_language", "anh văn 9 điểm", "good"),
        ("advice_language", "ielts 6.5", None),
    ],
)
def test_a_figure_is_an_answer(slot: str, text: str, option: str | None) -> None:
    assert question_of(slot).measure(text) == ((option,) if option else ())


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("cháu nó 13 tuổi", "secondary"),
        ("em 16t", "high_school"),
        ("2k9", "final_year"),
        ("sinh năm 1992", "working"),
        ("lớp 12", None),
    ],
)
def test_age_or_year_of_birth_tells_the_level(text: str, option: str | None) -> None:
    assert question_of("advice_level").scale.answer(text, AUTUMN_2026) == option

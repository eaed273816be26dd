"""Free text answers, the way pupils and parents type them."""

import pytest

from bot.advice.questions import question_of, questions


@pytest.mark.parametrize(
    ("slot", "text", "options"),
    [
        ("advice_level", "em lop 12", ("final_year",)),
        ("advice_level", "em học 12A3", ("final_year",)),
        ("advice_level", "không phải lớp 11 mà là lớp 12", ("final_year",)),
        ("advice_level", "lớp 12 chứ không phải lớp 11", ("final_year",)),
        ("advice_level", "con tôi học lớp 10", ("high_school",)),
        ("advice_level", "tôi đi làm 5 năm rồi", ("working",)),
        ("advice_likes", "em thích vẽ với chơi game", ("design", "games")),
        ("advice_likes", "em ghét lập trình, thích vẽ", ("design",)),
        ("advice_likes", "em thích nấu ăn", ()),
        ("advice_strengths", "hoc toan hoi yeu", ("math_weak",)),
        (
            "advice_strengths",
            "toán em hơi yếu, được cái tỉ mỉ",
            ("math_weak", "careful"),
        ),
        ("advice_strengths", "em giỏi toán", ("math_strong",)),
        ("advice_language", "tiếng anh tệ lắm", ("weak",)),
        ("advice_budget", "nha e cung k kha gia lam", ("low",)),
        ("advice_place", "ở đâu cũng được ạ", ("anywhere",)),
        ("advice_place", "má không cho đi đâu xa", ("cantho",)),
        ("advice_strengths", "dốt lắm", ("math_weak",)),
        ("advice_strengths", "không giỏi toán", ("math_weak",)),
        (
            "advice_strengths",
            "nói chuyện thì giỏi, toán không rành",
            ("math_weak", "outgoing"),
        ),
        ("advice_likes", "không mê code, mê robot", ("hardware",)),
        ("advice_place", "gan nha thoi", ("cantho",)),
    ],
)
def test_free_text_is_understood(
    slot: str, text: str, options: tuple[str, ...]
) -> None:
    assert question_of(slot).understand(text) == options


def test_there_are_at_most_six_questions_with_buttons() -> None:
    assert len(questions()) <= 6
    for question in questions():
        assert sum(option.title is not None for option in question.options) >= 3


def test_no_two_buttons_have_the_same_title() -> None:
    titles = [it.title for q in questions() for it in q.options if it.title]
    assert len(titles) == len(set(titles))


def test_a_button_means_what_its_title_typed_means() -> None:
    for question in questions():
        for option in question.options:
            if option.title:
                chosen = question.chosen(option.title)
                assert option.id in chosen
                assert set(question.understand(option.title)) & set(chosen)

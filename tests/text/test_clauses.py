"""Parts of a message that may be questions of their own."""

import pytest

from bot.text.clauses import clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ai ký vậy anh, với lại tới năm nào?", [("Ai ký vậy anh", True), ("tới năm nào", True)]),
        ("Ai ký? Tới năm nào?", [("Ai ký", True), ("Tới năm nào", True)]),
        ("chào bạn, học phí nhiêu?", [("chào bạn", False), ("học phí nhiêu", False)]),
        ("hp nhiu zới học mấy năm", [("hp nhiu", False), ("học mấy năm", False)]),
    ],
)  # fmt: skip
def test_clauses_and_whether_they_are_set_apart(
    text: str, parts: list[tuple[str, bool]]
) -> None:
    assert [tuple(clause) for clause in clauses(text)] == parts


@pytest.mark.parametrize("text", ["", "?!", "học phí", "3.500.000 đồng?", "a, b, c"])
def test_one_clause_or_too_many_are_none(text: str) -> None:
    assert clauses(text, most=2) == []

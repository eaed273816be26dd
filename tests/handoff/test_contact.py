"""Contacts that reach somebody, codes as they are typed, hints that tell little."""

import pytest

from bot.handoff.code import find_code, new_code
from bot.handoff.contact import hint, is_reachable


@pytest.mark.parametrize(
    ("kind", "value", "reachable"),
    [
        ("phone", "0901234567", True),
        ("phone", "0901 234 567", True),
        ("phone", "+84 901 234 567", True),
        ("phone", "84901234567", True),
        ("phone", "0292 3872 728", True),
        ("phone", "02923872728", True),
        ("phone", "0123456789", False),
        ("phone", "+1 202 555 0123", True),
        ("email", "lan.nguyen@gmail.com", True),
        ("email", "lan @gmail.com", True),
        ("email", "lan@gmail..com", False),
    ],
)
def test_what_reaches_somebody(kind: str, value: str, reachable: bool) -> None:
    assert is_reachable(kind, value) is reachable


def test_a_hint_is_not_the_whole() -> None:
    assert hint("phone", "0901234567") == "…567"
    assert hint("email", "lan@gmail.com") == "l…@gmail.com"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mã CT-7K3M9 tới đâu rồi", "CT-7K3M9"),
        ("ct7k3m9", "CT-7K3M9"),
        ("CT 7k3m9 xong chưa", "CT-7K3M9"),
        ("CT-GXWGW", "CT-GXWGW"),
        ("điểm chuẩn ctuet", None),
        ("phiếu của tôi", None),
    ],
)
def test_codes_as_they_are_typed(text: str, code: str | None) -> None:
    assert find_code(text) == code


def test_new_codes_are_found_again() -> None:
    assert all(find_code(code) == code for code in (new_code() for _ in range(200)))

"""A bad field is named with what is wrong with it."""

from datetime import date
from typing import Any

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.entry import parse_entry, parse_source
from bot.reply import Source

SOURCES = {"mic-1": Source(title="Tin của Bộ", checked_on="2026-11-22")}
ROW: dict[str, Any] = {
    "id": "plan/issuer",
    "title": "Ai ban hành Kế hoạch 06?",
    "answer": "UBND thành phố Cần Thơ ban hành Kế hoạch 06.",
    "fallback": "UBND thành phố Cần Thơ ban hành Kế hoạch 06.",
    "sources": ["mic-1"],
    "facts": ["CT-001"],
    "as_of": "2013-01-11",
    "valid_from": "2026-11-22",
    "related": ["plan/overview"],
    "owner": "Sở Khoa học và Công nghệ",
}


def parse(**changes: Any) -> Any:
    return parse_entry("issuer.yml", {**ROW, **changes}, SOURCES)


def test_parse_resolves_sources() -> None:
    assert parse().sources == (SOURCES["mic-1"],)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "Plan Issuer"}, "id"),
        ({"title": ""}, "title"),
        ({"answer": "x" * 601}, "answer"),
        ({"fallback": None}, "fallback"),
        ({"as_of": "hôm qua"}, "as_of"),
        ({"valid_from": "31/12/2026"}, "valid_from"),
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"related": []}, "related"),
        ({"sources": []}, "sources"),
        ({"sources": ["không-có"]}, "không-có"),
        ({"anwser": "gõ sai tên trường"}, "anwser"),
    ],
)
def test_parse_names_the_bad_field(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(KnowledgeError, match=r"issuer\.yml") as raised:
        parse(**changes)
    assert named in str(raised.value)


def test_parse_turns_down_what_is_no_mapping() -> None:
    with pytest.raises(KnowledgeError, match="expected a mapping"):
        parse_entry("issuer.yml", ["a"], SOURCES)


def test_parse_source_wants_a_checked_on_date() -> None:
    with pytest.raises(KnowledgeError, match="checked_on"):
        parse_source("mic-1", {"title": "Tin của Bộ"})


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        ("2026-11-21", False),
        ("2026-11-22", True),
        ("2027-08-31", True),
        ("2027-09-01", False),
    ],
)
def test_is_valid_within_its_dates(day: str, valid: bool) -> None:
    entry = parse(valid_to="2027-08-31")
    assert entry.is_valid(date.fromisoformat(day)) is valid

"""The channels' own words and tables of error codes."""

import re

import pytest

from bot.channels.incoming import Kind, read_payload
from bot.channels.messenger.client import GraphError
from bot.channels.messenger.client import treatment_of as graph_treatment
from bot.channels.messenger.profile import profile
from bot.channels.words import load_words
from bot.channels.zalo.client import treatment_of as zalo_treatment

WORDS = load_words()


def test_every_kind_that_is_not_a_question_has_words() -> None:
    asked = {"text", "choice", "page", "menu", "start", "leave", "staff"}
    assert set(WORDS.kinds) == set(Kind.__args__) - asked


def test_all_words_are_for_people_and_say_that_a_machine_speaks() -> None:
    assert "tự động" in WORDS.welcome
    for text in [*WORDS.kinds.values(), WORDS.expired, WORDS.empty, WORDS.too_long]:
        assert re.search(r"[ăâđêôơưà-ỹ]", text) and len(text) < 300


def test_the_menu_fits_every_channel() -> None:
    assert len(WORDS.menu) == 5
    for item in WORDS.menu:
        assert len(item.title) <= 30 and len(item.question) <= 80
        assert WORDS.question(item.key) == item.question
    assert WORDS.question("x") is None


def test_the_page_profile() -> None:
    data = profile(WORDS)
    assert len(data["ice_breakers"][0]["call_to_actions"]) == 4
    assert len(data["greeting"][0]["text"]) <= 160
    assert data["persistent_menu"][0]["locale"] == "default"


@pytest.mark.parametrize(
    ("code", "treatment"),
    [
        (-216, "refresh"), (-220, "refresh"), (-32, "retry"), (-200, "retry"),
        (-213, "drop"), (-230, "drop"), (-232, "drop"), (-244, "drop"),
        (-201, "dead"), (-210, "dead"), (-240, "dead"),
        (-211, "alarm"), (-224, "alarm"), (-321, "alarm"), (-99999, "unknown"),
    ],
)  # fmt: skip
def test_zalo_errors(code: int, treatment: str) -> None:
    assert zalo_treatment(code) == treatment


@pytest.mark.parametrize(
    ("code", "subcode", "treatment"),
    [
        (2, None, "retry"), (4, None, "retry"), (613, None, "retry"),
        (10, 2018278, "drop"), (10, 1893063, "alarm"), (100, None, "dead"),
        (100, 2018001, "drop"), (190, 463, "alarm"), (230, None, "alarm"),
        (551, None, "drop"), (99999, None, "retry"),
    ],
)  # fmt: skip
def test_graph_errors(code: int, subcode: int | None, treatment: str) -> None:
    error = GraphError({"code": code, "error_subcode": subcode})
    assert graph_treatment(error) == treatment


@pytest.mark.parametrize(
    ("payload", "read"),
    [
        ("#b:aZ-9", ("choice", "aZ-9")),
        (" #p:m1:4 ", ("page", "m1:4")),
        ("#m:study", ("menu", "study")),
        ("#b:", None), ("#b:a b", None), ("#x:a", None), ("b:a", None), ("#b:" + "a" * 101, None),
    ],
)  # fmt: skip
def test_payloads(payload: str, read: tuple[str, str] | None) -> None:
    assert read_payload(payload) == read

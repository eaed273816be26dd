"""The language generator: a tracker in, replies out."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

from bot.knowledge.catalogue.files import read_catalogue
from bot.knowledge.catalogue.store import CatalogueStore
from bot.knowledge.library import read_library, read_yaml
from bot.knowledge.store import KnowledgeStore
from bot.rasa.nlg import KnowledgeNLG
from bot.settings import ROOT, Settings

Say = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def say(engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Say:
    library = read_library(ROOT / "data" / "knowledge")
    files = read_catalogue(ROOT / "data" / "knowledge" / "catalogue", library.sources)
    KnowledgeStore(engine).load(library.entries.values())
    CatalogueStore(engine).load(files.records, files.sources)
    monkeypatch.setattr("bot.rasa.nlg.load_settings", lambda: settings)
    # Rasa's own loader warns of what this generator does not look at.
    domain = SimpleNamespace(responses=read_yaml(ROOT / "domain.yml")["responses"])
    generator = KnowledgeNLG(None, domain)
    events: list[Event] = []

    def turn(name: str, text: str, **parsed: Any) -> list[dict[str, Any]]:
        data = {
            "intent": {"name": name, "confidence": 0.9},
            "intent_ranking": [
                {"name": name, "confidence": 0.9},
                {"name": "out_of_scope", "confidence": 0.1},
            ],
            "entities": [],
            "text": text,
            **parsed,
        }
        events.append(ActionExecuted("action_listen"))
        events.append(
            UserUttered(text, data["intent"], data["entities"], parse_data=data)
        )
        tracker = DialogueStateTracker.from_events("c", events, [])
        message = asyncio.run(generator.generate(f"utter_{name}", tracker, "web"))
        assert message is not None
        events.append(BotUttered(message["text"], {"custom": message["custom"]}))
        replies: list[dict[str, Any]] = message["custom"]["replies"]
        return replies

    return turn


def entity(text: str, part: str, kind: str, value: str) -> dict[str, Any]:
    start = text.index(part)
    return {"entity": kind, "value": value, "start": start, "end": start + len(part)}


def test_earlier_turns_are_read_from_the_tracker(say: Say) -> None:
    text = "học phí cntt ctu"
    say(
        "study_tuition",
        text,
        entities=[
            entity(text, "cntt", "major", "it"),
            entity(text, "ctu", "institution", "ctu"),
        ],
    )
    reply = say("study_benchmark_score", "thế điểm chuẩn")[0]
    assert reply["params"] == {"institution": "ctu", "major": "it"}
    text = "còn FPT"
    reply = say(
        "follow_up", text, entities=[entity(text, "FPT", "institution", "fptu")]
    )[0]
    assert reply["topic"] == "study/benchmark_score"
    assert reply["params"] == {"institution": "fptu", "major": "it"}


def test_two_questions_get_two_replies(say: Say) -> None:
    replies = say(
        "study_tuition",
        "học phí với điểm chuẩn cntt ctu",
        questions=[
            {
                "intent": "study_tuition",
                "entities": [
                    {"entity": "institution", "value": "ctu", "start": 0, "end": 3},
                    {"entity": "major", "value": "it", "start": 4, "end": 8},
                ],
            },
            {
                "intent": {"name": "study_benchmark_score", "confidence": 0.8},
                "entities": [],
            },
        ],
    )
    assert [reply["topic"] for reply in replies] == [
        "study/tuition",
        "study/benchmark_score",
    ]
    assert replies[1]["params"] == {"institution": "ctu", "major": "it"}


def test_a_button_carries_its_entities(say: Say) -> None:
    chosen = {"name": "study_compare_institutions", "confidence": 1.0}
    reply = say(
        "study_compare_institutions",
        "1",
        intent=chosen,
        intent_ranking=[chosen],
        chosen=True,
        entities=[{"entity": "institution", "value": ["ctu", "fptu"]}],
    )[0]
    assert reply["params"] == {"institution": ["ctu", "fptu"]}


def test_a_button_typed_with_a_vague_word_is_not_asked_back(say: Say) -> None:
    chosen = {"name": "study_benchmark_score", "confidence": 1.0}
    reply = say(
        "study_benchmark_score",
        "điểm",
        intent=chosen,
        intent_ranking=[chosen],
        chosen=True,
    )[0]
    assert reply["topic"] == "study/benchmark_score"


def test_a_refusal_offers_the_nearest_topics(say: Say) -> None:
    ranking = [
        {"name": "out_of_scope", "confidence": 0.9},
        {"name": "study_where", "confidence": 0.05},
    ]
    reply = say("out_of_scope", "giá vàng hôm nay", intent_ranking=ranking)[0]
    assert reply["kind"] == "out_of_scope"
    assert "study/where" in [topic["id"] for topic in reply["related"]]


def test_the_domain_speaks_when_the_store_fails(say: Say, engine: Engine) -> None:
    engine.dispose()
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE catalogue_state")
    reply = say("study_tuition", "học phí")[0]
    assert reply["topic"] == "study/tuition" and reply["text"]


def test_a_guess_without_any_doubt_is_no_button(say: Say) -> None:
    text = "điểm chuẩn cntt ctu"
    say(
        "study_benchmark_score",
        text,
        entities=[
            entity(text, "cntt", "major", "it"),
            entity(text, "ctu", "institution", "ctu"),
        ],
    )
    text = "thế còn FPT thì sao"
    sure = {"name": "follow_up", "confidence": 1.0}
    reply = say(
        "follow_up",
        text,
        entities=[entity(text, "FPT", "institution", "fptu")],
        intent=sure,
        intent_ranking=[sure],
    )[0]
    assert reply["topic"] == "study/benchmark_score"
    assert reply["params"]["institution"] == "fptu"

"""domain.yml agrees with the knowledge and with the contract of topics."""

from bot.commands.knowledge import FOLDER, TOPICS
from bot.knowledge.domain import topic_responses
from bot.knowledge.library import read_library, read_topics, read_yaml
from bot.settings import ROOT

DOMAIN = read_yaml(ROOT / "domain.yml")


def test_every_topic_has_its_intent_and_last_resort_text() -> None:
    wanted = topic_responses(read_topics(TOPICS), read_library(FOLDER).entries)
    found = {name: DOMAIN["responses"].get(name) for name in wanted}
    assert found == wanted, "run `make domain`"
    intents = {name.removeprefix("utter_") for name in wanted}
    assert intents <= set(DOMAIN["intents"])


def test_sessions_expire() -> None:
    assert 0 < DOMAIN["session_config"]["session_expiration_time"] <= 60

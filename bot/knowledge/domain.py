"""Keeps the topic part of ``domain.yml`` equal to the knowledge.

Every topic has an intent and a response ``utter_<intent>`` whose text is the entry's evergreen
fallback: what is said when the knowledge store cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.knowledge.entry import Entry


def sync_domain(
    path: Path, topics: Iterable[str], entries: Mapping[str, Entry]
) -> None:
    """Write the topics' intents and responses into the domain file; the rest stays."""
    yaml = YAML()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    domain = yaml.load(path.read_text(encoding="utf-8"))
    wanted = topic_responses(topics, entries)
    intents = {response.removeprefix("utter_") for response in wanted}
    domain["intents"][:] = [
        *(intent for intent in domain["intents"] if intent not in intents),
        *(response.removeprefix("utter_") for response in wanted),
    ]
    domain["responses"].update(wanted)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(domain, file)


def topic_responses(
    topics: Iterable[str], entries: Mapping[str, Entry]
) -> dict[str, list[dict[str, Any]]]:
    """Return the responses the domain must have for ``topics``."""
    return {
        f"utter_{topic.replace('/', '_', 1)}": [{"text": entries[topic].fallback}]
        for topic in topics
    }

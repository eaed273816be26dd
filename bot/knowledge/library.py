"""The knowledge as files: ``data/knowledge/`` read and checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import KnowledgeError
from bot.knowledge.entry import Entry, parse_entry, parse_source
from bot.reply import Source

#: Folders beside those of the topics' groups.
_NO_ENTRIES = frozenset({"catalogue", "advice"})


@dataclass(frozen=True)
class Library:
    """All entries and sources of a folder.

    Attributes:
        entries: Entry per topic id.
        sources: Source per source id.
    """

    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]


def read_topics(path: Path) -> dict[str, dict[str, Any]]:
    """Return ``group/topic`` to its row of ``topics.yml`` (the contract)."""
    groups = read_yaml(path)["groups"]
    return {
        f"{group}/{topic}": row
        for group, topics in groups.items()
        for topic, row in topics.items()
    }


def read_library(folder: Path) -> Library:
    """Read ``sources.yml`` and every ``<group>/<topic>.yml``.

    Raises:
        KnowledgeError: One line per problem, over all files.
    """
    problems: list[str] = []
    sources: dict[str, Source] = {}
    for key, row in read_yaml(folder / "sources.yml").items():
        try:
            sources[key] = parse_source(key, row)
        except KnowledgeError as error:
            problems.append(str(error))
    entries: dict[str, Entry] = {}
    for path in sorted(folder.glob("*/*.yml")):
        topic = f"{path.parent.name}/{path.stem}"
        if path.parent.name in _NO_ENTRIES:
            continue
        try:
            entry = parse_entry(f"{topic}.yml", read_yaml(path), sources)
            if entry.id != topic:
                raise KnowledgeError(
                    f"{topic}.yml: id is {entry.id!r}; make them equal"
                )
            entries[topic] = entry
        except KnowledgeError as error:
            problems.append(str(error))
    problems += _dangling(entries)
    if problems:
        raise KnowledgeError("\n".join(problems))
    return Library(entries, sources)


def _dangling(entries: Mapping[str, Entry]) -> list[str]:
    return [
        f"{entry.id}.yml: related: {topic} has no entry"
        for entry in entries.values()
        for topic in entry.related
        if topic not in entries
    ]


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file.

    Raises:
        KnowledgeError: The file is missing or not YAML.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"{path.name}: no such file in {path.parent.name}/"
        ) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: not valid YAML: {error}") from error

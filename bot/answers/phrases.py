"""Frames of sentences, from ``data/knowledge/phrases.yml``; facts are never in them."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.library import read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "knowledge" / "phrases.yml"


class Phrases:
    """Phrases by dotted key."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Keep the phrases."""
        self._phrases = dict(phrases)

    def __contains__(self, key: str) -> bool:
        return key in self._phrases

    def say(self, key: str, **parts: object) -> str:
        """Return the phrase with its places filled in.

        Raises:
            KnowledgeError: There is no such phrase, or a place is left open.
        """
        try:
            return self._phrases[key].format(**parts)
        except KeyError as error:
            raise KnowledgeError(
                f"phrases.yml: {key}: {error} is missing; add it"
            ) from error


@lru_cache(maxsize=1)
def load_phrases(path: Path = PATH) -> Phrases:
    """Read and check the phrases.

    Raises:
        KnowledgeError: A value is not a text or cannot be filled in.
    """
    phrases = dict(_flat(read_yaml(path)))
    for key, phrase in phrases.items():
        if not isinstance(key, str):
            raise KnowledgeError(f"{path.name}: {key!r} is not a text; quote it")
        try:
            list(string.Formatter().parse(phrase))
        except (TypeError, ValueError) as error:
            raise KnowledgeError(f"{path.name}: {key}: {error}") from error
    return Phrases(phrases)


def _flat(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}" if isinstance(key, str) else key, value

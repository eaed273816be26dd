"""What the channels themselves say, read from ``words.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class MenuItem:
    """An entry of the fixed menu; a tap on it asks ``question``."""

    key: str
    title: str
    question: str


@dataclass(frozen=True)
class Words:
    """Texts for people; ``kinds`` answers what is not text, by kind of event."""

    source: str
    as_of: str
    more_sources: str
    choose: str
    choose_by_number: str
    next_page: str
    page: str
    related: str
    expired: str
    too_long: str
    empty: str
    welcome: str
    kinds: dict[str, str]
    menu: tuple[MenuItem, ...]

    def question(self, key: str) -> str | None:
        """Return what a menu entry asks."""
        return next((item.question for item in self.menu if item.key == key), None)


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read the file once."""
    path = Path(__file__).with_name("words.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    menu = tuple(MenuItem(**item) for item in data.pop("menu"))
    return Words(**data, menu=menu)

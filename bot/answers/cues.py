"""Words that say what a message wants beside its topic and entities (``cues.yml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import LexiconError
from bot.knowledge.library import read_yaml
from bot.settings import ROOT

#: Cues that are handed on to the answer by their name.
WANTS = ("cheapest", "ranked", "floor", "quota")
Span = tuple[int, int]


@dataclass(frozen=True)
class Experience:
    """A span of years of experience as people name it."""

    name: str
    span: Span
    words: re.Pattern[str]


class Cues:
    """The words of ``cues.yml``, ready to match against folded text."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Compile the words.

        Raises:
            KeyError: A part of the file is missing.
        """
        self.fillers = frozenset(data["fillers"])
        self.filler_phrases = phrases(data["filler_phrases"])
        self.negated = _before([*data["negated"]], data["negation_links"])
        self.excluded = _before(data["excluded"], data["negation_links"])
        self.asked_for = _by_kind(data["asked_for"])
        self.another = _by_kind(data["another"])
        self.referred_to = _by_kind(data["referred_to"])
        self.counted: dict[str, str] = data["counted"]
        self.ordinals: dict[str, int] = data["ordinals"]
        self.ordinal = _ordinal(self.counted, self.ordinals)
        self.wants = {name: phrases(data[name]) for name in WANTS}
        self.back = phrases(data["back"])
        self.corrected = phrases(data["corrected"])
        self.years = {word: int(step) for word, step in data["years"].items()}
        self.year = phrases(self.years)
        self.experience = tuple(
            Experience(name, (row["span"][0], row["span"][1]), phrases(row["words"]))
            for name, row in data["experience"].items()
        )
        self.years_of_experience = tuple(map(re.compile, data["years_of_experience"]))
        self.fewer = phrases(data["fewer"])
        self.more = phrases(data["more"])
        self.little_before = _before(data["little"]["before"])
        self.little_after = _after(data["little"]["after"])
        self.city_after = _before(data["city"]["after"])
        self.city_in = _before(data["city"]["in"])
        self.elsewhere = _after(data["elsewhere"])
        self.others = phrases(data["others"])
        self.others_after = phrases(data["others_after"])
        self.named_after = phrases(data["named_after"])
        self.employer_of: dict[str, str] = data["employer_of"]
        self.vague: dict[str, tuple[str, ...]] = {
            word: tuple(topics) for word, topics in data["vague"].items()
        }


@lru_cache(maxsize=1)
def load_cues(path: Path = ROOT / "data" / "lexicon" / "cues.yml") -> Cues:
    """Read the cues.

    Raises:
        LexiconError: A part of the file is missing or has the wrong shape.
    """
    try:
        return Cues(read_yaml(path))
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"{path.name}: {error!r}; see the comments in it") from error


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words, the longest first."""
    ordered = sorted(map(str, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def _before(words: Iterable[str], links: Iterable[str] = ()) -> re.Pattern[str]:
    between = "|".join(map(re.escape, links))
    link = rf"(?:(?:{between})\s+)*" if between else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s+{link}$")


def _after(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:o\s+)?(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _by_kind(data: Mapping[str, Iterable[str]]) -> dict[str, re.Pattern[str]]:
    return {kind: phrases(words) for kind, words in data.items()}


def _ordinal(things: Iterable[str], ordinals: Iterable[str]) -> re.Pattern[str]:
    thing = "|".join(sorted(things, key=len, reverse=True))
    ordinal = "|".join(sorted(ordinals, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<thing>{thing})\s+(?:(?:so|thu)\s+(?P<nth>{ordinal}|\d)"
        rf"|(?P<end>dau tien|dau|cuoi cung|cuoi))(?!\w)"
    )

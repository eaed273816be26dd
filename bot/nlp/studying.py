"""Whether a name that is a major's and a sector's ("cntt", "AI") is meant as the major."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.text.fold import fold

_FILE = "studying.yml"


@dataclass(frozen=True)
class Studying:
    """Names that need a word of studying or working beside them.

    Attributes:
        names: Folded name as it is typed to the words that make a major of it.
        idle: Phrases that hold such a word and speak of something else.
        short: A message of so many words at most leaves everything else out.
    """

    names: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    idle: re.Pattern[str] = re.compile("(?!)")
    short: int = 0

    @classmethod
    def read(cls, lexicon_folder: Path) -> Studying:
        """Read ``studying.yml``; without it every name is a major."""
        path = lexicon_folder / _FILE
        if not path.is_file():
            return cls()
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = {
            name: _any([word for words in lists for word in content[words]])
            for name, lists in content["names"].items()
        }
        return cls(names, _any(content["idle"]), content["short"])

    def is_sector(self, typed: str, before: str, after: str) -> bool:
        """Tell whether ``typed``, between the rest of a message, is no major.

        Args:
            typed: The name as it was typed.
            before: What the message says before it.
            after: What it says after it.
        """
        words = self.names.get(fold(typed))
        if not words or len(before.split()) + 1 + len(after.split()) <= self.short:
            return False
        said = self.idle.sub(" ", f"{before.rstrip()} _ {after.lstrip()}")
        # Words of the lexicon without diacritics are found in the first half, others in the second.
        return not words.search(f"{fold(said)} | {said}")


def _any(words: Collection[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

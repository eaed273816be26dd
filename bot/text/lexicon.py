"""The lexicon: how people shorten words in chat, and which words must be left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import LexiconError
from bot.text.aligned import Aligned
from bot.text.syllable import decode_keys

WORD = re.compile(r"\w+(?:[/&+#.]\w+)*[+#]*")


@dataclass(frozen=True)
class Lexicon:
    """Short forms with what they stand for, and words that are never decoded.

    Attributes:
        expansions: Lower-case short form to its full form ("cntt": "công nghệ thông tin").
        kept: Lower-case words that look like keystroke residue but are not ("test").
    """

    expansions: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    @classmethod
    def read(cls, folder: Path) -> Lexicon:
        """Read ``*.tsv`` (short form, tab, full form) and ``kept.txt`` (one word a line).

        Raises:
            LexiconError: A line has not two columns, or a form is given twice.
        """
        expansions: dict[str, str] = {}
        for path in sorted(folder.glob("*.tsv")):
            for number, line in _lines(path):
                columns = line.split("\t")
                if len(columns) != 2 or not all(map(str.strip, columns)):
                    raise LexiconError(
                        f"{path.name}:{number}: expected 'short form<TAB>full form', got {line!r}"
                    )
                form, full = (column.strip().lower() for column in columns)
                if form in expansions:
                    raise LexiconError(
                        f"{path.name}:{number}: {form!r} is given twice; keep one"
                    )
                expansions[form] = full
        kept = folder / "kept.txt"
        words = (line for _, line in _lines(kept)) if kept.is_file() else ()
        return cls(expansions, frozenset(words))

    def expand(self, aligned: Aligned) -> Aligned:
        """Return the cleaned text with short forms written out and keystrokes decoded."""
        pieces = []
        done = 0
        for match in WORD.finditer(aligned.text):
            for start, end, full in self._read_word(match):
                pieces.append((done, start, aligned.text[done:start]))
                pieces.append((start, end, full))
                done = end
        if not pieces:
            return aligned
        pieces.append((done, len(aligned.text), aligned.text[done:]))
        return aligned.rewrite(pieces)

    def _read_word(self, match: re.Match[str]) -> Iterable[tuple[int, int, str]]:
        word = match.group()
        if word in self.expansions:
            return [(match.start(), match.end(), self.expansions[word])]
        if word.isalnum():
            return self._read_part(match.start(), word)
        parts = re.finditer(r"\w+", word)
        return [
            piece
            for part in parts
            for piece in self._read_part(match.start() + part.start(), part.group())
        ]

    def _read_part(self, start: int, word: str) -> list[tuple[int, int, str]]:
        if word in self.expansions:
            full = self.expansions[word]
        else:
            full = word if word in self.kept else decode_keys(word)
        return [] if full == word else [(start, start + len(word), full)]


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip("\r\n ")

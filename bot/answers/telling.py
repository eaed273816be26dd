"""Puts cells into words: figures as they are, with their year and who says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.answers.draft import LINES, Item
from bot.answers.phrases import Phrases
from bot.knowledge.catalogue.model import Catalogue, Cell, Value
from bot.text.fold import fold

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\w)")
_SAYS_WHO = re.compile(
    r"\b(theo|nguon|cong bo|cho biet|du kien|topdev|navigos|itviec|topcv|tu gioi thieu|"
    r"mo ta chung|mo ta cua|goi y cua|nhan xet cua lanh dao)\b"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def figure(value: Value) -> str:
    """Return a value as people write it here: ``24.23`` → ``24,23``."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class Teller:
    """Words lines of an answer."""

    def __init__(self, phrases: Phrases, catalogue: Catalogue) -> None:
        """Keep the frames and the sources."""
        self._phrases = phrases
        self._catalogue = catalogue

    def dated(self, text: str, cell: Cell) -> str:
        """Return ``text`` with the year of the cell, unless it tells a year itself."""
        text = text.rstrip(".")
        if cell.year and str(cell.year) not in text:
            return self._phrases.say("in_year", text=text, year=cell.year)
        if cell.year is None and re.search(r"\d", text) and not _YEAR.search(text):
            return self._phrases.say("of_day", text=text, day=_day(cell.as_of))
        return text

    def sentences(self, cells: Iterable[Cell]) -> list[str]:
        """Return the notes, sentence by sentence, and a source where none says who."""
        found: list[str] = []
        for cell in cells:
            told = [it.strip() for it in _SENTENCE.split(cell.note) if it.strip()]
            knows = not figure(cell.value).startswith(
                self._phrases.say("unknown.begins")
            )
            spoken = [figure(cell.value), *told]
            if knows and not any(_SAYS_WHO.search(fold(it)) for it in spoken):
                title = self._catalogue.sources[cell.sources[0]].title
                told.append(self._phrases.say("source", title=title))
            found += [it for it in told if it not in found]
        return found

    def lines(
        self, items: Sequence[Item], *, apart: bool
    ) -> tuple[list[str], list[str]]:
        """Return the lines and the sentences that belong below all of them.

        Args:
            items: What is told, in order.
            apart: Whether each line names its own source.
        """
        shown = items[:LINES]
        notes = [self.sentences(item.cells) for item in shown]
        counts = Counter(sentence for told in notes for sentence in told)
        lines = []
        for item, told in zip(shown, notes, strict=True):
            own = self._own(told, counts, len(shown), apart)
            lines.append(self._phrases.say("line", text=self._line(item, own)))
        if len(items) > len(shown):
            lines.append(self._phrases.say("more"))
        if apart:
            return lines, []
        below = dict.fromkeys(it for told in notes for it in told)
        return lines, [it for it in below if counts[it] > 1 or len(shown) == 1]

    def _own(
        self, told: Sequence[str], counts: Counter[str], lines: int, apart: bool
    ) -> str:
        if apart:
            who = [it for it in told if _SAYS_WHO.search(fold(it))]
            # What a line is "theo" counts before a remark on it.
            return "".join(sorted(who, key=lambda it: "theo" not in fold(it))[:1])
        own = [it for it in told if counts[it] == 1] if lines > 1 else []
        return " ".join(own)

    def _line(self, item: Item, own: str) -> str:
        text = item.text[:1].upper() + item.text[1:]
        if item.label:
            text = self._phrases.say("labelled", label=item.label, text=item.text)
        if not own:
            return text
        # "– theo Thông báo …" reads on from the line.
        word = own.split(" ", 1)[0]
        if word == "Theo":
            own = own[0].lower() + own[1:]
        return self._phrases.say("said_by", text=text.rstrip("."), who=own.rstrip("."))


def _day(as_of: str) -> str:
    return "/".join(part.lstrip("0") for part in reversed(as_of.split("-")))

"""A draft of an answer: what is told, from which cells, with which choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.knowledge.catalogue.model import Cell
from bot.reply import Choice

#: Longer lists are hard to read on a phone.
LINES = 8
CHOICES = 7


@dataclass(frozen=True)
class Item:
    """One line: a label, its text, the cells the text is from."""

    text: str
    cells: tuple[Cell, ...] = ()
    label: str = ""
    #: Where it stands in a sorted list.
    rank: float = 0.0


@dataclass(frozen=True)
class Draft:
    """An answer before it is put into words.

    Attributes:
        params: Ids per kind the answer is about.
        what: What is told, without of whom; empty when the lines say it.
        before: Sentences ahead of the lines.
        items: The lines.
        after: Sentences behind them.
        cells: Cells used outside the lines.
        choices: What can be asked next with one tap.
        apart: Whether each line carries its own source (lines of several institutions).
        heading: A whole heading in place of the one made of ``what``.
    """

    params: Mapping[str, tuple[str, ...]]
    what: str = ""
    before: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    after: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    choices: tuple[Choice, ...] = ()
    apart: bool = False
    heading: str = ""
    headed: bool = field(default=True)

    @property
    def used(self) -> tuple[Cell, ...]:
        """Return the cells of what is shown."""
        shown: Sequence[Item] = self.items[:LINES]
        return (*(cell for item in shown for cell in item.cells), *self.cells)

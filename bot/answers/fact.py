"""A fact of programmes that is looked up, and which cells tell it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.lookup import Lookup
from bot.answers.telling import figure
from bot.knowledge.catalogue.model import Cell, Institution, Programme


@dataclass(frozen=True)
class Fact:
    """What is looked up.

    Attributes:
        what: Key of its name in the phrases.
        cell: Name of a programme's cells.
        school_wide: Name of an institution's cells that hold for all its programmes.
        wanted: Which of the cells count.
        text: How a cell's value is told.
        newest: Whether only the newest year is told when none is asked for.
        rank: Sorting key of a cell in a comparison; none keeps the tables' order.
        overview_first: Whether an institution's own cells tell more than its majors'.
    """

    what: str
    cell: str
    school_wide: str = ""
    wanted: Callable[[Cell], bool] = lambda cell: True
    text: Callable[[Lookup, Cell], str] = lambda look, cell: figure(cell.value)
    newest: bool = True
    rank: Callable[[Cell, Institution], float] | None = None
    overview_first: bool = False


def wanted_cells(look: Lookup, fact: Fact, programme: Programme) -> list[Cell]:
    """Return the cells of a programme that answer, of the years asked about."""
    cells = [cell for cell in programme.all(fact.cell) if fact.wanted(cell)]
    return _of_year(look, fact, cells)


def _of_year(look: Lookup, fact: Fact, cells: Sequence[Cell]) -> list[Cell]:
    if look.years:
        return [cell for cell in cells if cell.year in look.years]
    if not fact.newest:
        return list(cells)
    newest = max((cell.year or 0 for cell in cells), default=0)
    return [cell for cell in cells if (cell.year or 0) == newest]


def known_years(look: Lookup, fact: Fact) -> list[int]:
    """Return the years there are cells of, newest first."""
    schools = {school.id for school in look.institutions}
    majors = {major.id for major in look.majors}
    cells = [
        cell
        for it in look.programmes(None, None)
        if (not schools or it.institution in schools)
        and (not majors or it.major in majors)
        for cell in it.all(fact.cell)
    ]
    if schools and not majors:
        cells += [c for s in look.institutions for c in s.all(fact.school_wide)]
    return sorted({c.year for c in cells if c.year and fact.wanted(c)}, reverse=True)


def fits(fact: Fact, cell: Cell) -> bool:
    """Tell whether a school-wide cell is of the kind wanted."""
    return fact.wanted(cell) if cell.kind else True

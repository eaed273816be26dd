"""Lines of a fact: one per cell, labelled by what tells the lines apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers.draft import Item
from bot.answers.fact import Fact, fits, wanted_cells
from bot.answers.lookup import STANDARD, Lookup
from bot.knowledge.catalogue.model import Cell, Institution, Programme


def lines(
    look: Lookup,
    fact: Fact,
    programmes: Sequence[Programme],
    label: Callable[[Programme], str],
) -> list[Item]:
    """Return a line per cell of the programmes."""
    return [
        look.item(
            cell,
            label(programme),
            fact.text(look, cell),
            _rank(look, fact, cell, programme),
        )
        for programme in programmes
        for cell in wanted_cells(look, fact, programme)
    ]


def _rank(look: Lookup, fact: Fact, cell: Cell, programme: Programme) -> float:
    if fact.rank is None:
        return 0.0
    return fact.rank(cell, look.catalogue.institutions[programme.institution])


def school_lines(
    look: Lookup, fact: Fact, school: Institution, label: str
) -> list[Item]:
    """Return a line per cell of the institution's own."""
    if not fact.school_wide:
        return []
    cells = [cell for cell in school.all(fact.school_wide) if fits(fact, cell)]
    if look.years:
        cells = [cell for cell in cells if cell.year in look.years]
    return [look.item(cell, label) for cell in cells]


def fill_in_lines(
    look: Lookup,
    fact: Fact,
    school: Institution,
    programmes: Sequence[Programme],
    found: Sequence[Item],
) -> list[Item]:
    """Return school-wide cells for those programmes that have no cell of their own."""
    bare = [it for it in programmes if not wanted_cells(look, fact, it)]
    own = [cell for it in bare for cell in it.all(fact.school_wide)]
    variants = {it.variant or STANDARD for it in bare if not it.all(fact.school_wide)}
    cells = [
        cell
        for cell in school.all(fact.school_wide)
        if fits(fact, cell)
        and (cell.applies_to in variants if cell.applies_to else not found)
    ]
    if look.years:
        own = [cell for cell in own if cell.year in look.years]
        cells = [cell for cell in cells if cell.year in look.years]
    return [
        *(
            look.item(cell, look.variant(it))
            for it in bare
            for cell in it.all(fact.school_wide)
            if cell in own
        ),
        *(look.item(cell) for cell in cells),
    ]


def merged(items: Sequence[Item]) -> list[Item]:
    """Put lines that tell the same into one, with all their labels."""
    same: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        note = item.cells[0].note if item.cells else ""
        same.setdefault((item.text, note), []).append(item)
    return [
        replace(
            group[0],
            label=", ".join(dict.fromkeys(it.label for it in group if it.label)),
            cells=tuple(dict.fromkeys(cell for it in group for cell in it.cells)),
        )
        for group in same.values()
    ]


def pair_label(look: Lookup, alone: bool) -> Callable[[Programme], str]:
    """Return what names a line when institutions and majors are given."""

    def label(programme: Programme) -> str:
        parts = (
            [] if alone else [look.catalogue.institutions[programme.institution].short]
        )
        if len(look.majors) > 1:
            parts.append(programme.name)
        return ", ".join([*parts, *filter(None, [look.variant(programme)])])

    return label


def major_label(look: Lookup, alone: bool) -> Callable[[Programme], str]:
    """Return what names a line in a list of majors."""

    def label(programme: Programme) -> str:
        name = programme.name
        if programme.variant_name and programme.confirmed_here:
            name = look.say(
                "variant.with_level", name=name, level=programme.variant_name
            )
        elif programme.level not in ("university", "college"):
            level = look.say(f"levels.{programme.level}")
            name = look.say("variant.with_level", name=name, level=level)
        school = look.catalogue.institutions[programme.institution].short
        return name if alone else f"{school}, {name}"

    return label


def school_label(
    look: Lookup, school: Institution, majors: int
) -> Callable[[Programme], str]:
    """Return what names a line in a list of institutions."""

    def label(programme: Programme) -> str:
        parts = [
            school.short,
            programme.name if majors > 1 else "",
            look.variant(programme),
        ]
        return ", ".join(filter(None, parts))

    return label

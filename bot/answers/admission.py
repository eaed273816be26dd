"""Ways of admission, the calendar and scholarships of an institution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.draft import Draft, Item
from bot.answers.lookup import Lookup
from bot.knowledge.catalogue.model import Cell, Institution

#: Cells that answer, by what is asked.
_METHODS = ("methods", "methods_note")


def methods(look: Lookup) -> Draft | None:
    """Answer ``study/admission_methods``."""
    return _of_schools(look, "methods", _METHODS)


def calendar(look: Lookup) -> Draft | None:
    """Answer ``study/admission_calendar`` for an institution that is named."""
    draft = _of_schools(look, "calendar", ("calendar",))
    return draft if draft and draft.items else None


def english(look: Lookup) -> Draft | None:
    """Answer ``training/foreign_language`` for an institution that is named."""
    draft = _of_schools(look, "english", ("english_note",))
    return draft if draft and draft.items else None


def scholarships(look: Lookup) -> Draft | None:
    """Answer ``study/scholarships`` for an institution that is named."""
    draft = _of_schools(look, "scholarships", ("scholarships_note",))
    if draft is None:
        return None
    owned = {school.id for school in look.institutions}
    offers = [
        it for it in look.catalogue.scholarships.values() if it.institution in owned
    ]
    if draft.items or not offers:
        return draft
    items = tuple(
        look.item(cell, offer.name)
        for offer in offers
        for name in ("about", "amount")
        for cell in offer.all(name)
    )
    return replace(draft, items=items, after=(), cells=(), headed=True)


def _of_schools(look: Lookup, what: str, names: Sequence[str]) -> Draft | None:
    schools = look.institutions
    if not schools:
        return None
    items: list[Item] = []
    after: list[str] = []
    cells: list[Cell] = []
    for school in schools:
        label = school.short if len(schools) > 1 else ""
        found = _told(look, school, names, label)
        items += found
        if not found:
            scope = look.scope({"institution": (school.id,)})
            reach, ways = look.reach(school)
            after += [_unknown(look, what, scope), reach]
            cells += ways
    return Draft(
        # The major changes nothing here; it is told only when it was named.
        params=look.params(
            "institution",
            "year",
            *(["major"] if "major" not in look.question.assumed else []),
        ),
        what=what,
        items=tuple(items),
        after=tuple(after),
        cells=tuple(cells),
        apart=len(schools) > 1,
        headed=bool(items),
    )


def _unknown(look: Lookup, what: str, scope: str) -> str:
    if look.years:
        year = ", ".join(map(str, look.years))
        return look.say(
            "unknown.year_only", what=look.what(what), scope=scope, year=year
        )
    return look.say("unknown.cell", what=look.what(what), scope=scope)


def _told(
    look: Lookup, school: Institution, names: Sequence[str], label: str
) -> list[Item]:
    found = [cell for name in names for cell in school.all(name)]
    if look.years:
        found = [cell for cell in found if cell.year in look.years]
    short = [cell for cell in found if cell in school.all(names[0])]
    if len(short) > 1 and names[0] == "methods":
        # A list of ways reads better as one line per year.
        years = dict.fromkeys(cell.year for cell in short)
        lines = [
            _joined(look, [c for c in short if c.year == year], label) for year in years
        ]
        return [
            *lines,
            *(look.item(cell, label) for cell in found if cell not in short),
        ]
    return [look.item(cell, label) for cell in found]


def _joined(look: Lookup, cells: Sequence[Cell], label: str) -> Item:
    text = ", ".join(str(cell.value) for cell in cells)
    line = look.item(cells[0], label, text)
    return replace(line, cells=tuple(cells))

"""Institutions side by side: facts, no verdict."""

from __future__ import annotations

from bot.answers.costs_and_scores import BENCHMARK, DURATION, TUITION
from bot.answers.draft import LINES, Draft, Item
from bot.answers.fact import Fact
from bot.answers.lookup import Lookup
from bot.knowledge.catalogue.model import Institution, Major, Programme

#: Rows that are looked up, the most asked for first.
_COMPARED = (TUITION, BENCHMARK, DURATION)


def compare(look: Lookup) -> Draft | None:
    """Answer ``study/compare_institutions``: facts side by side, no verdict."""
    schools = look.institutions
    if len(schools) < 2:
        return None
    major = look.majors[0] if look.majors else None
    items = [_kinds(look)]
    rows = [
        [_figure(look, fact, school, major) for school in schools] for fact in _COMPARED
    ]
    if major is None:
        rows.insert(0, [_taught(look, school) for school in schools])
    for row in rows:
        if len(items) + len(row) <= LINES:
            items += row
    names = look.listed([school.name for school in schools])
    return Draft(
        params=look.params("institution", "major"),
        items=tuple(items),
        after=(look.say("limits.compare"),),
        heading=look.say("compare.institutions", names=names),
        choices=tuple(
            look.choice(
                school.short, {"institution": school.id}, "study/institution_info"
            )
            for school in schools
        ),
        apart=True,
    )


def _kinds(look: Lookup) -> Item:
    told = [
        look.say("compare.row", name=it.short, text=look.say(f"kinds.{it.kind}"))
        if it.kind
        else look.say("labelled", label=it.short, text=look.say("compare.unknown"))
        for it in look.institutions
    ]
    return Item("; ".join(told), label=look.say("what.kind"))


def _label(look: Lookup, what: str, school: Institution) -> str:
    return look.say("compare.with", what=look.say(f"what.{what}"), name=school.short)


def _taught(look: Lookup, school: Institution) -> Item:
    label = _label(look, "taught", school)
    names = dict.fromkeys(
        look.catalogue.majors[it.major].short
        for it in majors_of(look, school)
        if it.confirmed_here
    )
    note = school.first("majors_note")
    if names:
        return Item(", ".join(names), (note,) if note else (), label)
    if note:
        return look.item(note, label)
    return Item(look.say("compare.unknown"), label=label)


def _figure(look: Lookup, fact: Fact, school: Institution, major: Major | None) -> Item:
    label = _label(look, fact.what, school)
    wide = [
        cell
        for cell in school.all(fact.school_wide)
        if fact.wanted(cell) or not cell.kind
    ]
    own = [
        cell
        for it in look.programmes(school.id, major.id if major else None)
        for cell in it.all(fact.cell)
        if fact.wanted(cell)
    ]
    cells = (own or wide) if major else (wide or own)
    if not cells:
        return Item(look.say("compare.unknown"), label=label)
    cell = max(cells, key=lambda it: it.year or 0)
    return look.item(cell, label, fact.text(look, cell) if cell in own else "")


def majors_of(look: Lookup, school: Institution) -> list[Programme]:
    """Return the programmes of an institution that are of a major."""
    return [it for it in look.programmes(school.id, None) if it.major]

"""Institutions: what is known of one, where a major or a level is taught."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.comparing import compare, majors_of
from bot.answers.draft import Draft, Item
from bot.answers.lookup import Lookup
from bot.answers.offering import available, called, evidence_of, next_topics
from bot.knowledge.catalogue.model import Cell, Institution, Programme

_CONTACT = ("address", "phone", "zalo", "email", "website", "admissions_website")


def info(look: Lookup) -> Draft | None:
    """Answer ``study/institution_info``; with a major, whether it is taught there."""
    if look.institutions and "major" in look.question.asked_for:
        return majors(look)
    if look.institutions and look.majors:
        return available(look)
    if len(look.institutions) > 1:
        return compare(look)
    if not look.institutions:
        return None
    school = look.institutions[0]
    items = [
        look.item(cell, look.say(f"what.{name}"))
        for name in _CONTACT
        for cell in school.all(name)[:1]
    ]
    about = school.first("about")
    if about:
        items = [look.item(about), *items]
    taught = majors_of(look, school)
    if taught:
        names = ", ".join(dict.fromkeys(it.name for it in taught if it.confirmed_here))
        if names:
            items.insert(1, Item(names, label=look.say("what.majors")))
    missing = [] if _reachable(school) else [look.say("ask.reach_none")]
    return Draft(
        params=look.params("institution"),
        items=tuple(items),
        after=tuple(missing),
        heading=look.say("heading_alone", what=school.name),
        choices=next_topics(look, {"institution": (school.id,)}),
    )


def majors(look: Lookup) -> Draft | None:
    """Answer ``study/majors`` for an institution: its majors, with how sure that is."""
    if not look.institutions:
        return None
    items: list[Item] = []
    after: list[str] = []
    cells: list[Cell] = []
    taught: list[str] = []
    for school in look.institutions:
        label = school.short if len(look.institutions) > 1 else ""
        own = school.all("majors_note")
        items += [look.item(cell, label) for cell in own]
        taught += [it.major for it in majors_of(look, school) if it.major]
        if not own:
            scope = look.scope({"institution": (school.id,)})
            reach, ways = look.reach(school)
            after += [
                look.say("unknown.cell", what=look.what("majors"), scope=scope),
                reach,
            ]
            cells += ways
    return Draft(
        params=look.params("institution", "level"),
        what="majors",
        items=tuple(items),
        after=tuple(after),
        cells=tuple(cells),
        choices=look.choices("major", taught, look.params("institution")),
        headed=bool(items),
    )


def postgraduate(look: Lookup) -> Draft | None:
    """Answer ``study/postgraduate`` for an institution that is named."""
    if not look.institutions:
        return None
    school = look.institutions[0]
    higher = [
        it
        for it in look.catalogue.taught(school.id)
        if it.level in ("master", "doctorate")
    ]
    if not higher:
        return info(look)
    items = [
        look.item(cell, called(look, it))
        for it in higher
        for cell in evidence_of(it)[:1]
    ]
    reach, ways = look.reach(school)
    return Draft(
        params=look.params("institution"),
        items=tuple(items),
        after=(reach,),
        cells=ways,
        heading=look.say("heading_alone", what=school.name),
    )


def where(look: Lookup) -> Draft | None:
    """Answer ``study/where``: who teaches a major or a level, or whether one does."""
    if look.institutions:
        listed = not look.majors or "major" in look.question.asked_for
        return majors(look) if listed else available(look)
    if not look.majors and not look.level:
        return None
    left_out = look.question.excluded.get("institution", ())
    keys: list[str | None] = [major.id for major in look.majors] or [None]
    items: list[Item] = []
    schools: list[str] = []
    for school in look.catalogue.institutions.values():
        programmes = [it for key in keys for it in look.programmes(school.id, key)]
        has_level = not look.majors and look.level in school.levels
        if school.id in left_out or not (programmes or has_level):
            continue
        if all(any(it.major == key for it in programmes) for key in keys if key):
            items.append(_place(look, school, programmes))
            schools.append(school.id)
    params = look.params("major", "level")
    scope = look.scope(params)
    if not items:
        text = look.say("unknown.level", scope=scope)
        return Draft(params=params, after=(text,), headed=False)
    return Draft(
        params=params,
        items=tuple(items),
        heading=look.say("where.heading", scope=scope),
        choices=look.choices("institution", schools, look.params("major")),
        apart=True,
    )


def _place(look: Lookup, school: Institution, programmes: Sequence[Programme]) -> Item:
    if programmes and not any(it.confirmed_here for it in programmes):
        cells = tuple(c for it in programmes for c in it.all("availability"))[:1]
        return Item(look.say("available.line_listed", name=school.name), cells)
    if not programmes:
        about = school.first("about")
        return Item(school.name, (about,) if about else ())
    evidence = [cell for it in programmes for cell in evidence_of(it)]
    cells = tuple(dict.fromkeys(evidence))[:1]
    names = ", ".join(dict.fromkeys(called(look, it) for it in programmes))
    text = look.say("available.line", name=school.name, programmes=names)
    return Item(look.tell.dated(text, cells[0]) if cells else text, cells)


def _reachable(school: Institution) -> bool:
    return any(school.all(name) for name in _CONTACT)

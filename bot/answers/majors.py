"""Majors: what one is about, two side by side, what they lead to."""

from __future__ import annotations

from bot.answers.draft import Draft, Item
from bot.answers.lookup import Lookup
from bot.answers.offering import available
from bot.knowledge.catalogue.model import Major


def info(look: Lookup) -> Draft | None:
    """Answer ``study/major_info``; with an institution, the major as taught there."""
    if look.majors and look.institutions:
        return available(look)
    if len(look.majors) > 1:
        return compare(look)
    if not look.majors:
        return None
    major = look.majors[0]
    items = _told(look, major)
    if roles := look.names("role", major.roles):
        items.append(Item(", ".join(roles), label=look.say("what.roles")))
    taught = list(
        dict.fromkeys(
            it.institution
            for it in look.catalogue.taught(major=major.id)
            if it.confirmed_here
        )
    )
    places = [look.catalogue.institutions[key].short for key in taught]
    if places:
        items.append(Item(", ".join(places), label=look.say("what.places")))
    return Draft(
        params=look.params("major"),
        items=tuple(items),
        after=() if items else (_unknown(look, major),),
        heading=look.say("heading_alone", what=major.name),
        choices=tuple(
            look.choice(
                look.catalogue.institutions[key].short,
                {"major": major.id, "institution": key},
            )
            for key in taught[:4]
        ),
        headed=bool(items),
    )


def compare(look: Lookup) -> Draft | None:
    """Answer ``study/compare_majors``: what each is about and how they differ."""
    if len(look.majors) < 2:
        return None
    items = [
        look.item(cell, major.name if name == "about" else _differs(look, major))
        for major in look.majors
        for name in ("about", "differs")
        for cell in major.all(name)[:1]
    ]
    names = look.listed([major.name for major in look.majors])
    return Draft(
        params=look.params("major"),
        items=tuple(items),
        after=(look.say("limits.compare_majors"),),
        heading=look.say("compare.majors", names=names),
        apart=True,
        choices=tuple(
            look.choice(
                major.short or major.name, {"major": major.id}, "study/major_info"
            )
            for major in look.majors
        ),
    )


def opportunities(look: Lookup) -> Draft | None:
    """Answer ``career/opportunities`` for a major: the roles it leads to."""
    keys = dict.fromkeys(key for major in look.majors for key in major.roles)
    roles = [look.catalogue.roles[key] for key in keys]
    if not roles:
        return None
    items = []
    for role in roles:
        about = role.first("about")
        items.append(look.item(about, role.name) if about else Item(role.name))
    return Draft(
        params=look.params("major"),
        what="roles",
        items=tuple(items),
        after=(look.say("limits.roles"),),
        choices=tuple(
            look.choice(role.name, {"role": role.id}, "career/role_info")
            for role in roles[:6]
        ),
        apart=True,
    )


def _told(look: Lookup, major: Major) -> list[Item]:
    return [
        look.item(cell, look.say("what.differs") if name == "differs" else "")
        for name in ("about", "differs")
        for cell in major.all(name)[:1]
    ]


def _differs(look: Lookup, major: Major) -> str:
    what = look.say("what.differs")
    return look.say("compare.with", what=what, name=major.short or major.name)


def _unknown(look: Lookup, major: Major) -> str:
    scope = look.scope({"major": (major.id,)})
    return look.say("unknown.cell", what=look.what("about"), scope=scope)

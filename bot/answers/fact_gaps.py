"""What is not known of a fact, said plainly, with whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.fact import Fact, known_years
from bot.answers.lookup import Lookup
from bot.knowledge.catalogue.model import Cell, Institution, Programme


def not_known(
    look: Lookup,
    fact: Fact,
    school: Institution,
    major: str | None,
    programmes: Sequence[Programme],
) -> tuple[list[str], tuple[Cell, ...]]:
    """Return the sentences that say what is not known and whom to ask."""
    params: dict[str, Sequence[str]] = {"institution": (school.id,)}
    if major:
        params["major"] = (major,)
    scope = look.scope(params)
    reach, cells = look.reach(school)
    if major and not programmes:
        name = look.catalogue.majors[major].name
        text = look.say("unknown.programme", institution=school.name, major=name)
        if look.years:
            text = f"{text} {no_year(look, fact, scope)}"
    elif look.years:
        text = no_year(look, fact, scope)
    else:
        text = look.say("unknown.cell", what=look.what(fact.what), scope=scope)
    return [text, reach], cells


def no_year(look: Lookup, fact: Fact, scope: str) -> str:
    """Return the sentence on a year there are no cells of."""
    asked = ", ".join(map(str, look.years))
    what, known = look.what(fact.what), known_years(look, fact)
    if not known:
        return look.say("unknown.year_only", what=what, scope=scope, year=asked)
    years = ", ".join(map(str, known))
    return look.say("unknown.year", what=what, scope=scope, year=asked, years=years)


def unconfirmed(look: Lookup, programmes: Sequence[Programme]) -> list[str]:
    """Return the warning for programmes not known to be opened here."""
    return [
        look.say("unconfirmed", variant=programme.variant_name)
        for programme in programmes
        if not programme.confirmed_here
    ]

"""Answers from a cell of programmes: tuition, scores, subject groups, codes and so on.

One engine for every level of a question: one programme, one institution, one major,
a year, a comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.draft import Draft, Item
from bot.answers.fact import Fact, known_years, wanted_cells
from bot.answers.fact_gaps import no_year, not_known, unconfirmed
from bot.answers.fact_lines import (
    fill_in_lines,
    lines,
    major_label,
    merged,
    pair_label,
    school_label,
    school_lines,
)
from bot.answers.lookup import Lookup
from bot.knowledge.catalogue.model import Cell
from bot.reply import Choice


def answer(look: Lookup, fact: Fact) -> Draft | None:
    """Return the answer at the level the question has; none when it names nothing."""
    schools, majors = look.institutions, look.majors
    if schools and majors:
        return _exact(look, fact)
    if schools:
        return _of_schools(look, fact)
    if majors or look.years or look.question.wants & {"cheapest", "ranked"}:
        return _across(look, fact)
    return None


def _exact(look: Lookup, fact: Fact) -> Draft:
    items: list[Item] = []
    after: list[str] = []
    cells: list[Cell] = []
    alone = len(look.institutions) * len(look.majors) == 1
    for school in look.institutions:
        for major in look.majors:
            programmes = look.programmes(school.id, major.id)
            found = lines(look, fact, programmes, pair_label(look, alone))
            found += fill_in_lines(look, fact, school, programmes, found)
            items += found
            if found and not programmes:
                names = {"institution": school.name, "major": major.name}
                after.append(look.say("unknown.programme", **names))
            if not found:
                sentences, reach = not_known(look, fact, school, major.id, programmes)
                after += sentences
                cells += reach
            after += unconfirmed(look, programmes)
    draft = Draft(
        params=_params(look, fact, "institution", "major"),
        what=fact.what,
        items=tuple(items),
        after=tuple(dict.fromkeys(after)),
        cells=tuple(cells),
        apart=not alone,
        headed=bool(items),
    )
    return replace(draft, choices=_next_to_exact(look, fact, bool(items)))


def _next_to_exact(look: Lookup, fact: Fact, found: bool) -> tuple[Choice, ...]:
    school = look.institutions[0]
    if found:
        return ()
    if look.years:
        return _other_years(look, fact)
    taught = [
        it.major
        for it in look.programmes(school.id, None)
        if it.major and it.all(fact.cell)
    ]
    return look.choices("major", taught, {"institution": (school.id,)})


def _next_to_schools(
    look: Lookup, fact: Fact, majors: Sequence[str], found: bool
) -> tuple[Choice, ...]:
    if look.years and not found:
        return _other_years(look, fact)
    return look.choices("major", majors, look.params("institution", "year"))


def _other_years(look: Lookup, fact: Fact) -> tuple[Choice, ...]:
    keep = {kind: ids[-1] for kind, ids in look.params("institution", "major").items()}
    return tuple(
        look.choice(look.say("choice.year", year=year), {**keep, "year": str(year)})
        for year in known_years(look, fact)
    )


def _of_schools(look: Lookup, fact: Fact) -> Draft:
    items: list[Item] = []
    after: list[str] = []
    cells: list[Cell] = []
    majors: list[str] = []
    alone = len(look.institutions) == 1
    for school in look.institutions:
        programmes = look.programmes(school.id, None)
        wide = school_lines(look, fact, school, "" if alone else school.short)
        found = merged(lines(look, fact, programmes, major_label(look, alone)))
        same_for_all = len(found) == 1 and "," in found[0].label
        found = (
            wide if wide and (fact.overview_first or same_for_all) else [*wide, *found]
        )
        items += found
        majors += [
            it.major for it in programmes if it.major and wanted_cells(look, fact, it)
        ]
        if not found:
            sentences, reach = not_known(look, fact, school, None, programmes)
            after += sentences
            cells += reach
    return Draft(
        params=_params(look, fact, "institution"),
        what=fact.what,
        items=tuple(items),
        after=tuple(dict.fromkeys(after)),
        cells=tuple(cells),
        choices=_next_to_schools(look, fact, majors, bool(items)) if alone else (),
        apart=not alone,
        headed=bool(items),
    )


def _across(look: Lookup, fact: Fact) -> Draft | None:
    left_out = look.question.excluded.get("institution", ())
    majors: list[str | None] = [major.id for major in look.majors] or [None]
    items: list[Item] = []
    schools: list[str] = []
    without: list[str] = []
    for school in look.catalogue.institutions.values():
        if school.id in left_out:
            continue
        programmes = [it for key in majors for it in look.programmes(school.id, key)]
        found = lines(look, fact, programmes, school_label(look, school, len(majors)))
        if majors == [None]:
            found = merged(found)
        if found:
            schools.append(school.id)
        elif programmes:
            without.append(school.short)
        items += found
    if not items:
        return _nowhere(look, fact)
    if fact.rank:
        items = sorted(
            (item for item in items if item.rank < float("inf")),
            key=lambda item: item.rank,
        )
        ranked = [item.label.split(",")[0] for item in items]
        schools.sort(
            key=lambda key: ranked.index(look.catalogue.institutions[key].short)
        )
    after = [look.say("unknown.also", names=", ".join(without))] if without else []
    if fact.what == "tuition":
        after.append(look.say("limits.tuition"))
    draft = Draft(
        params=_params(look, fact, "major"),
        what=fact.what,
        items=tuple(items),
        after=tuple(after),
        choices=look.choices("institution", schools, look.params("major", "year")),
        apart=True,
    )
    if fact.what == "tuition" and "cheapest" in look.question.wants:
        return replace(draft, heading=_cheapest(look, draft))
    return draft


def _cheapest(look: Lookup, draft: Draft) -> str:
    scope = look.scope(draft.params)
    what = f"{look.say('what.tuition')} {scope}".strip()
    return look.say("cheapest", what=what)


def _nowhere(look: Lookup, fact: Fact) -> Draft:
    params = _params(look, fact, "major")
    scope = look.scope({k: v for k, v in params.items() if k != "year"})
    if look.years:
        text = no_year(look, fact, scope)
    else:
        text = look.say("unknown.cell", what=look.what(fact.what), scope=scope)
    taught = [
        it.institution
        for it in look.programmes(None, next(iter(params.get("major", ())), None))
    ]
    return Draft(
        params=params,
        after=(text.replace("  ", " "),),
        choices=look.choices("institution", taught, look.params("major")),
        headed=False,
    )


def _params(look: Lookup, fact: Fact, *kinds: str) -> dict[str, tuple[str, ...]]:
    return look.params(*kinds, "level", "year")

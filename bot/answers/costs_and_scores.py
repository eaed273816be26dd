"""Tuition, scores, quotas, subject groups, codes and duration of programmes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answers import figures
from bot.answers.draft import Draft, Item
from bot.answers.fact import Fact
from bot.answers.lookup import Lookup
from bot.answers.telling import figure
from bot.knowledge.catalogue.model import Cell, Institution

_GROUP_CODE = re.compile(r"(?<!\w)(?:[A-DXa-dx]\d\d|[Tt][Hh]\d)(?!\w)")


def _per_year(cell: Cell, school: Institution) -> float:
    """Return the amount of a year, to sort by; never told."""
    amount = cell.amount if cell.amount is not None else cell.amount_min
    if amount is None or cell.per not in ("year", "semester"):
        return float("inf")
    return amount * (school.terms_per_year if cell.per == "semester" else 1)


def _score(look: Lookup, cell: Cell) -> str:
    value = figure(cell.value)
    parts = [look.say(f"score.{cell.kind}", value=value)]
    about = [look.say("score.scale", scale=cell.scale)] if cell.scale else []
    if cell.method:
        about.append(look.say(f"score.{cell.method}"))
    if about:
        parts.append(f"({', '.join(about)})")
    if cell.condition:
        parts.append(f"– {cell.condition}")
    return " ".join(parts)


def _is(kind: str) -> Callable[[Cell], bool]:
    return lambda cell: cell.kind == kind


TUITION = Fact(
    "tuition", "tuition", "tuition_note", rank=_per_year, overview_first=True
)
BENCHMARK = Fact(
    "benchmark",
    "scores",
    "scores_note",
    wanted=_is("benchmark"),
    text=_score,
    rank=lambda cell, school: -float(str(cell.value)),
)
FLOOR = replace(BENCHMARK, what="floor", wanted=_is("floor"))
QUOTA = Fact(
    "quota",
    "quota",
    "quota_note",
    text=lambda look, cell: look.say("quota.value", value=figure(cell.value)),
)
GROUPS = Fact("groups", "subject_groups")
CODES = Fact("codes", "code")
DURATION = Fact("duration", "duration", "duration")


def tuition(look: Lookup) -> Draft | None:
    """Answer ``study/tuition``."""
    return figures.answer(look, TUITION)


def quota(look: Lookup) -> Draft | None:
    """Answer a question on how many are admitted, under whatever topic."""
    return figures.answer(look, QUOTA)


def scores(look: Lookup) -> Draft | None:
    """Answer ``study/benchmark_score``: the benchmark, else the floor, told as such."""
    if "floor" in look.question.wants:
        return figures.answer(look, FLOOR)
    benchmark = figures.answer(look, BENCHMARK)
    if benchmark is None:
        return None
    if look.institutions and _has_programmes(look, benchmark):
        return benchmark
    floor = figures.answer(look, FLOOR)
    if floor is None or not floor.items:
        return benchmark
    if not benchmark.items:
        scope = look.scope(floor.params, alone=True)
        return replace(floor, heading=look.say("score.none_yet", scope=scope))
    told = {item.label for item in benchmark.items if not look.institutions}
    more = [
        it for it in floor.items if it not in benchmark.items and it.label not in told
    ]
    return replace(
        benchmark,
        what="scores" if more else benchmark.what,
        items=(*benchmark.items, *more),
        after=benchmark.after if look.institutions else (),
        choices=tuple(
            {it.title: it for it in (*benchmark.choices, *floor.choices)}.values()
        ),
    )


def _has_programmes(look: Lookup, draft: Draft) -> bool:
    own = {
        cell
        for programme in look.catalogue.programmes.values()
        for cell in programme.all("scores")
    }
    return any(cell in own for item in draft.items for cell in item.cells)


def groups(look: Lookup) -> Draft | None:
    """Answer ``study/subject_groups``, also which majors take a group that is named."""
    codes = {code.upper() for code in _GROUP_CODE.findall(look.question.text)}
    if codes:
        return _taking(look, codes)
    draft = figures.answer(look, GROUPS)
    return draft and _spelled_out(look, draft)


def _taking(look: Lookup, codes: set[str]) -> Draft:
    fact = replace(
        GROUPS,
        wanted=lambda cell: isinstance(cell.value, tuple) and codes <= set(cell.value),
    )
    listed = " ".join(sorted(codes))
    draft = figures.answer(look, fact)
    if draft is None:
        wide = replace(look.question, wants=look.question.wants | {"ranked"})
        draft = figures.answer(replace(look, question=wide), fact)
    assert draft is not None
    if not draft.items:
        return replace(
            draft, after=(look.say("groups.unknown", codes=listed),), cells=()
        )
    return _spelled_out(look, draft)


def _spelled_out(look: Lookup, draft: Draft) -> Draft:
    used = [
        code
        for cell in draft.used
        if isinstance(cell.value, tuple)
        for code in cell.value
    ]
    known = look.catalogue.subject_groups
    told = []
    cells = []
    for code in dict.fromkeys(used):
        cell = known[code].first("subjects") if code in known else None
        if cell is not None:
            told.append(
                look.say("groups.subjects", code=code, subjects=figure(cell.value))
            )
            cells.append(cell)
    after = (*draft.after, f"{'; '.join(told)}.") if told else draft.after
    return replace(draft, after=after, cells=(*draft.cells, *cells))


def codes(look: Lookup) -> Draft | None:
    """Answer ``study/admission_code``: codes of the school and of its majors."""
    draft = figures.answer(look, CODES)
    if draft is None:
        return None
    first: list[Item] = []
    for school in look.institutions:
        if cell := school.first("code"):
            name = school.short if len(look.institutions) > 1 else ""
            label = f"{look.say('what.school_code')} {name}".strip()
            first.append(look.item(cell, label))
    for major in [] if look.institutions else look.majors:
        if cell := major.first("code"):
            first.append(look.item(cell, look.say("what.national_code")))
    items = (*first, *draft.items)
    return replace(draft, items=items, headed=bool(items))


def duration(look: Lookup) -> Draft | None:
    """Answer ``study/duration``."""
    return figures.answer(look, DURATION)

"""Whether an institution teaches a major, and what is known of it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answers.costs_and_scores import BENCHMARK, QUOTA
from bot.answers.draft import Draft
from bot.answers.lookup import Lookup
from bot.answers.telling import figure
from bot.knowledge.catalogue.model import Cell, Institution, Major, Programme
from bot.reply import Choice


def available(look: Lookup) -> Draft:
    """Say whether an institution teaches a major, since when, and the facts."""
    school, major = look.institutions[0], look.majors[0]
    programmes = look.programmes(school.id, major.id)
    params = look.params("institution", "major")
    others = _others(look, school, major)
    if not programmes:
        reach, ways = look.reach(school)
        text = look.say("unknown.programme", institution=school.name, major=major.name)
        after = [text, reach]
        if others:
            names = ", ".join(look.catalogue.institutions[key].short for key in others)
            after.append(look.say("available.others", names=names))
        return Draft(
            params=params,
            after=tuple(after),
            cells=ways,
            choices=look.choices("institution", others, {"major": (major.id,)}),
            headed=False,
        )
    items = [
        look.item(cell, look.say(f"what.{what}"), text(cell))
        for what, cells, text in _facts(look, programmes)
        for cell in cells[:1]
    ]
    before, evidence = _certainty(look, school, major, programmes)
    reach, ways = look.reach(school)
    return Draft(
        params=params,
        before=(before,),
        items=tuple(items),
        after=(reach,),
        cells=(*evidence, *ways),
        choices=next_topics(look, params),
        headed=False,
    )


def _certainty(
    look: Lookup, school: Institution, major: Major, programmes: Sequence[Programme]
) -> tuple[str, tuple[Cell, ...]]:
    names = {"institution": school.name, "major": major.name}
    listed = [c for it in programmes for c in it.all("availability")]
    if not any(it.confirmed_here for it in programmes):
        return look.say("available.listed", **names), tuple(listed[:1])
    newest = max((c.year or 0 for it in programmes for c in evidence_of(it)), default=0)
    evidence = [
        c for it in programmes for c in evidence_of(it) if (c.year or 0) == newest
    ]
    if listed and newest:
        return look.say("available.was", year=newest, **names), tuple(listed[:1])
    return look.say("available.now", **names), tuple(evidence[:1])


def _facts(
    look: Lookup, programmes: Sequence[Programme]
) -> list[tuple[str, list[Cell], Callable[[Cell], str]]]:
    first = programmes[0]
    plain = lambda cell: figure(cell.value)  # noqa: E731
    score = BENCHMARK.text
    return [
        ("codes", list(first.all("code")), plain),
        ("specialization", list(first.all("specialization")), plain),
        ("opened", list(first.all("opened")), plain),
        ("groups", list(first.all("subject_groups")), plain),
        (
            "scores",
            sorted(first.all("scores"), key=lambda c: c.kind),
            lambda cell: score(look, cell),
        ),
        (
            "quota",
            list(first.all("quota")),
            lambda cell: QUOTA.text(look, cell),
        ),
        ("duration", list(first.all("duration")), plain),
        ("accreditation", list(first.all("accreditation")), plain),
    ]


def _others(look: Lookup, school: Institution, major: Major) -> list[str]:
    taught = look.catalogue.taught(major=major.id)
    return [
        key
        for key in dict.fromkeys(it.institution for it in taught if it.confirmed_here)
        if key != school.id
    ]


def evidence_of(programme: Programme) -> list[Cell]:
    """Return the cells that show a programme exists, the newest first."""
    names = (
        "availability",
        "opened",
        "subject_groups",
        "scores",
        "code",
        "accreditation",
    )
    cells = [cell for name in names for cell in programme.all(name)]
    return sorted(cells, key=lambda cell: -(cell.year or 0))


def called(look: Lookup, programme: Programme) -> str:
    """Return the name of a programme with its form."""
    variant = look.variant(programme)
    if not variant:
        return programme.name
    return look.say("variant.with_level", name=programme.name, level=variant)


def next_topics(look: Lookup, params: dict[str, tuple[str, ...]]) -> tuple[Choice, ...]:
    """Return buttons for what is asked next of the same entities."""
    keep = {kind: ids[0] for kind, ids in params.items()}
    return tuple(
        look.choice(look.say(f"labels.{topic}"), keep, topic)
        for topic in (
            "study/tuition",
            "study/benchmark_score",
            "study/admission_methods",
        )
    )

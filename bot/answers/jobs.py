"""Roles, salaries, employers and certificates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.answers.cues import Span, load_cues
from bot.answers.draft import Draft, Item
from bot.answers.lookup import Lookup
from bot.knowledge.catalogue.model import Cell, Role, Row
from bot.text.fold import fold

_ROLE = ("about", "skills", "majors_note", "demand", "entry_note")
_EMPLOYER = (
    "about",
    "local",
    "size",
    "products",
    "address",
    "phone",
    "website",
    "careers",
)
_CERTIFICATE = (
    *("about", "for_whom", "fee", "recognition", "benefit", "equivalent", "register"),
    *("where", "website"),
)
_SPAN = re.compile(r"(\d+(?:,\d+)?)(?:\s*-\s*(\d+))?")


def role_info(look: Lookup) -> Draft | None:
    """Answer ``career/role_info``."""
    roles = _roles(look)
    draft = _row(look, "role", roles, _ROLE)
    if draft is None:
        return None
    return Draft(
        **{
            **vars(draft),
            "params": {"role": tuple(role.id for role in roles)},
            "choices": tuple(
                look.choice(
                    look.say("labels.career/salary"), {"role": role.id}, "career/salary"
                )
                for role in roles[:1]
                if role.all("salary")
            ),
        }
    )


def employer_info(look: Lookup) -> Draft | None:
    """Answer ``career/employer_info``."""
    table = look.catalogue.employers
    rows = [table[key] for key in look.question.ids("employer") if key in table]
    return _row(look, "employer", rows, _EMPLOYER)


def certificate(look: Lookup) -> Draft | None:
    """Answer ``training/certificates`` for a certificate that is named."""
    table = look.catalogue.certificates
    rows = [table[key] for key in look.question.ids("certificate") if key in table]
    return _row(look, "certificate", rows, _CERTIFICATE)


def salary(look: Lookup) -> Draft | None:
    """Answer ``career/salary`` for a role, at the experience asked about."""
    roles = _roles(look)
    if not roles:
        return None
    spans = [_asked(name) for name in look.question.ids("experience")]
    items: list[Item] = []
    before: list[str] = []
    after: list[str] = []
    for role in roles:
        cells = role.all("salary")
        fitting = [cell for cell in cells if _fits(cell, spans)]
        if cells and spans and not fitting:
            asked = ", ".join(
                _named(look, it) for it in look.question.ids("experience")
            )
            before.append(look.say("unknown.experience", experience=asked))
        prefix = role.name if len(roles) > 1 else ""
        for cell in fitting or cells:
            label = " – ".join(filter(None, [prefix, cell.experience]))
            items.append(look.item(cell, label))
        if not cells:
            scope = look.scope({"role": (role.id,)})
            after.append(role.unknown or look.say("unknown.none_of", scope=scope))
    params: dict[str, tuple[str, ...]] = {"role": tuple(role.id for role in roles)}
    if spans:
        params |= look.params("experience")
    return Draft(
        params=params,
        what="salary",
        before=tuple(before),
        items=tuple(items),
        after=tuple(after),
        choices=tuple(
            look.choice(
                look.say("labels.career/role_info"),
                {"role": role.id},
                "career/role_info",
            )
            for role in roles[:1]
        ),
        headed=bool(items),
    )


def _roles(look: Lookup) -> list[Role]:
    table = look.catalogue.roles
    named = [table[key] for key in look.question.ids("role") if key in table]
    if named:
        return named
    leads = [major.roles[0] for major in look.majors if major.roles]
    return [table[key] for key in dict.fromkeys(leads)]


def _row(
    look: Lookup, kind: str, rows: Sequence[Row], names: Sequence[str]
) -> Draft | None:
    if not rows:
        return None
    items = []
    for row in rows:
        for name in names:
            for cell in row.all(name)[:1]:
                label = "" if name == "about" else look.say(f"what.{name}")
                if len(rows) > 1:
                    label = " – ".join(filter(None, [row.name, label]))
                items.append(look.item(cell, label))
    unknown = [row.unknown for row in rows if row.unknown]
    heading = look.say("heading_alone", what=look.listed([row.name for row in rows]))
    return Draft(
        params={kind: tuple(row.id for row in rows)},
        items=tuple(items),
        after=tuple(dict.fromkeys(unknown)),
        heading=heading,
    )


def _asked(name: str) -> Span:
    if name.isdigit():
        return int(name), int(name)
    spans: Mapping[str, Span] = {it.name: it.span for it in load_cues().experience}
    return spans[name]


def _named(look: Lookup, name: str) -> str:
    if name.isdigit():
        return look.say("experience.years", years=name)
    return look.say(f"experience.{name}")


def _fits(cell: Cell, asked: Sequence[Span]) -> bool:
    known = _span(cell.experience)
    if known is None or not asked:
        return not asked
    return any(low <= known[1] and known[0] <= high for low, high in asked)


def _span(experience: str) -> Span | None:
    """Return the years a label such as "3-5 năm" or "mới ra trường" stands for."""
    text = fold(experience)
    for known in load_cues().experience:
        if known.words.search(text):
            return known.span
    found = _SPAN.search(text)
    if not found:
        return None
    low = int(float(found[1].replace(",", ".")))
    high = int(found[2]) if found[2] else low
    cues = load_cues()
    if cues.fewer.search(text):
        return 0, max(low - 1, 0)
    return (low + 1, 40) if cues.more.search(text) else (low, high)

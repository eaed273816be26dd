"""The advice in words: majors and roles with reasons, places to study, next steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.advice.form import INTENT, Answers
from bot.advice.questions import FOLDER, SKIPPED
from bot.advice.rules import Match, best_majors, best_roles
from bot.knowledge.catalogue.model import Catalogue, Cell, Programme
from bot.reply import Choice, Related, Reply

TOPIC = "career/advice"
_REASONS = 2
_PLACES = 3
_STEPS = 2
_RELATED = 4
#: Cells that show a programme exists, the plainest first.
_SHOWS = ("availability", "code", "subject_groups", "quota", "duration")
_TAUGHT_LEVELS = ("university", "college", "vocational")


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    texts: Mapping[str, Any] = yaml.safe_load(
        (FOLDER / "texts.yml").read_text(encoding="utf-8")
    )
    return texts


def advise(answers: Answers, catalogue: Catalogue, titles: Mapping[str, str]) -> Reply:
    """Return the advice.

    Args:
        answers: What was answered, by slot.
        catalogue: Where majors are taught, and what they and the roles are called.
        titles: Titles of topics, by topic id.
    """
    texts = _texts()
    majors = [match for match in best_majors(answers) if match.id in catalogue.majors]
    roles = [match for match in best_roles(answers) if match.id in catalogue.roles]
    if not majors or not roles:
        return _without_catalogue()
    steps = _steps(answers)
    cells: list[Cell] = []
    lines = [texts["opening" if _told_something(answers) else "opening_short"]]
    for number, match in enumerate(majors, 1):
        lines.append(_major(number, match, answers, catalogue, cells))
    lines.append(texts["roles"].format(roles=_roles(roles, catalogue)))
    lines.append(texts["next"].format(steps="\n".join(_bullets(steps))))
    lines.append(texts["limits"])
    return Reply(
        kind="answer",
        text="\n\n".join(lines),
        topic=TOPIC,
        params={
            "major": [match.id for match in majors],
            "role": [match.id for match in roles],
        },
        sources=catalogue.sources_of(cells),
        as_of=max((cell.as_of for cell in cells), default=None),
        choices=_choices(majors, catalogue),
        related=_related(steps, titles),
    )


def cancelled() -> Reply:
    """Return the reply to a person who stops."""
    return Reply(kind="form", text=_texts()["cancelled"], topic=TOPIC)


def note(name: str) -> str:
    """Return the phrase said in front of a question."""
    return str(_texts()["notes"][name])


def topics_to_read() -> list[str]:
    """Return every topic that a next step may offer."""
    return list(
        dict.fromkeys(topic for step in _texts()["steps"] for topic in step["topics"])
    )


def _without_catalogue() -> Reply:
    texts = _texts()
    human = Choice(texts["human_button"], {"intent": "service_human", "entities": {}})
    return Reply(
        kind="answer", text=texts["no_catalogue"], topic=TOPIC, choices=(human,)
    )


def _told_something(answers: Answers) -> bool:
    return any(options != (SKIPPED,) for options in answers.values())


def _major(
    number: int, match: Match, answers: Answers, catalogue: Catalogue, cells: list[Cell]
) -> str:
    major = catalogue.majors[match.id]
    cells += major.all("about")[:1]
    return str(
        _texts()["major"].format(
            number=number,
            name=major.name,
            reasons="; ".join(match.reasons[:_REASONS]),
            places=_places(match.id, answers, catalogue, cells),
        )
    )


def _places(
    major: str, answers: Answers, catalogue: Catalogue, cells: list[Cell]
) -> str:
    texts = _texts()
    taught: dict[str, Programme] = {}
    for programme in catalogue.taught(major=major):
        if programme.level in _TAUGHT_LEVELS and programme.confirmed_here:
            taught.setdefault(programme.institution, programme)
    public_first = "low" in answers.get("advice_budget", ())
    order = sorted(
        taught,
        key=lambda it: (
            it in texts["outside_cantho"],
            public_first and catalogue.institutions[it].kind != "public",
        ),
    )
    if "cantho" in answers.get("advice_place", ()):
        order = [it for it in order if it not in texts["outside_cantho"]]
    if not order:
        return str(texts["no_place"])
    for institution in order[:_PLACES]:
        shown = taught[institution].first(*_SHOWS)
        cells += [shown] if shown else []
    names = [catalogue.institutions[it].name for it in order[:_PLACES]]
    more = texts["more_places"] if len(order) > _PLACES else ""
    return ", ".join(names) + more


def _roles(roles: list[Match], catalogue: Catalogue) -> str:
    template = _texts()["role"]
    return "; ".join(
        template.format(name=catalogue.roles[match.id].name, reason=match.reasons[0])
        for match in roles
    )


def _steps(answers: Answers) -> list[Mapping[str, Any]]:
    fitting = [
        step
        for step in _texts()["steps"]
        if all(option in answers.get(slot, ()) for slot, option in step["when"].items())
    ]
    return fitting[:_STEPS]


def _bullets(steps: list[Mapping[str, Any]]) -> list[str]:
    return [_texts()["step"].format(text=step["text"]) for step in steps]


def _choices(majors: list[Match], catalogue: Catalogue) -> tuple[Choice, ...]:
    texts = _texts()
    about = [
        Choice(
            texts["about_button"].format(name=catalogue.majors[match.id].name),
            {"intent": "study_major_info", "entities": {"major": match.id}},
        )
        for match in majors
    ]
    again = Choice(texts["again_button"], {"intent": INTENT, "entities": {}})
    human = Choice(texts["human_button"], {"intent": "service_human", "entities": {}})
    return (*about, again, human)


def _related(
    steps: list[Mapping[str, Any]], titles: Mapping[str, str]
) -> tuple[Related, ...]:
    topics = dict.fromkeys(topic for step in steps for topic in step["topics"])
    offered = [topic for topic in topics if topic in titles][:_RELATED]
    return tuple(Related(topic, titles[topic]) for topic in offered)

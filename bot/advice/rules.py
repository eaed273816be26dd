"""The rule table: answers to points for majors and roles, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.advice.form import Answers
from bot.advice.questions import FOLDER
from bot.errors import FormError

#: How many majors, and how many roles, are advised at most.
MOST = 3
_FEWEST = 2
# A third one far behind the first would be a poor advice.
_NEAR = 0.4


@dataclass(frozen=True)
class Rule:
    """Points for majors and roles when every condition holds."""

    when: Mapping[str, str]
    points: Mapping[str, float]
    roles: Mapping[str, float]
    reason: str
    role_reason: str

    def holds(self, answers: Answers) -> bool:
        """Return whether every condition is among the answers."""
        return all(
            option in answers.get(slot, ()) for slot, option in self.when.items()
        )


@dataclass(frozen=True)
class Match:
    """A major or role with its points and the reasons for them, weightiest first."""

    id: str
    points: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return the table.

    Raises:
        FormError: A row lacks something.
    """
    rows = yaml.safe_load((FOLDER / "rules.yml").read_text(encoding="utf-8"))
    return tuple(_rule(row) for row in rows)


def best_majors(answers: Answers) -> list[Match]:
    """Return two or three majors, best first."""
    return _best(answers, [(it, it.points, it.reason) for it in rules()])


def best_roles(answers: Answers) -> list[Match]:
    """Return two or three roles, best first."""
    return _best(answers, [(it, it.roles, it.role_reason) for it in rules()])


def _best(
    answers: Answers, table: Iterable[tuple[Rule, Mapping[str, float], str]]
) -> list[Match]:
    total: defaultdict[str, float] = defaultdict(float)
    reasons: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for rule, points, reason in table:
        if rule.holds(answers):
            for key, amount in points.items():
                total[key] += amount
                if amount > 0:
                    reasons[key].append((amount, reason))
    ranked = [
        Match(key, points, _weightiest(reasons[key]))
        for key, points in sorted(total.items(), key=lambda item: -item[1])
        if points > 0
    ]
    near = [match for match in ranked if match.points >= _NEAR * ranked[0].points]
    return ranked[: max(_FEWEST, min(MOST, len(near)))]


def _weightiest(reasons: list[tuple[float, str]]) -> tuple[str, ...]:
    return tuple(reason for _, reason in sorted(reasons, key=lambda it: -it[0]))


def _rule(row: Mapping[str, Any]) -> Rule:
    try:
        reason = row["reason"]
        role_reason = row.get("role_reason", reason)
        return Rule(row["when"], row["points"], row["roles"], reason, role_reason)
    except KeyError as error:
        raise FormError(f"rules.yml: a row has no {error}: {row}") from error

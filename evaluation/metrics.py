"""Figures over predictions; pure, no model."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.questions import HeldOut


@dataclass(frozen=True)
class Outcome:
    """What the assistant did with a question.

    Attributes:
        question: The question.
        topics: Topics of the replies; ``clarify`` and ``out_of_scope`` count as topics.
        confidence: How sure the classifier was of its first topic.
        likeliest: The classifier's first topic, before any threshold.
        refusal: How likely it found a refusal.
        milliseconds: How long it took.
    """

    question: HeldOut
    topics: tuple[str, ...]
    confidence: float
    likeliest: str
    refusal: float
    milliseconds: float

    @property
    def right(self) -> bool:
        """Tell whether the question got what it should."""
        return self.question.is_right(self.topics)

    @property
    def refused(self) -> bool:
        """Tell whether the question was turned down."""
        return "out_of_scope" in self.topics

    @property
    def confidently_wrong(self) -> bool:
        """Tell whether something else was answered as if it were asked."""
        return not self.right and {"clarify", "out_of_scope"}.isdisjoint(self.topics)


def share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    """Return the share of outcomes for which ``holds``; 0 of none."""
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else 0.0


def by(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], str]
) -> dict[str, list[Outcome]]:
    """Return the outcomes grouped by ``key``, in order of key."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return dict(sorted(groups.items()))


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """Return the mean F1 over the topics that are asked about."""
    hits: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for outcome in outcomes:
        topic = outcome.question.topic
        answered = (
            topic if outcome.right else outcome.topics[0] if outcome.topics else ""
        )
        wanted[topic] += 1
        given[answered] += 1
        hits[topic] += answered == topic
    scores = [2 * hits[topic] / (wanted[topic] + given[topic]) for topic in wanted]
    return sum(scores) / len(scores) if scores else 0.0


def calibration(
    outcomes: Sequence[Outcome], bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return ``(mean confidence, share right, count)`` per bin of confidence."""
    groups = by(outcomes, lambda o: f"{min(int(o.confidence * bins), bins - 1):02d}")
    return [
        (
            sum(o.confidence for o in group) / len(group),
            share(group, lambda o: o.question.is_right([o.likeliest])),
            len(group),
        )
        for group in groups.values()
    ]


def expected_calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Return the mean distance of confidence and share right, weighted by count."""
    total = len(outcomes)
    return sum(
        abs(confidence - right) * count / total
        for confidence, right, count in calibration(outcomes)
    )


def coverage_curve(
    outcomes: Sequence[Outcome], steps: int = 50
) -> list[tuple[float, float, float]]:
    """Return ``(threshold, share answered, share right of the answered)``."""
    curve = []
    for step in range(steps):
        threshold = step / steps
        answered = [o for o in outcomes if o.confidence >= threshold]
        right = share(answered, lambda o: o.question.is_right([o.likeliest]))
        curve.append((threshold, len(answered) / len(outcomes), right))
    return curve


def refusal_at_loss(outcomes: Sequence[Outcome], loss: float) -> float:
    """Return the share of out-of-scope messages refused when ``loss`` of in-scope ones are.

    The score refused by is the classifier's probability of a refusal.
    """
    inside = sorted((o.refusal for o in outcomes if o.question.in_scope), reverse=True)
    outside = [o for o in outcomes if o.question.topic == "out_of_scope"]
    threshold = inside[int(loss * len(inside))]
    return share(outside, lambda o: o.refusal > threshold)


def interval(
    values: Sequence[bool], *, draws: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the share of true values."""
    chance = random.Random(seed)
    size = len(values)
    means = sorted(sum(chance.choices(values, k=size)) / size for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


def confusions(outcomes: Sequence[Outcome]) -> list[tuple[str, str, int]]:
    """Return ``(asked, answered, count)`` of wrong answers, most frequent first."""
    pairs = Counter(
        (o.question.topic, o.topics[0] if o.topics else "none")
        for o in outcomes
        if not o.right
    )
    return [(asked, got, count) for (asked, got), count in pairs.most_common()]


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which ``part`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]

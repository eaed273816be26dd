"""``python -m evaluation.lines``: how often the line that is asked for is the one that is said.

The questions of ``data/asked/`` are cut in folds; each is asked of an assistant that knows the
others only.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.progress import track

from bot.answers.asked import Asked
from bot.knowledge.asking import ANSWER, Asking, load_asking
from bot.knowledge.entry import Entry
from bot.knowledge.library import read_library
from bot.settings import ROOT

FOLDS = 3


@dataclass(frozen=True)
class Written:
    """A question, and the line it was written for."""

    topic: str
    line: str
    text: str


@dataclass(frozen=True)
class Score:
    """What was said to one question.

    Attributes:
        wants_line: Whether it was written for a line, not for the short answer.
        found: Whether that line was said.
        extra: Whether any line was said.
    """

    wants_line: bool
    found: bool
    extra: bool


def folds(asking: Asking, count: int = FOLDS, seed: int = 1) -> list[list[Written]]:
    """Return the questions in ``count`` parts, those of one line spread over all."""
    shuffle = random.Random(seed)
    parts: list[list[Written]] = [[] for _ in range(count)]
    for topic, rows in asking.items():
        for line, questions in rows:
            texts = list(questions)
            shuffle.shuffle(texts)
            for number, text in enumerate(texts):
                parts[number % count].append(Written(topic, line, text))
    return parts


def scores(
    entries: Mapping[str, Entry], asking: Asking, *, again: bool
) -> Iterator[Score]:
    """Ask every question of what knows only those of the other folds.

    Args:
        entries: What is known, by topic.
        asking: The questions.
        again: Whether each comes right behind the short answer.
    """
    parts = folds(asking)
    for held in track(parts, description="lines, again" if again else "lines"):
        others = [it for part in parts if part is not held for it in part]
        asked = Asked(entries.values(), _grouped(others))
        for question in held:
            entry = entries[question.topic]
            said = asked.lines(question.text, entry, again=again)
            found = any(question.line in text for text in said)
            yield Score(question.line != ANSWER, found, bool(said))


def _grouped(questions: Sequence[Written]) -> Asking:
    rows: dict[str, dict[str, list[str]]] = {}
    for it in questions:
        rows.setdefault(it.topic, {}).setdefault(it.line, []).append(it.text)
    return {topic: [*lines.items()] for topic, lines in rows.items()}


def main() -> None:
    """Print the shares."""
    entries = read_library(ROOT / "data" / "knowledge").entries
    print("| | the line asked for is said | a line beside the answer that does |")
    print("|---|---|---|")
    for name, again in (("first question", False), ("behind the answer", True)):
        found = [*scores(entries, load_asking(), again=again)]
        lines = [it.found for it in found if it.wants_line]
        answers = [it.extra for it in found if not it.wants_line]
        print(
            f"| {name} | {sum(lines) / len(lines):.3f} of {len(lines)} "
            f"| {sum(answers) / len(answers):.3f} of {len(answers)} |"
        )


if __name__ == "__main__":
    main()

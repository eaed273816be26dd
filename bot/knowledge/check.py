"""Coverage: every topic of the contract is answered, trained and tested."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.knowledge.asking import ANSWER, Asking, load_asking
from bot.knowledge.examples import training_examples
from bot.knowledge.library import Library

#: DESIGN and the NLU rules of the house ask for at least so many.
TRAINING_EXAMPLES = 30
HELD_OUT_QUESTIONS = 8


def coverage_problems(
    root: Path, topics: Mapping[str, Any], library: Library
) -> list[str]:
    """Return one line per topic without entry, examples or held-out questions."""
    examples = count_examples(root / "data" / "nlu")
    questions = count_questions(root / "evaluation" / "questions")
    problems = _unknown(library.entries, topics)
    for topic in topics:
        intent = topic.replace("/", "_", 1)
        if topic not in library.entries:
            problems.append(f"{topic}: no entry; write data/knowledge/{topic}.yml")
        if examples[intent] < TRAINING_EXAMPLES:
            problems.append(
                f"{topic}: {examples[intent]} NLU examples in data/nlu/{topic}.yml; "
                f"at least {TRAINING_EXAMPLES} are wanted"
            )
        if questions[topic] < HELD_OUT_QUESTIONS:
            problems.append(
                f"{topic}: {questions[topic]} held-out questions in evaluation/questions; "
                f"at least {HELD_OUT_QUESTIONS} are wanted"
            )
    return [*problems, *_misplaced(load_asking(root / "data" / "asked"), library)]


def count_examples(folder: Path) -> Counter[str]:
    """Return the number of NLU examples per intent."""
    return Counter(intent for _, intent in training_examples(folder))


def count_questions(folder: Path) -> Counter[str]:
    """Return the number of held-out questions per topic."""
    return Counter(
        json.loads(line)["topic"]
        for path in sorted(folder.rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )


def _unknown(entries: Iterable[str], topics: Mapping[str, Any]) -> list[str]:
    return [
        f"{entry}: not a topic of data/topics.yml; rename or remove the file"
        for entry in entries
        if entry not in topics
    ]


def _misplaced(asking: Asking, library: Library) -> list[str]:
    """Return one line per line of ``data/asked`` that no entry has."""
    details = {key: entry.detail for key, entry in library.entries.items()}
    return [
        f"data/asked: {topic} has no line {line[:60]!r}; put how it reads now"
        for topic, rows in asking.items()
        for line, _ in rows
        if line != ANSWER and line not in details.get(topic, "")
    ]

"""A held-out question that is also a training example measures nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bot.knowledge.examples import training_examples
from bot.text.fold import fold
from evaluation.questions import HeldOut


def leaks(questions: Iterable[HeldOut], nlu_folder: Path) -> list[str]:
    """Return the ids of questions that equal a training example after folding.

    Messages of one or two words are let through: "xin chào" can only be said one way.
    """
    seen = {_bare(text) for text, _ in training_examples(nlu_folder)}
    return [
        question.id
        for question in questions
        if len(question.text.split()) > 2 and _bare(question.text) in seen
    ]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()

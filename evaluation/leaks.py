"""A held-out question that is also a training example measures nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.text.fold import fold
from evaluation.questions import HeldOut


def leaks(questions: Iterable[HeldOut], nlu_folder: Path) -> list[str]:
    """Return the ids of questions that equal a training example after folding.

    Messages of one or two words are let through: "xin chào" can only be said one way.
    """
    seen = {_bare(text) for text in training_texts(nlu_folder)}
    return [
        question.id
        for question in questions
        if len(question.text.split()) > 2 and _bare(question.text) in seen
    ]


def training_texts(nlu_folder: Path) -> list[str]:
    """Return every training example."""
    return [text for text, _ in training_examples(nlu_folder)]


def training_examples(nlu_folder: Path) -> list[tuple[str, str]]:
    """Return ``(text, intent)`` of every training example."""
    return [
        (line[2:].strip(), block["intent"])
        for path in sorted(nlu_folder.rglob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
        if line.startswith("- ")
    ]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()

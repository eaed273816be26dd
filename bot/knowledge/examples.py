"""The training examples of ``data/nlu``, for checks and evaluation."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.library import read_yaml


def training_examples(folder: Path) -> list[tuple[str, str]]:
    """Return ``(text, intent)`` of every training example in a folder of NLU files.

    Of a retrieval intent (``about_me/level_secondary``) only the part before "/" is given.

    Raises:
        KnowledgeError: A file is not YAML.
    """
    return [
        (line[2:].strip(), block["intent"].split("/")[0])
        for path in sorted(folder.rglob("*.yml"))
        for block in read_yaml(path)["nlu"]
        for line in block["examples"].splitlines()
        if line.startswith("- ")
    ]

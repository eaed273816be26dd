"""``ictbot train``: a model when there is none for what it is made from."""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from bot.errors import AssistantError
from bot.rasa.quiet import quiet_rasa
from bot.settings import ROOT, nlu_config

MODEL = ROOT / "models" / "assistant.tar.gz"
STAMP = ROOT / "models" / "assistant.sha256"

#: What a model is made from; a change in any of it asks for a new model.
_INGREDIENTS = (
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/lexicon",
    "bot/text",
    "bot/nlp",
    "bot/nlu",
    "bot/rasa/answer_policy.py",
    "requirements/app.txt",
)


def add_to(nouns: Any) -> None:
    """Add the command's parser."""
    parser = nouns.add_parser("train", help="train the model if it is out of date")
    parser.add_argument("--force", action="store_true", help="train in any case")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train unless the model at hand was made from the same content."""
    digest = content_digest(ROOT)
    if not options.force and is_current(digest):
        print("model: up to date")
        return
    train(digest)


def is_current(digest: str) -> bool:
    """Tell whether the model at hand was made from content of this digest."""
    return MODEL.is_file() and STAMP.is_file() and STAMP.read_text().strip() == digest


def content_digest(root: Path) -> str:
    """Return one digest over names and contents of everything a model is made from.

    Raises:
        SettingsError: The config to train with does not exist.
    """
    digest = hashlib.sha256()
    for start in (nlu_config(), *(root / name for name in _INGREDIENTS)):
        paths = sorted(start.rglob("*")) if start.is_dir() else [start]
        for path in paths:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(os.path.relpath(path, root).encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def train(digest: str) -> None:
    """Train with Rasa and note what the model was made from.

    Raises:
        AssistantError: Rasa could not train; its own log says why.
    """
    quiet_rasa()
    from rasa.model_training import train as rasa_train

    print("model: training …", flush=True)
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        examples = _in_one_file(ROOT / "data" / "nlu", Path(folder) / "nlu.yml")
        result = rasa_train(
            domain="domain.yml",
            config=str(nlu_config()),
            training_files=[str(examples), "data/rules", "data/stories"],
            output=str(MODEL.parent),
            fixed_model_name=MODEL.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if result.code or not result.model:
        raise AssistantError(f"Rasa ended training with code {result.code}")
    STAMP.write_text(digest + "\n")
    print(f"model: trained, {MODEL.relative_to(ROOT)}")


def _in_one_file(nlu_folder: Path, path: Path) -> Path:
    """Write all NLU files of a folder as one.

    Rasa merges files one by one and copies all that came before each time: a file per topic
    would cost a fifth of the training.
    """
    content = "".join(
        source.read_text(encoding="utf-8").split("nlu:\n", 1)[1]
        for source in sorted(nlu_folder.rglob("*.yml"))
    )
    path.write_text(f'version: "3.1"\nnlu:\n{content}', encoding="utf-8")
    return path

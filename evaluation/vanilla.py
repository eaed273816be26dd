"""A vanilla Rasa assistant over our data: what ``rasa init`` configures, one rule per intent."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import yaml

from bot.knowledge.examples import training_examples
from bot.knowledge.library import read_yaml
from bot.rasa.quiet import QUIET
from bot.settings import ROOT
from evaluation.stack import free_ports

#: The pipeline and policies of Rasa 3.6's project template, epochs apart.
PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "min_ngram": 1,
        "max_ngram": 4,
    },
    {"name": "DIETClassifier", "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
POLICIES = [
    {"name": "MemoizationPolicy"},
    {"name": "RulePolicy"},
    {"name": "UnexpecTEDIntentPolicy", "max_history": 5},
    {"name": "TEDPolicy", "max_history": 5, "constrain_similarities": True},
]


def write_project(folder: Path, epochs: int) -> None:
    """Write the vanilla project: same NLU data, a rule and a text per intent."""
    data = folder / "data" / "nlu"
    if not data.exists():
        copytree(ROOT / "data" / "nlu", data)
    intents = sorted({intent for _, intent in training_examples(data)})
    # What FallbackClassifier says when it is not sure; the template leaves it to the writer.
    intents.append("nlu_fallback")
    texts = read_yaml(ROOT / "domain.yml")["responses"]
    said = {
        f"utter_{name}": [
            {"text": texts.get(f"utter_{name}", [{"text": name}])[0]["text"]}
        ]
        for name in intents
    }
    rules = [
        {"rule": name, "steps": [{"intent": name}, {"action": f"utter_{name}"}]}
        for name in intents
    ]
    story = {"story": "two questions", "steps": rules[0]["steps"] + rules[1]["steps"]}
    with_epochs = {"DIETClassifier", "TEDPolicy", "UnexpecTEDIntentPolicy"}
    config = {
        "recipe": "default.v1",
        "language": "vi",
        "assistant_id": "vanilla",
        "pipeline": [_epochs(part, with_epochs, epochs) for part in PIPELINE],
        "policies": [_epochs(part, with_epochs, epochs) for part in POLICIES],
    }
    domain = {"version": "3.1", "intents": intents, "responses": said}
    _write(folder / "config.yml", config)
    _write(folder / "domain.yml", domain)
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": rules})
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": [story]})
    _write(folder / "credentials.yml", {"rest": None})
    _write(folder / "endpoints.yml", {})


def _epochs(part: dict[str, object], names: set[str], epochs: int) -> dict[str, object]:
    return {**part, "epochs": epochs} if part["name"] in names else dict(part)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def train(folder: Path) -> float:
    """Train the project and return the seconds it took."""
    started = time.perf_counter()
    rasa(folder, "train", "--fixed-model-name", "vanilla")
    return time.perf_counter() - started


def rasa(folder: Path, *arguments: str) -> None:
    """Run Rasa's command line in ``folder``; its output goes to ``train.log``."""
    with (folder / "train.log").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", "rasa", *arguments],
            cwd=folder,
            env=_environment(),
            check=True,
            stdout=log,
            stderr=log,
        )


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve the project; yield its address and process id."""
    port = free_ports(1)[0]
    command = [
        sys.executable,
        "-m",
        "rasa",
        "run",
        "--port",
        str(port),
        "-i",
        "127.0.0.1",
    ]
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdout=log, stderr=log
        )
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, **QUIET}

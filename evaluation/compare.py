"""``python -m evaluation.compare``: other classifiers on our data and held-out questions.

Every candidate is trained and asked in a process of its own, so that its memory is its own. None
has thresholds: right is whose likeliest intent is right. ``make evaluate`` puts the figures kept
here beside those of the assistant.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from rich.progress import track

from bot.commands.train import MODEL
from bot.knowledge.examples import training_examples
from bot.settings import ROOT
from evaluation import metrics, vanilla
from evaluation.beside_vanilla import resident_mb
from evaluation.candidates import CANDIDATES
from evaluation.metrics import Outcome
from evaluation.questions import HeldOut, read_questions
from evaluation.report import BESIDE
from evaluation.understanding import topic_said, understand

_COUNTS: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "min_ngram": 1,
        "max_ngram": 4,
    },
]


def pipelines(epochs: int) -> dict[str, list[dict[str, Any]]]:
    """Return the pipelines of Rasa's own candidates by name."""
    diet = [
        {**part, "epochs": epochs} if part["name"] == "DIETClassifier" else dict(part)
        for part in vanilla.PIPELINE
        if part["name"] != "FallbackClassifier"
    ]
    return {
        "rasa_logistic": [
            *_COUNTS,
            {"name": "LogisticRegressionClassifier", "max_iter": 100},
        ],
        "rasa_diet": diet,
    }


def main() -> None:
    """Train and score the candidates named; print and keep the figures."""
    names = ["shipped", *CANDIDATES, *pipelines(1)]
    parser = argparse.ArgumentParser(prog="python -m evaluation.compare")
    parser.add_argument(
        "names", nargs="*", default=names, metavar="NAME", help=f"{names}"
    )
    parser.add_argument("--epochs", type=int, default=100, help="of DIET")
    parser.add_argument("--score", help="score this candidate in this process")
    parser.add_argument("--model", type=Path, default=MODEL, help="of a Rasa candidate")
    options = parser.parse_args()
    if options.score:
        print(json.dumps(_score(options.score, options.model)))
        return
    BESIDE.mkdir(parents=True, exist_ok=True)
    for name in options.names:
        found = try_out(name, options.epochs)
        print(name, found, flush=True)
        (BESIDE / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n")


def try_out(name: str, epochs: int) -> dict[str, Any]:
    """Train one candidate and score it; times in seconds and milliseconds."""
    if name in CANDIDATES:
        return _scored(name)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        started = time.perf_counter()
        if name == "shipped":
            model = MODEL
            train = [sys.executable, "-m", "bot.cli", "train", "--force"]
            subprocess.run(train, cwd=ROOT, check=True, capture_output=True)
        else:
            model = _rasa_model(folder, name, pipelines(epochs)[name])
        spent = time.perf_counter() - started
        about = {"epochs": epochs} if name == "rasa_diet" else {}
        return {"training_s": spent, **about, **_scored(name, "--model", str(model))}


def _rasa_model(folder: Path, name: str, pipeline: list[dict[str, Any]]) -> Path:
    vanilla.write_project(folder, 1)
    config = {"recipe": "default.v1", "language": "vi", "assistant_id": name}
    content = yaml.safe_dump({**config, "pipeline": pipeline})
    (folder / "config.yml").write_text(content, encoding="utf-8")
    vanilla.rasa(folder, "train", "nlu", "--fixed-model-name", name)
    return folder / "models" / f"{name}.tar.gz"


def _scored(name: str, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "evaluation.compare", "--score", name, *more]
    ended = subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def _score(name: str, model: Path) -> dict[str, Any]:
    questions = read_questions()
    if name not in CANDIDATES:
        return figures(understand(model, questions))
    texts, intents = zip(*training_examples(ROOT / "data" / "nlu"), strict=True)
    candidate = CANDIDATES[name]()
    started = time.perf_counter()
    candidate.fit(texts, intents)
    spent = time.perf_counter() - started
    outcomes = [_outcome(candidate.rank, question) for question in track(questions)]
    return {"training_s": spent, **figures(outcomes)}


def _outcome(rank: Any, question: HeldOut) -> Outcome:
    started = time.perf_counter()
    ranking = rank(question.text)
    spent = time.perf_counter() - started
    intent, confidence = ranking[0] if ranking else ("out_of_scope", 0.0)
    topic = topic_said(intent)
    return Outcome(question, (topic,), confidence, topic, 0.0, 1000 * spent)


def figures(outcomes: list[Outcome]) -> dict[str, Any]:
    """Return the candidate's figures: shares right, ECE, milliseconds, megabytes."""

    def right(some: list[Outcome]) -> float:
        return metrics.share(some, lambda o: o.question.is_right([o.likeliest]))

    inside = [o for o in outcomes if o.question.in_scope]
    outside = [o for o in outcomes if o.question.topic == "out_of_scope"]
    return {
        "in_scope": right(inside),
        "out_of_scope": right(outside),
        "ece": metrics.expected_calibration_error([*inside, *outside]),
        "ms_median": metrics.percentile([o.milliseconds for o in outcomes], 0.5),
        "memory_mb": resident_mb(os.getpid()),
        "styles": {
            style: right(group)
            for style, group in metrics.by(inside, lambda o: o.question.style).items()
        },
    }


if __name__ == "__main__":
    main()

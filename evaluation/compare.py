"""``python -m evaluation.compare``: Rasa's own classifiers on our data and questions.

Trains each candidate's NLU with Rasa and asks it every held-out question, without thresholds:
right is whose likeliest intent is right.
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

from bot.settings import ROOT
from evaluation import metrics, vanilla
from evaluation.beside_vanilla import resident_mb
from evaluation.questions import read_questions
from evaluation.understanding import understand

OUT = ROOT / "evaluation" / "out"

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
    """Return the candidates' pipelines by name."""
    diet = [
        {**part, "epochs": epochs} if part["name"] == "DIETClassifier" else dict(part)
        for part in vanilla.PIPELINE
        if part["name"] != "FallbackClassifier"
    ]
    return {
        "logistic": [
            *_COUNTS,
            {"name": "LogisticRegressionClassifier", "max_iter": 100},
        ],
        "diet": diet,
    }


def main() -> None:
    """Train and score the candidates named; print and keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.compare")
    parser.add_argument("names", nargs="*", default=["logistic", "diet"])
    parser.add_argument("--epochs", type=int, default=100, help="of DIET")
    parser.add_argument("--model", type=Path, help="only score this model")
    options = parser.parse_args()
    if options.model:
        print(json.dumps(score(options.model)))
        return
    OUT.mkdir(parents=True, exist_ok=True)
    for name in options.names:
        found = try_out(name, pipelines(options.epochs)[name])
        print(name, found, flush=True)
        (OUT / f"compare_{name}.json").write_text(json.dumps(found) + "\n")


def try_out(name: str, pipeline: list[dict[str, Any]]) -> dict[str, float]:
    """Train one candidate and score it in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        vanilla.write_project(folder, 1)
        config = {"recipe": "default.v1", "language": "vi", "assistant_id": name}
        content = yaml.safe_dump({**config, "pipeline": pipeline})
        (folder / "config.yml").write_text(content, encoding="utf-8")
        started = time.perf_counter()
        vanilla.rasa(folder, "train", "nlu", "--fixed-model-name", name)
        trained = time.perf_counter() - started
        command = [sys.executable, "-m", "evaluation.compare", "--model"]
        ended = subprocess.run(
            [*command, str(folder / "models" / f"{name}.tar.gz")],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return {"training_s": trained, **json.loads(ended.stdout.splitlines()[-1])}


def score(model: Path) -> dict[str, float]:
    """Return the candidate's figures on the held-out questions."""
    outcomes = understand(model, read_questions())
    inside = [o for o in outcomes if o.question.in_scope]
    outside = [o for o in outcomes if o.question.topic == "out_of_scope"]
    times = [outcome.milliseconds for outcome in outcomes]
    return {
        "in_scope": metrics.share(inside, lambda o: o.question.is_right([o.likeliest])),
        "out_of_scope": metrics.share(outside, lambda o: o.likeliest == "out_of_scope"),
        "worst_style": min(
            metrics.share(group, lambda o: o.question.is_right([o.likeliest]))
            for group in metrics.by(inside, lambda o: o.question.style).values()
        ),
        "ece": metrics.expected_calibration_error([*inside, *outside]),
        "ms_median": metrics.percentile(times, 0.5),
        "memory_mb": resident_mb(os.getpid()),
    }


if __name__ == "__main__":
    main()

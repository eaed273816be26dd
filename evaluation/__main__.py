"""``python -m evaluation``: score the trained model; ``--gate`` compares with the release."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.commands.train import MODEL
from bot.settings import ROOT
from evaluation import report
from evaluation.gate import drops
from evaluation.leaks import leaks
from evaluation.questions import read_questions
from evaluation.understanding import understand

OUT = ROOT / "evaluation" / "out"
RELEASED = ROOT / "evaluation" / "released"


def main() -> int:
    """Run the evaluation; return 1 when the gate or the leak check fails."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--gate", action="store_true", help="fail on a drop")
    parser.add_argument("--release", action="store_true", help="keep as the release")
    options = parser.parse_args()
    questions = read_questions()
    leaked = leaks(questions, ROOT / "data" / "nlu")
    if leaked:
        print(f"held-out questions that are training examples: {', '.join(leaked)}")
        return 1
    outcomes = understand(options.model, questions)
    folder = RELEASED if options.release else options.out
    found = report.write(folder, outcomes, "Held-out questions")
    print((folder / "report.md").read_text(encoding="utf-8").split("\n## topics")[0])
    if not options.gate:
        return 0
    released = json.loads((RELEASED / "figures.json").read_text(encoding="utf-8"))
    worse = drops(released, found)
    print(
        "\n".join(["gate: worse than the last release:", *worse])
        if worse
        else "gate: passed"
    )
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())

"""``make bench``: speed and memory beside vanilla Rasa, in the same minutes.

Figures of a noisy machine mean little by themselves; read the ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.settings import ROOT
from evaluation import vanilla
from evaluation.load import Load, gateway_talker, measure, rest_talker
from evaluation.questions import read_questions
from evaluation.stack import running_stack

OUT = ROOT / "evaluation" / "out"
#: Epochs of Rasa's project template.
TEMPLATE_EPOCHS = 100


def main() -> None:
    """Train and run both, measure both, print and keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.beside_vanilla")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument(
        "--vanilla-epochs",
        type=int,
        default=2,
        help="epochs vanilla is trained for; its training time is scaled up to 100",
    )
    options = parser.parse_args()
    texts = [question.text for question in read_questions()]
    ours = _ours(texts, options)
    theirs = _theirs(texts, options)
    found = {"ours": ours, "vanilla": theirs, "ratios": _ratios(ours, theirs)}
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(found, indent=1) + "\n")
    print(table(found))


def _ours(texts: list[str], options: argparse.Namespace) -> dict[str, float]:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "train", "--force"], cwd=ROOT, check=True
    )
    training = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        talker = gateway_talker(stack.address)
        figures = _talk(talker, texts, options)
        figures["memory_mb"] = sum(
            resident_mb(process.pid) for process in stack.processes.values()
        )
    return {"training_s": training, **figures}


def _theirs(texts: list[str], options: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vanilla.write_project(folder, 1)
        one = vanilla.train(folder)
        print(f"vanilla: one epoch took {one:.0f} s with all around it", flush=True)
        vanilla.write_project(folder, 1 + options.vanilla_epochs)
        more = vanilla.train(folder)
        epoch = (more - one) / options.vanilla_epochs
        print(f"vanilla: every further epoch {epoch:.0f} s", flush=True)
        with vanilla.running(folder) as (address, pid):
            talker = rest_talker(address)
            asyncio.run(_until_answered(talker, texts[0]))
            figures = _talk(talker, texts, options)
            figures["memory_mb"] = resident_mb(pid)
    return {"training_s": one + epoch * (TEMPLATE_EPOCHS - 1), **figures}


def _talk(
    talker: object, texts: list[str], options: argparse.Namespace
) -> dict[str, float]:
    async def both() -> tuple[Load, Load]:
        await measure(talker, texts, users=1, seconds=2)  # type: ignore[arg-type]
        alone = await measure(talker, texts, users=1, seconds=options.seconds / 2)  # type: ignore[arg-type]
        crowd = await measure(
            talker,
            texts,
            users=options.users,
            seconds=options.seconds,  # type: ignore[arg-type]
        )
        return alone, crowd

    alone, crowd = asyncio.run(both())
    return {
        "turns_per_s": crowd.per_second,
        "crowd_p95_ms": crowd.p95_ms,
        "alone_p50_ms": alone.p50_ms,
        "alone_p95_ms": alone.p95_ms,
        "failed": crowd.failed + alone.failed,
    }


async def _until_answered(talker: object, text: str) -> None:
    for _ in range(600):
        try:
            say = await talker()  # type: ignore[operator]
            if await say(text):
                return
        except (OSError, asyncio.IncompleteReadError):
            pass
        await asyncio.sleep(0.5)
    raise RuntimeError("vanilla Rasa did not answer within five minutes")


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    total = 0.0
    status = Path(f"/proc/{pid}/status").read_text()
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            total += int(line.split()[1]) / 1024
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        total += sum(resident_mb(int(child)) for child in children.read_text().split())
    return total


def _ratios(ours: dict[str, float], theirs: dict[str, float]) -> dict[str, float]:
    return {name: ours[name] / theirs[name] for name in ours if theirs.get(name)}


def table(found: dict[str, dict[str, float]]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| | ours | vanilla | ratio |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {value:.1f} | {found['vanilla'][name]:.1f} "
        f"| {found['ratios'].get(name, float('nan')):.2f} |"
        for name, value in found["ours"].items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

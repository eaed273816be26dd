"""Writes the figures of a run as JSON, Markdown and drawings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.knowledge.library import read_yaml
from bot.settings import ROOT
from evaluation import metrics
from evaluation.metrics import Outcome

#: Groups of topics that are easily taken for one another.
NEAR_TWINS = Path(__file__).parent / "near_twins.yml"
#: Figures by slice, in the report's order.
TABLES = ("sets", "styles", "out_of_scope_slices", "near_twins", "topics")
#: Figures of other classifiers, a file each, written by ``evaluation.compare``.
BESIDE = ROOT / "evaluation" / "released" / "beside"


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return every figure of a run as JSON data."""
    inside = [o for o in outcomes if o.question.in_scope]
    outside = [o for o in outcomes if o.question.topic == "out_of_scope"]
    unclear = [o for o in outcomes if o.question.topic == "clarify"]
    times = [o.milliseconds for o in outcomes]
    return {
        "questions": len(outcomes),
        "in_scope": _rate(inside),
        "macro_f1": round(metrics.macro_f1(inside), 4),
        "refused": round(metrics.share(inside, lambda o: o.refused), 4),
        "asked_back": round(metrics.share(inside, lambda o: "clarify" in o.topics), 4),
        "confidently_wrong": round(
            metrics.share(inside, lambda o: o.confidently_wrong), 4
        ),
        "out_of_scope": _rate(outside),
        "out_of_scope_at_1_percent_loss": round(
            metrics.refusal_at_loss(outcomes, 0.01), 4
        ),
        "clarify": _rate(unclear),
        "ece": round(metrics.expected_calibration_error([*inside, *outside]), 4),
        "ms_median": round(metrics.percentile(times, 0.5), 2),
        "ms_p95": round(metrics.percentile(times, 0.95), 2),
        "styles": {
            name: _rate(group)
            for name, group in metrics.by(inside, lambda o: o.question.style).items()
        },
        "sets": {
            f"{name}, {kind}": _rate([o for o in group if o.question.set == name])
            for kind, group in (("in scope", inside), ("out of scope", outside))
            for name in sorted({o.question.set for o in outcomes})
        },
        "near_twins": {
            " / ".join(twins): _rate([o for o in inside if o.question.topic in twins])
            for twins in read_yaml(NEAR_TWINS)
        },
        "out_of_scope_slices": {
            name: _rate(group)
            for name, group in metrics.by(outside, lambda o: o.question.slice).items()
        },
        "topics": {
            name: _rate(group)
            for name, group in metrics.by(inside, lambda o: o.question.topic).items()
        },
    }


def _rate(outcomes: Sequence[Outcome]) -> dict[str, float]:
    low, high = metrics.interval([o.right for o in outcomes]) if outcomes else (0, 0)
    return {
        "right": round(metrics.share(outcomes, lambda o: o.right), 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "count": len(outcomes),
    }


def write(folder: Path, outcomes: Sequence[Outcome], title: str) -> dict[str, Any]:
    """Write ``figures.json``, ``report.md`` and the drawings; return the figures."""
    folder.mkdir(parents=True, exist_ok=True)
    found = figures(outcomes)
    (folder / "figures.json").write_text(
        json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (folder / "report.md").write_text(
        markdown(found, outcomes, title), encoding="utf-8"
    )
    _draw(folder, outcomes)
    return found


def markdown(found: dict[str, Any], outcomes: Sequence[Outcome], title: str) -> str:
    """Return the report as Markdown."""
    lines = [f"# {title}", "", "| figure | value |", "|---|---|"]
    for name, value in found.items():
        if not isinstance(value, dict):
            lines.append(f"| {name} | {value} |")
        elif "right" in value:
            lines.append(
                f"| {name} | {value['right']:.3f} of {value['count']} "
                f"(95 %: {value['low']:.3f}-{value['high']:.3f}) |"
            )
    lines += thresholds(ROOT / "config.yml")
    for table in TABLES:
        lines += ["", f"## {table}", "", "| | right | of | 95 % |", "|---|---|---|---|"]
        rows = sorted(found[table].items(), key=lambda row: row[1]["right"])
        lines += [
            f"| {name} | {row['right']:.3f} | {row['count']} "
            f"| {row['low']:.3f}-{row['high']:.3f} |"
            for name, row in rows
        ]
    lines += ["", "## confusions", "", "| asked | answered | times |", "|---|---|---|"]
    lines += [
        f"| {asked} | {got} | {count} |"
        for asked, got, count in metrics.confusions(outcomes)[:40]
    ]
    lines += beside(BESIDE)
    lines += [
        "",
        "![reliability](reliability.svg)",
        "",
        "![coverage](coverage.svg)",
        "",
    ]
    return "\n".join(lines)


def thresholds(config: Path) -> list[str]:
    """Return the thresholds that decide; a model keeps those it was trained with."""
    parts = read_yaml(config)["pipeline"]
    decision = next(part for part in parts if part["name"].endswith(".Decision"))
    lines = ["", "## thresholds", "", "| | |", "|---|---|"]
    return lines + [f"| {k} | {v} |" for k, v in decision.items() if k != "name"]


def beside(folder: Path) -> list[str]:
    """Return the table of other classifiers kept by ``evaluation.compare``, if there are any."""
    rows = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }
    if not rows:
        return []
    names = ["in_scope", "out_of_scope", "ece", "training_s", "ms_median", "memory_mb"]
    styles = sorted({style for row in rows.values() for style in row["styles"]})
    titles = [*names, *styles]
    lines = ["", "## beside (likeliest topic, no thresholds)", ""]
    lines += [f"| | {' | '.join(titles)} |", "|---" * (len(titles) + 1) + "|"]
    for name, row in sorted(rows.items(), key=lambda it: -it[1]["in_scope"]):
        label = f"{name}, {row['epochs']} epochs" if "epochs" in row else name
        values = [*(row[key] for key in names), *(row["styles"][s] for s in styles)]
        cells = [f"{v:.3f}" if v < 1 else f"{v:.1f}" for v in values]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return lines


def _draw(folder: Path, outcomes: Sequence[Outcome]) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    judged = [o for o in outcomes if o.question.topic != "clarify"]
    bins = metrics.calibration(judged)
    figure, axes = pyplot.subplots(figsize=(5, 4.2))
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey", label="perfect")
    axes.plot([b[0] for b in bins], [b[1] for b in bins], marker="o", label="measured")
    for confidence, right, count in bins:
        axes.annotate(
            str(count),
            (confidence, right),
            fontsize=7,
            xytext=(4, -9),
            textcoords="offset points",
        )
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1.02))
    axes.legend()
    figure.tight_layout()
    figure.savefig(folder / "reliability.svg", metadata={"Date": None})
    curve = metrics.coverage_curve([o for o in judged if o.question.in_scope])
    figure, axes = pyplot.subplots(figsize=(5, 4.2))
    axes.plot([c[0] for c in curve], [c[1] for c in curve], label="answered")
    axes.plot([c[0] for c in curve], [c[2] for c in curve], label="right of answered")
    axes.set(xlabel="threshold", ylim=(0.5, 1.01))
    axes.legend()
    figure.tight_layout()
    figure.savefig(folder / "coverage.svg", metadata={"Date": None})
    pyplot.close("all")

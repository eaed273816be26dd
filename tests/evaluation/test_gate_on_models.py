"""The gate fails for a model whose data lost a topic, or had two topics' labels swapped."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from bot.settings import ROOT
from evaluation.gate import drops
from evaluation.questions import HeldOut, read_questions
from evaluation.report import figures
from evaluation.understanding import understand

GROUPS = ("research", "integration")
ONE, OTHER = "research/students", "integration/partners"
Change = Callable[[Path, Path], None]


@pytest.fixture(scope="module")
def questions() -> list[HeldOut]:
    return [q for q in read_questions() if q.topic.startswith(GROUPS)]


def measured(
    folder: Path, questions: list[HeldOut], change: Change | None = None
) -> dict[str, Any]:
    """Train the shipped pipeline on two groups of topics, changed, and score it."""
    from rasa.model_training import train_nlu

    for group in GROUPS:
        copytree(ROOT / "data" / "nlu" / group, folder / "nlu" / group)
    if change:
        change(*(folder / "nlu" / f"{topic}.yml" for topic in (ONE, OTHER)))
    config, data = str(ROOT / "config.yml"), str(folder / "nlu")
    model = Path(str(train_nlu(config, data, str(folder))))
    return figures(understand(model, questions))


@pytest.fixture(scope="module")
def released(
    tmp_path_factory: pytest.TempPathFactory, questions: list[HeldOut]
) -> dict[str, Any]:
    return measured(tmp_path_factory.mktemp("released"), questions)


def remove(one: Path, other: Path) -> None:
    one.unlink()


def swap(one: Path, other: Path) -> None:
    first, second = one.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")
    names = [topic.replace("/", "_", 1) for topic in (ONE, OTHER)]
    one.write_text(first.replace(names[0], names[1]), encoding="utf-8")
    other.write_text(second.replace(names[1], names[0]), encoding="utf-8")


def test_gate_passes_the_data_as_they_are(
    released: dict[str, Any], questions: list[HeldOut], tmp_path: Path
) -> None:
    assert released["in_scope"]["right"] > 0.9
    assert drops(released, measured(tmp_path, questions)) == []


@pytest.mark.parametrize("change", [remove, swap])
def test_gate_fails_when_a_topic_lost_its_data(
    change: Change,
    released: dict[str, Any],
    questions: list[HeldOut],
    tmp_path: Path,
) -> None:
    worse = drops(released, measured(tmp_path, questions, change))
    assert any(f"topics: {ONE}" in line for line in worse)
    assert any("in_scope" in line for line in worse)

"""The gate fails on a lost slice and lets noise through."""

import copy
from typing import Any

from evaluation.gate import drops
from evaluation.report import figures
from tests.evaluation.test_metrics import outcome


def released() -> dict[str, Any]:
    outcomes = [
        *(outcome("study/tuition", "study/tuition") for _ in range(40)),
        *(outcome("study/loans", "study/loans") for _ in range(40)),
        *(outcome("out_of_scope", "out_of_scope") for _ in range(40)),
        *(outcome("clarify", "clarify") for _ in range(10)),
    ]
    return figures(outcomes)


def test_gate_passes_the_same_figures() -> None:
    assert drops(released(), released()) == []


def test_gate_fails_when_a_topic_is_lost() -> None:
    outcomes = [
        *(outcome("study/tuition", "study/loans") for _ in range(40)),
        *(outcome("study/loans", "study/loans") for _ in range(40)),
        *(outcome("out_of_scope", "out_of_scope") for _ in range(40)),
        *(outcome("clarify", "clarify") for _ in range(10)),
    ]
    assert any("study/tuition" in line for line in drops(released(), figures(outcomes)))


def test_gate_fails_when_a_slice_is_not_measured() -> None:
    found = copy.deepcopy(released())
    del found["topics"]["study/loans"]
    assert any("not measured" in line for line in drops(released(), found))

"""Fails when a slice got worse than the last release beyond noise."""

from __future__ import annotations

from typing import Any

from evaluation.report import TABLES

#: A slice may lie this much below the committed lower bound before it counts as worse.
TOLERANCE = 0.005


def drops(released: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Return one line per slice whose share fell below the released 95 % interval.

    Args:
        released: Figures of the last release (``evaluation/released/figures.json``).
        found: Figures of the model at hand.
    """
    lines = []
    for name, old, new in _pairs(released, found):
        if new is None:
            lines.append(f"{name}: not measured any more")
        elif new["right"] < old["low"] - TOLERANCE:
            lines.append(
                f"{name}: {new['right']:.3f}, was {old['right']:.3f} "
                f"({old['low']:.3f}-{old['high']:.3f} of {old['count']})"
            )
    return lines


def _pairs(released: dict[str, Any], found: dict[str, Any]) -> list[tuple[Any, ...]]:
    pairs: list[tuple[Any, ...]] = [
        (name, released[name], found.get(name))
        for name in ("in_scope", "out_of_scope", "clarify")
    ]
    for table in TABLES:
        pairs += [
            (f"{table}: {name}", old, found[table].get(name))
            for name, old in released[table].items()
        ]
    return pairs

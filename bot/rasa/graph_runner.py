"""Rasa graph runner: the parts of the model one after the other, in an order found once."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

#: A node and the names of what it is given.
_Step = tuple[GraphNode, tuple[str, ...]]


class InOrderGraphRunner(DaskGraphRunner):
    """Runs the graph as Rasa's own runner does, without Dask.

    Dask plans anew at every run; a pipeline and its policies have one way through.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Load the nodes; see ``DaskGraphRunner``."""
        super().__init__(*args, **kwargs)
        self._plans: dict[tuple[str, ...], list[_Step]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return the output of every target; ``inputs`` are outputs given from outside."""
        names = tuple(targets or self._graph_schema.target_names)
        if names not in self._plans:
            self._plans[names] = self._plan(names)
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for node, needs in self._plans[names]:
            name, output = node(*(outputs[need] for need in needs))
            outputs[name] = (name, output)
        return {name: outputs[name][1] for name in names}

    def _plan(self, targets: tuple[str, ...]) -> list[_Step]:
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [
            (self._instantiated_nodes[name], needs[name])
            for name in TopologicalSorter(needs).static_order()
            if name in needs
        ]

"""Running Rasa's graph node after node.

Rasa 3.6 hands every run of its graph to dask's scheduler, three times a turn, though the nodes run one after the other
in one thread all the same; the scheduling is a tenth of Rasa's share of a turn. `install` runs the nodes directly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from rasa.engine.runner import dask as runner


def install() -> None:
    """Makes Rasa's graph runner run its nodes directly; twice does no harm."""
    runner.dask = SimpleNamespace(get=get)


def get(graph: Mapping[str, Any], targets: Sequence[str]) -> list[Any]:
    """The results of the targets, every node run once: like `dask.get` for graphs whose nodes are `(function, *needs)` or values."""
    results: dict[str, Any] = {}

    def result(name: Any) -> Any:
        if name not in graph:
            return name
        if name not in results:
            node = graph[name]
            results[name] = node[0](*[result(need) for need in node[1:]]) if callable(node[0]) else node
        return results[name]

    return [result(target) for target in targets]

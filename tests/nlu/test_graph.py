"""A graph run directly gives what dask gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dask
import pytest
from rasa.engine.runner import dask as runner

from bot.nlu import graph


@pytest.fixture(autouse=True)
def _uninstalled() -> Iterator[None]:
    yield
    runner.dask = dask


def test_nodes_run_once_in_the_order_of_their_needs() -> None:
    ran: list[str] = []

    def node(name: str) -> Any:
        def run(*inputs: Any) -> tuple[str, Any]:
            ran.append(name)
            return name, [value for _, value in inputs]

        return run

    described = {
        "question": ("question", "补贴多少钱"),
        "words": (node("words"), "question"),
        "intent": (node("intent"), "words", "question"),
        "entities": (node("entities"), "words"),
        "unused": (node("unused"), "words"),
    }
    expected = dask.get(described, ["intent", "entities"])
    ran.clear()
    assert graph.get(described, ["intent", "entities"]) == list(expected)
    assert ran == ["words", "intent", "entities"]


def test_what_a_node_raises_gets_through() -> None:
    with pytest.raises(ZeroDivisionError):
        graph.get({"node": (lambda: 1 / 0,)}, ["node"])


def test_installed_twice_it_still_runs() -> None:
    graph.install()
    graph.install()
    assert runner.dask.get({"one": (lambda: ("one", 1),)}, ["one"]) == [("one", 1)]

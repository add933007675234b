"""Which clauses come into question by their meaning: nearest sentence vectors, kept by usearch in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index as Graph

from knowledge.search.encoder import Vectors

EXACT_BELOW = 20_000
"""Vectors up to which all are compared, about a millisecond; above, the graph is walked."""
_EXPANSION = 128

Ids = NDArray[np.int64]


class VectorIndex(Protocol):
    """Sentence vectors of clauses by one model."""

    @property
    def kind(self) -> str:
        """What searches them: `usearch` or `pgvector`."""

    def clauses(self) -> Ids:
        """The clauses whose vectors it has."""

    def nearest(self, vector: Vectors, most: int) -> tuple[Ids, NDArray[np.float32]]:
        """The clauses of the `most` nearest sentences, nearest first, each once, with the cosine."""

    def change(self, gone: Sequence[int], come: Iterable[tuple[Sequence[int], Sequence[Vectors]]]) -> None:
        """Take clauses out and put others in, given in batches by their sentences' rows. Needs the index's lock."""


def first_of_each(clauses: Ids, distances: NDArray[np.float32]) -> tuple[Ids, NDArray[np.float32]]:
    """Of sentences in order of their cosine distance the first of each clause, with the cosine."""
    own, first = np.unique(clauses, return_index=True)
    order = np.argsort(first)
    return own[order], (1 - distances)[first[order]]


class GraphFile:
    """An HNSW graph (Malkov and Yashunin, 2018) over 8-bit vectors, mapped into memory; a reader keeps the file that it has opened."""

    kind = "usearch"

    def __init__(self, folder: Path, model: str, dimensions: int) -> None:
        self._path = folder / "vectors" / f"{hashlib.sha256(model.encode()).hexdigest()[:12]}-{dimensions}.usearch"
        self._dimensions = dimensions
        self._graph = self._opened()

    def clauses(self) -> Ids:
        return np.unique(np.asarray(self._graph.keys, dtype=np.int64)) if len(self._graph) else np.zeros(0, np.int64)

    def nearest(self, vector: Vectors, most: int) -> tuple[Ids, NDArray[np.float32]]:
        size = len(self._graph)
        if not size:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        found = self._graph.search(np.asarray(vector, np.float32), min(most, size), exact=size < EXACT_BELOW, threads=1)
        return first_of_each(np.asarray(found.keys, dtype=np.int64), np.asarray(found.distances, dtype=np.float32))

    def change(self, gone: Sequence[int], come: Iterable[tuple[Sequence[int], Sequence[Vectors]]]) -> None:
        graph = self._writable(gone)
        for clauses, rows in come:
            keys = np.repeat(np.asarray(clauses, dtype=np.uint64), [len(own) for own in rows])
            if len(keys):
                graph.add(keys, np.concatenate(rows), threads=1)
        part = self._path.with_suffix(".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        graph.save(part)
        part.replace(self._path)
        self._graph = self._opened()

    def _writable(self, gone: Sequence[int]) -> Graph:
        graph = self._empty()
        if len(self._graph):
            graph.load(self._path)
        if gone:
            graph.remove(np.asarray(gone, dtype=np.uint64), compact=False)
        return graph

    def _empty(self) -> Graph:
        return Graph(ndim=self._dimensions, metric="cos", dtype="i8", connectivity=16, expansion_add=64, expansion_search=_EXPANSION, multi=True)

    def _opened(self) -> Graph:
        graph = self._empty()
        if self._path.exists():
            graph.view(self._path)
            if graph.ndim != self._dimensions:
                raise ValueError(f"{self._path.name}: {graph.ndim} dimensions")
        return graph

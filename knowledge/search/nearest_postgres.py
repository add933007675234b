"""Which clauses come into question by their meaning, searched by PostgreSQL with pgvector: many machines then share one index."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import ColumnElement, Float, Index, MetaData, cast, delete, func, literal, select, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.schema import CreateIndex

from knowledge.models import ClauseVectors
from knowledge.search import vector_table
from knowledge.search.encoder import Vectors
from knowledge.search.nearest import Ids, first_of_each
from knowledge.search.vector_table import TABLE

EXACT_BELOW = 5_000
"""Vectors up to which PostgreSQL compares all, about 9 ms; above, it walks the graph."""
_EXPANSION = 2
"""So many times more sentences are looked at in the graph than are wanted, as far as pgvector allows."""
_MOST_EXPANDED = 1000
_BATCH = 1000
_BUILD_MEMORY = "256MB"
"""A graph that outgrows it while it is built is finished on disk, more slowly."""


class PostgresVectors:
    """The vectors of one model in `clause_search_vectors`, with an HNSW graph of their own once they are many."""

    kind = "pgvector"

    def __init__(self, sessions: sessionmaker[Session], model: str, dimensions: int) -> None:
        self._sessions, self._model, self._dimensions = sessions, model, dimensions

    def clauses(self) -> Ids:
        with self._sessions() as session:
            found = session.scalars(select(TABLE.c.clause_id).where(self._ours).distinct().order_by(TABLE.c.clause_id))
            return np.fromiter(found, np.int64)

    def nearest(self, vector: Vectors, most: int) -> tuple[Ids, NDArray[np.float32]]:
        with self._sessions() as session:
            if self._is_large:
                _walk_graph(session, most)
            rows = session.execute(self.query(vector, most)).all()
        distances = np.array([row[1] for row in rows], np.float32)
        order = np.argsort(distances, kind="stable")  # the graph holds them normalised and so rounded once more: neighbours may be swapped
        return first_of_each(np.array([row[0] for row in rows], np.int64)[order], distances[order])

    def query(self, vector: Vectors, most: int) -> Any:
        """Only the column cast to its length is what the graph is over: without the cast all vectors are compared."""
        column = self._sized if self._is_large else TABLE.c.vector
        distance = column.op("<=>", return_type=Float())(literal(np.asarray(vector, np.float32), HALFVEC())).label("distance")
        return select(TABLE.c.clause_id, distance).where(self._ours).order_by(distance).limit(most)

    def change(self, gone: Sequence[int], come: Iterable[tuple[Sequence[int], Sequence[Vectors]]]) -> None:
        """In transactions of a batch each: whoever is stopped goes on where it was."""
        for start in range(0, len(gone), _BATCH):
            with self._sessions.begin() as session:
                session.execute(delete(TABLE).where(self._ours, TABLE.c.clause_id.in_(gone[start : start + _BATCH])))
        for clauses, rows in come:
            with self._sessions.begin() as session:
                there = self._held(session, clauses)
                vector_table.put(session, [(clause, self._model, own) for clause, own in zip(clauses, rows, strict=True) if clause in there])
        self.__dict__.pop("_is_large", None)
        self.build_graph()

    def build_graph(self) -> None:
        """Make the model's graph where its vectors have become many and it has none; questions are answered meanwhile."""
        if not self._is_large or self._has_graph():
            return
        with self._sessions.begin() as session:
            vector_table.take_turns(session)
            session.execute(text(f"SET LOCAL maintenance_work_mem = '{_BUILD_MEMORY}'"))
            # a parallel build needs more shared memory than a container has by default
            session.execute(text("SET LOCAL max_parallel_maintenance_workers = 0"))
            session.execute(CreateIndex(self._graph(), if_not_exists=True))

    def _held(self, session: Session, clauses: Sequence[int]) -> set[int]:
        """Those of the clauses whose stored vectors are there, and stay until the end of the transaction."""
        chosen = select(ClauseVectors.clause_id).where(ClauseVectors.model == self._model, ClauseVectors.clause_id.in_(clauses))
        return set(session.scalars(chosen.order_by(ClauseVectors.clause_id).with_for_update(read=True, key_share=True)))

    @cached_property
    def _is_large(self) -> bool:
        with self._sessions() as session:
            return (session.scalar(select(func.count()).select_from(TABLE).where(self._ours)) or 0) >= EXACT_BELOW

    def _has_graph(self) -> bool:
        with self._sessions() as session:
            return session.scalar(select(func.to_regclass(self._graph_name))) is not None

    @property
    def _ours(self) -> ColumnElement[bool]:
        """Written into the statement, not bound: a plan for any model could not use the graph of this one."""
        return TABLE.c.model == literal(self._model, literal_execute=True)

    @property
    def _sized(self) -> ColumnElement[Any]:
        return cast(TABLE.c.vector, HALFVEC(self._dimensions))

    @property
    def _graph_name(self) -> str:
        return f"ix_clause_search_vectors_{hashlib.sha256(self._model.encode()).hexdigest()[:12]}_{self._dimensions}"

    def _graph(self) -> Index:
        """HNSW (Malkov and Yashunin, 2018) with pgvector's own connectivity of 16 and 64 looked at when adding."""
        table = TABLE.to_metadata(MetaData())
        return Index(
            self._graph_name,
            cast(table.c.vector, HALFVEC(self._dimensions)).label("sized"),
            postgresql_using="hnsw",
            postgresql_with={"m": 16, "ef_construction": 64},
            postgresql_ops={"sized": "halfvec_cosine_ops"},
            postgresql_where=table.c.model == self._model,
        )


def _walk_graph(session: Session, most: int) -> None:
    session.execute(text(f"SET LOCAL hnsw.ef_search = {min(_EXPANSION * most, _MOST_EXPANDED)}"))
    session.execute(text("SET LOCAL enable_seqscan = off"))

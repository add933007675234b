"""Vectors computed beside everything else: batch after batch, each committed, so that whoever is stopped goes on where it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Event

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, sessionmaker

from knowledge import catalogue
from knowledge.models import ClauseRow, ClauseVectors, Document
from knowledge.search import vector_table
from knowledge.search.encoder import Encoder, packed

BATCH = 16
"""Clauses computed and committed at a time."""
_TOLD_EVERY = 20.0
"""Seconds after which running processes are told of what has been computed so far."""


@dataclass(frozen=True)
class Progress:
    """How many clauses of current documents have their vectors, of how many."""

    done: int
    total: int

    @property
    def pending(self) -> int:
        return self.total - self.done


def progress(sessions: sessionmaker[Session], model: str) -> Progress:
    """How far a model's vectors are."""
    current = select(func.count()).select_from(ClauseRow).join(Document).where(Document.current)
    with sessions() as session:
        total = session.scalar(current) or 0
        done = session.scalar(current.join(ClauseVectors, ClauseVectors.clause_id == ClauseRow.id).where(ClauseVectors.model == model)) or 0
    return Progress(done, total)


def embed_pending(
    sessions: sessionmaker[Session],
    encoder: Encoder,
    tell: Callable[[int], None] = lambda clauses: None,
    stop: Event | None = None,
    batch: int = BATCH,
) -> int:
    """Compute what is missing until nothing is or `stop` is set; returns how many clauses were done.

    `tell` hears of every batch. Two processes may work side by side: what the other has stored first stays. Raises EncoderUnavailable.
    """
    done, last, told = 0, 0, time.monotonic()
    told_of = 0
    try:
        while not (stop and stop.is_set()):
            clauses = _pending(sessions, encoder.name, last, batch)
            if not clauses:
                break
            last = clauses[-1].id
            done += _store(sessions, encoder, clauses)
            tell(len(clauses))
            if time.monotonic() - told > _TOLD_EVERY:
                _announce(sessions)
                told, told_of = time.monotonic(), done
    finally:
        if done > told_of:
            _announce(sessions)
    return done


def _pending(sessions: sessionmaker[Session], model: str, after: int, most: int) -> Sequence[ClauseRow]:
    known = select(ClauseVectors.clause_id).where(ClauseVectors.clause_id == ClauseRow.id, ClauseVectors.model == model)
    chosen = (
        select(ClauseRow)
        .join(Document)
        .where(Document.current, ClauseRow.id > after, ~known.exists())
        .order_by(ClauseRow.id)
        .limit(most)
        .options(joinedload(ClauseRow.document))
    )
    with sessions() as session:
        return session.scalars(chosen).all()


def _store(sessions: sessionmaker[Session], encoder: Encoder, clauses: Sequence[ClauseRow]) -> int:
    texts = [catalogue.texts_to_encode(clause) for clause in clauses]
    ends = [0, *np.cumsum([len(own) for own in texts]).tolist()]
    vectors = encoder.encode([text for own in texts for text in own])
    rows = [
        ClauseVectors(clause_id=clause.id, model=encoder.name, rows=packed(vectors[start:end]))
        for clause, (start, end) in zip(clauses, pairwise(ends), strict=True)
    ]
    try:
        with sessions.begin() as session:
            session.add_all(rows)
            session.flush()
            vector_table.store(session, encoder, rows)
    except IntegrityError:  # somebody else was faster with some, or a document went meanwhile: the next round sees what is left
        return 0
    return len(rows)


def _announce(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        catalogue.raise_revision(session)

"""Sentence vectors in PostgreSQL with the extension pgvector: the table that they are searched in, filled along with `clause_vectors`.

Derived like the files of the index: what is missing is filled in when the index is opened. Without the extension there is no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, String, Table, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from knowledge.models import ClauseVectors
from knowledge.search.encoder import Encoder, Halves, Vectors, sentence_rows

MOST_DIMENSIONS: Final = 4000
"""The longest `halfvec` that pgvector's HNSW takes (its README, "Half-Precision Indexing"); longer vectors stay in the local file."""

TABLE: Final = Table(
    "clause_search_vectors",
    MetaData(),
    Column("clause_id", Integer, primary_key=True, autoincrement=False),
    Column("model", String(200), primary_key=True),
    Column("sentence", Integer, primary_key=True, autoincrement=False),
    Column("vector", HALFVEC(), nullable=False),
    ForeignKeyConstraint(
        ["clause_id", "model"],
        [ClauseVectors.clause_id, ClauseVectors.model],
        name="fk_clause_search_vectors_clause_id_clause_vectors",
        ondelete="CASCADE",
    ),
)
"""Not among the models' tables: only PostgreSQL with the extension has it. Whoever removes a clause's stored vectors removes these too."""

_THERE = text("SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('clause_search_vectors') AND attname = 'vector' AND NOT attisdropped")
_INSTALLED = text("SELECT 1 WHERE to_regtype('halfvec') IS NOT NULL AND to_regclass('clause_search_vectors') IS NULL")
_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtext('clause_search_vectors'))")


def is_there(session: Session) -> bool:
    """Whether this database searches vectors; asks it each time, for the extension may come and go."""
    return session.get_bind().dialect.name == "postgresql" and session.scalar(_THERE) is not None


def make_ready(session: Session) -> bool:
    """The same, after making the table where somebody has installed the extension since the migration."""
    if session.get_bind().dialect.name != "postgresql":
        return False
    if session.scalar(_INSTALLED) is not None:
        take_turns(session)
        TABLE.create(session.connection(), checkfirst=True)
    return is_there(session)


def take_turns(session: Session) -> None:
    """Wait until no other process, on whatever machine, makes the table or an index of it; until the end of the transaction."""
    session.execute(_TAKE_TURNS)


def store(session: Session, encoder: Encoder, stored: Sequence[ClauseVectors]) -> None:
    """Make vectors by an encoder searchable that the same transaction has stored, where the database can."""
    if stored and encoder.dimensions <= MOST_DIMENSIONS and is_there(session):
        put(session, [(row.clause_id, row.model, sentence_rows(row.rows, encoder.dimensions)) for row in stored])


def put(session: Session, rows: Sequence[tuple[int, str, Halves | Vectors]]) -> None:
    """Insert the sentences of clauses, given with the model; those that are there already stay."""
    values = [
        {"clause_id": clause, "model": model, "sentence": number, "vector": vector}
        for clause, model, vectors in rows
        for number, vector in enumerate(vectors)
    ]
    if values:
        session.execute(insert(TABLE).on_conflict_do_nothing(), values)

"""The nearest sentence vectors, the same from usearch's file and from PostgreSQL with pgvector: what comes, goes and is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from knowledge.embedding import embed_pending
from knowledge.indexing import open_library, vector_index
from knowledge.ingest.importing import Importer
from knowledge.language.question import analyse
from knowledge.models import ClauseRow, ClauseVectors, Document
from knowledge.search import nearest, nearest_postgres
from knowledge.search.encoder import Encoder, packed
from knowledge.search.nearest import VectorIndex
from knowledge.search.nearest_postgres import PostgresVectors
from knowledge.search.ranking import search
from knowledge.search.vector_table import TABLE
from tests.conftest import PostgresServer
from tests.knowledge import papers
from tests.knowledge.conftest import TODAY
from tests.knowledge.search.test_embedding import Letters

Write = Callable[..., Path]
DIMENSIONS, CLAUSES, SENTENCES = 64, 300, 3
QUESTIONS = 40


def clustered(seed: int, rows: int) -> np.ndarray:
    """Unit vectors about thirty centres, as sentences crowd about subjects."""
    centres = np.random.default_rng(0).normal(size=(30, DIMENSIONS))
    random = np.random.default_rng(seed)
    vectors = centres[random.integers(0, len(centres), rows)] + 0.5 * random.normal(size=(rows, DIMENSIONS))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


VECTORS = clustered(1, CLAUSES * SENTENCES).reshape(CLAUSES, SENTENCES, DIMENSIONS)


@pytest.fixture
def clauses(sessions: sessionmaker[Session], write: Write) -> list[int]:
    """The ids of clauses in the store, with stored vectors by the model `m`: three sentences each and the heading."""
    assert Importer(sessions, Clock(TODAY)).take(write(papers.GANSU)).result == "new"
    with sessions.begin() as session:
        document = session.scalars(select(Document)).one()
        rows = [_clause(document.id, number) for number in range(1000, 1000 + CLAUSES)]
        session.add_all(rows)
        session.flush()
        ids = [row.id for row in rows]
        session.add_all(
            ClauseVectors(clause_id=clause, model="m", rows=packed(np.concatenate([own, own[:1]]))) for clause, own in zip(ids, VECTORS, strict=True)
        )
    return ids


def _clause(document: int, ordinal: int) -> ClauseRow:
    return ClauseRow(document_id=document, ordinal=ordinal, kind="item", path="一", headings=[], start=0, end=1, damage=[], entities=[])


@pytest.fixture(params=["exact", "graph"])
def near(request: pytest.FixtureRequest, sessions: sessionmaker[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
    """The index that this database gets, empty; once comparing all, once walking the graph however few there are."""
    if request.param == "graph":
        monkeypatch.setattr(nearest, "EXACT_BELOW", 1)
        monkeypatch.setattr(nearest_postgres, "EXACT_BELOW", 1)
    return vector_index(tmp_path, sessions, "m", DIMENSIONS)


def fill(index: VectorIndex, clauses: list[int], first: int = 0) -> None:
    """Put clauses in, in batches; the vectors of the first of them are those of the place `first`."""
    rows = list(VECTORS[first : first + len(clauses)])
    index.change([], [(clauses[start : start + 70], rows[start : start + 70]) for start in range(0, len(clauses), 70)])


def exactly(question: np.ndarray, clauses: list[int], most: int) -> list[int]:
    """The clauses by their best sentence."""
    best = (VECTORS @ question).max(axis=1)
    return [clauses[place] for place in np.argsort(-best)[:most]]


def test_each_database_gets_its_own_kind(sessions: sessionmaker[Session], tmp_path: Path, backend: str) -> None:
    assert vector_index(tmp_path, sessions, "m", 512).kind == {"sqlite": "usearch", "postgresql": "pgvector"}[backend]
    assert vector_index(tmp_path, sessions, "long", 4001).kind == "usearch"


def test_the_nearest_are_those_of_the_exact_search(near: VectorIndex, clauses: list[int]) -> None:
    fill(near, clauses)
    shares = []
    for question in clustered(2, QUESTIONS):
        found, scores = near.nearest(question, 20 * SENTENCES)
        assert len(set(found.tolist())) == len(found)
        assert (np.diff(scores) <= 1e-6).all()
        np.testing.assert_allclose(scores[0], (VECTORS @ question).max(), atol=0.02)
        shares.append(len(set(found[:20].tolist()) & set(exactly(question, clauses, 20))) / 20)
    assert np.mean(shares) >= 0.95


def test_what_goes_is_no_longer_found_and_what_comes_is(near: VectorIndex, clauses: list[int]) -> None:
    fill(near, clauses[:200])
    assert near.clauses().tolist() == clauses[:200]
    near.change(clauses[:100], [(clauses[200:], list(VECTORS[200:]))])
    assert near.clauses().tolist() == clauses[100:]
    assert near.nearest(VECTORS[250, 1], 5)[0][0] == clauses[250]
    assert clauses[50] not in near.nearest(VECTORS[50, 0], 60)[0]
    near.change(clauses, [])
    assert len(near.clauses()) == 0
    assert [len(part) for part in near.nearest(VECTORS[0, 0], 5)] == [0, 0]


def test_models_do_not_meet(near: VectorIndex, sessions: sessionmaker[Session], clauses: list[int], tmp_path: Path) -> None:
    fill(near, clauses)
    other = vector_index(tmp_path, sessions, "it's 100% :other", 5)
    rows = np.eye(5, dtype=np.float32)
    with sessions.begin() as session:
        session.add_all(ClauseVectors(clause_id=clause, model="it's 100% :other", rows=packed(rows[:2])) for clause in clauses[:5])
    other.change([], [(clauses[:5], [rows[place : place + 1] for place in range(5)])])
    assert other.clauses().tolist() == clauses[:5]
    assert other.nearest(rows[3], 1)[0].tolist() == [clauses[3]]
    assert near.clauses().tolist() == clauses
    assert near.nearest(VECTORS[9, 2], 1)[0].tolist() == [clauses[9]]


class TestPostgresAlone:
    """What only the table in the database can do."""

    @pytest.fixture
    def backend(self) -> str:
        return "postgresql"

    def test_the_graph_is_walked_once_the_vectors_are_many(
        self, sessions: sessionmaker[Session], clauses: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(nearest_postgres, "EXACT_BELOW", 600)
        index = PostgresVectors(sessions, "m", DIMENSIONS)
        fill(index, clauses[:150])
        assert "hnsw" not in self.indexes(sessions)
        fill(index, clauses[150:], first=150)
        assert "USING hnsw" in self.indexes(sessions)
        with sessions() as session:
            session.execute(text("SET LOCAL enable_seqscan = off"))
            statement = index.query(VECTORS[0, 0], 20).compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
            plan = "\n".join(session.connection().exec_driver_sql(f"EXPLAIN {statement}").scalars())
        assert "Index Scan using ix_clause_search_vectors" in plan

    def test_vectors_that_embedding_has_made_many_get_a_graph_at_the_next_opening(
        self, sessions: sessionmaker[Session], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Importer(sessions, Clock(TODAY)).take(write(papers.GANSU))
        monkeypatch.setattr(nearest_postgres, "EXACT_BELOW", 5)
        open_library(tmp_path, sessions, Letters())
        embed_pending(sessions, Letters())
        assert "hnsw" not in self.indexes(sessions)
        open_library(tmp_path, sessions, Letters())
        assert "USING hnsw" in self.indexes(sessions)
        embed_pending(sessions, Letters("others", 5))
        assert vector_index(tmp_path, sessions, "others", 5).nearest(Letters("others", 5).encode_question("补贴"), 3)[0].size

    def indexes(self, sessions: sessionmaker[Session]) -> str:
        with sessions() as session:
            return " ".join(session.scalars(text("SELECT indexdef FROM pg_indexes WHERE tablename = 'clause_search_vectors'")))

    def test_a_removed_document_takes_its_vectors_along(self, sessions: sessionmaker[Session], clauses: list[int], tmp_path: Path) -> None:
        index = vector_index(tmp_path, sessions, "m", DIMENSIONS)
        fill(index, clauses)
        with sessions.begin() as session:
            session.execute(delete(Document))
        assert len(index.clauses()) == 0

    def test_a_clause_that_went_meanwhile_is_passed_over(self, sessions: sessionmaker[Session], clauses: list[int], tmp_path: Path) -> None:
        with sessions.begin() as session:
            session.execute(delete(ClauseRow).where(ClauseRow.id == clauses[0]))
        index = vector_index(tmp_path, sessions, "m", DIMENSIONS)
        fill(index, clauses)
        fill(index, clauses)
        assert index.clauses().tolist() == clauses[1:]

    def test_vectors_are_searchable_as_soon_as_they_are_stored(
        self, sessions: sessionmaker[Session], importer: Importer, encoder: Encoder, write: Write
    ) -> None:
        importer.take(write(papers.GANSU))
        embed_pending(sessions, Letters())
        with sessions() as session:
            stored = session.execute(select(ClauseVectors.model, func.count()).group_by(ClauseVectors.model)).all()
            held = session.execute(select(TABLE.c.model, func.count(TABLE.c.clause_id.distinct())).group_by(TABLE.c.model)).all()
        assert dict(map(tuple, stored)) == dict(map(tuple, held))
        assert {model for model, _ in held} == {"letters", encoder.name}

    def test_vectors_that_were_stored_before_are_filled_in(
        self, sessions: sessionmaker[Session], importer: Importer, encoder: Encoder, write: Write, tmp_path: Path
    ) -> None:
        importer.take(write(papers.GANSU))
        index = vector_index(tmp_path, sessions, encoder.name, encoder.dimensions)
        before = index.clauses().tolist()
        with sessions.begin() as session:
            session.execute(delete(TABLE))
        assert open_library(tmp_path / "index", sessions, encoder).vectors_searched_by == "pgvector"
        assert index.clauses().tolist() == before != []

    def test_the_table_made_later_is_that_of_the_migration(self, sessions: sessionmaker[Session], tmp_path: Path) -> None:
        with sessions.begin() as session:
            assert self.differences(session) == []
            session.execute(text("DROP TABLE clause_search_vectors"))
        vector_index(tmp_path, sessions, "m", DIMENSIONS)
        with sessions.begin() as session:
            assert self.differences(session) == []

    def differences(self, session: Session) -> list[str]:
        """The table as it is there, against the table as the program knows it."""
        known = TABLE.metadata
        context = MigrationContext.configure(
            session.connection(), opts={"include_name": lambda name, kind, _: kind != "table" or name == "clause_search_vectors"}
        )
        return [str(difference) for difference in compare_metadata(context, known)]


class TestWithoutTheExtension:
    """A user that may make tables and no extensions, in a database without pgvector."""

    @pytest.fixture
    def database(self, postgres: PostgresServer) -> Iterator[tuple[str, str]]:
        """The URLs of the administrator and of the user."""
        admin = postgres.create(migrated=False)
        name = make_url(admin).database or ""
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE ROLE modest LOGIN")
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO modest").format(sql.Identifier(name)))
            connection.execute("GRANT ALL ON SCHEMA public TO modest")
        yield admin, make_url(admin).set(username="modest").render_as_string(hide_password=False)
        postgres.drop(admin)
        postgres.drop_role("modest")

    def test_everything_works_with_the_file_until_somebody_installs_it(
        self, database: tuple[str, str], encoder: Encoder, write: Write, tmp_path: Path
    ) -> None:
        admin, modest = database
        engine = create_database_engine(modest)
        migrate.upgrade(engine)
        sessions = session_factory(engine)
        assert Importer(sessions, Clock(TODAY), encoder).take(write(papers.GANSU)).result == "new"
        question = analyse("甘肃低保家庭毕业生的求职补贴发多少钱", 2026)

        library = open_library(tmp_path / "index", sessions, encoder)
        assert library.vectors_searched_by == "usearch"
        best = search(library, question, encoder).hits[0].entry.path

        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION vector")
        later = open_library(tmp_path / "index", sessions, encoder)
        assert later.vectors_searched_by == "pgvector"
        assert search(later, question, encoder).hits[0].entry.path == best
        with sessions() as session:
            assert session.scalar(select(func.count(TABLE.c.clause_id.distinct()))) == session.scalar(select(func.count(ClauseVectors.clause_id)))
        engine.dispose()

"""The index on disk: it follows the store, whatever came before; it is the same as one built anew; damaged, it is built anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from knowledge.embedding import embed_pending
from knowledge.indexing import open_library
from knowledge.ingest.importing import Importer
from knowledge.language.question import analyse
from knowledge.models import ClauseVectors, Document
from knowledge.search.encoder import Encoder
from knowledge.search.features import FEATURES, judge
from knowledge.search.lexical import FOLDER, Lexical
from knowledge.search.library import Library
from knowledge.search.ranking import search
from knowledge.search.records import Draft
from knowledge.search.vector_table import TABLE
from tests.knowledge import papers
from tests.knowledge.conftest import TODAY
from tests.knowledge.test_service import HUBEI, NATION

Write = Callable[..., Path]
QUESTIONS = ("甘肃低保家庭毕业生的求职补贴发多少钱", "湖北2026届专场招聘会什么时候举行", "心理咨询窗口怎么预约", "每所高校要建多少个就业实践基地")


def take(importer: Importer, write: Write, *texts: str) -> None:
    for number, text in enumerate(texts):
        assert importer.take(write(text, f"{hash(text)}-{number}.txt")).result in ("new", "new_version")


def judged(library: Library, encoder: Encoder) -> list[tuple[list[int], np.ndarray]]:
    results = [judge(library, analyse(text, 2026), encoder) for text in QUESTIONS]
    return [(result.candidates.tolist(), result.values) for result in results]


def assert_alike(one: Library, other: Library, encoder: Encoder) -> None:
    for (clauses, values), (same_clauses, same_values) in zip(judged(one, encoder), judged(other, encoder), strict=True):
        assert clauses == same_clauses
        np.testing.assert_allclose(values, same_values, atol=0.02)


def test_an_index_that_grew_and_shrank_equals_one_built_anew(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path
) -> None:
    grown = tmp_path / "grown"
    for texts in ((papers.GANSU, HUBEI), (NATION, papers.LOST), (papers.GANSU.replace("1500元", "1800元"), HUBEI.replace("80元", "95元"))):
        take(importer, write, *texts)
        library = open_library(grown, sessions, encoder)
    with sessions.begin() as session:
        session.execute(delete(Document).where(Document.source.contains(str(hash(NATION)))))
    library = open_library(grown, sessions, encoder)
    fresh = open_library(tmp_path / "fresh", sessions, encoder)
    assert len(library) == len(fresh) == len(Lexical(grown)) == len(Lexical(tmp_path / "fresh"))
    assert library.statistics_are_those_of(fresh)
    assert_alike(library, fresh, encoder)
    assert not any("心理" in hit.entry.printed for hit in search(library, analyse("心理咨询窗口", 2026), encoder).hits)


def test_an_index_written_in_many_parts_is_that_written_in_one(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(importer, write, papers.GANSU, HUBEI, NATION)
    whole = open_library(tmp_path / "whole", sessions, encoder)
    monkeypatch.setattr("knowledge.indexing._BATCH_CLAUSES", 1)
    parts = open_library(tmp_path / "parts", sessions, encoder)
    assert parts.statistics_are_those_of(whole)
    assert_alike(parts, whole, encoder)


def test_a_document_that_was_judged_anew_is_indexed_anew(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path
) -> None:
    take(importer, write, papers.GANSU)
    open_library(tmp_path / "index", sessions, encoder)
    with sessions.begin() as session:
        for document in session.query(Document):
            document.region = "青海"
    library = open_library(tmp_path / "index", sessions, encoder)
    assert library.local_regions == {"青海"}
    assert {hit.entry.document.region for hit in search(library, analyse(QUESTIONS[0], 2026), encoder).hits} == {"青海"}


def test_clauses_without_vectors_are_found_by_their_words_and_lose_nothing_to_others(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path
) -> None:
    take(Importer(sessions, Clock(TODAY)), write, papers.GANSU)
    take(importer, write, HUBEI)
    library = open_library(tmp_path / "index", sessions, encoder)
    found = search(library, analyse(QUESTIONS[0], 2026), encoder)
    assert found.hits[0].entry.path == "二（二）"
    result = judge(library, analyse(QUESTIONS[0], 2026), encoder)
    dense = result.values[:, FEATURES.index("dense")]
    bare = np.array([entry.document.region == "甘肃" for entry in result.entries])
    assert len(set(dense[bare].tolist())) == 1
    assert dense[~bare].min() < dense[bare][0] < dense[~bare].max()
    embed_pending(sessions, encoder)
    later = judge(open_library(tmp_path / "index", sessions, encoder), analyse(QUESTIONS[0], 2026), encoder)
    assert len(set(later.values[:, FEATURES.index("dense")][bare].tolist())) > 1


@pytest.mark.parametrize("part", ["shelf.db", "words/meta.json", "vectors"])
@pytest.mark.parametrize("damage", ["torn", "gone"])
def test_a_damaged_index_is_built_anew(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path, part: str, damage: str
) -> None:
    take(importer, write, papers.GANSU, HUBEI)
    folder = tmp_path / "index"
    fresh = open_library(tmp_path / "fresh", sessions, encoder)
    open_library(folder, sessions, encoder).close()
    if part == "vectors" and fresh.vectors_searched_by == "pgvector":
        with sessions.begin() as session:
            session.execute(delete(TABLE).where(TABLE.c.clause_id % 2 == 0) if damage == "torn" else delete(TABLE))
    else:
        path = next((folder / part).iterdir()) if (folder / part).is_dir() else folder / part
        path.unlink() if damage == "gone" else path.write_bytes(b"\x07" * 5000)
    for rest in folder.glob("shelf.db-*"):
        rest.unlink()
    assert_alike(open_library(folder, sessions, encoder), fresh, encoder)


def test_words_that_were_deleted_are_written_again(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path
) -> None:
    take(importer, write, papers.GANSU, HUBEI)
    library = open_library(tmp_path / "index", sessions, encoder)
    shutil.rmtree(tmp_path / "index" / FOLDER)
    open_library(tmp_path / "index", sessions, encoder).close()
    assert len(Lexical(tmp_path / "index")) == len(library) > 0


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_writing_that_was_broken_off_is_made_good_when_the_index_is_next_opened(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    folder = tmp_path / "index"
    take(importer, write, papers.GANSU, HUBEI, NATION)
    open_library(folder, sessions, encoder).close()
    take(importer, write, papers.GANSU.replace("1500元", "1800元"), HUBEI.replace("80元", "95元"), papers.LOST)
    calls = 0

    def broken_off(self: Lexical, gone: Sequence[int], come: Sequence[Draft]) -> None:
        nonlocal calls
        calls += 1
        if calls == batch:
            raise KeyboardInterrupt
        replace(self, gone, come)

    replace = Lexical.replace
    monkeypatch.setattr("knowledge.indexing._BATCH_CLAUSES", 1)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Lexical, "replace", broken_off)
        open_library(folder, sessions, encoder)
    assert_alike(open_library(folder, sessions, encoder), open_library(tmp_path / "fresh", sessions, encoder), encoder)


def test_readers_go_on_while_the_index_is_written(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path
) -> None:
    take(importer, write, papers.GANSU)
    folder = tmp_path / "index"
    before = open_library(folder, sessions, encoder)

    def read(_: int) -> str:
        return search(before, analyse(QUESTIONS[0], 2026), encoder).hits[0].entry.path

    def grow() -> int:
        for number in range(6):
            take(importer, write, HUBEI.replace("9号", f"{number + 10}号").replace("80元", f"{number + 10}元"))
            latest = open_library(folder, sessions, encoder)
        return len(latest)

    with ThreadPoolExecutor(3) as pool:
        growing = pool.submit(grow)
        assert set(pool.map(read, range(40))) == {"二（二）"}
        assert growing.result() > len(before)


def test_two_writers_take_turns(sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path) -> None:
    take(importer, write, papers.GANSU, HUBEI, NATION)
    with ThreadPoolExecutor(3) as pool:
        libraries = list(pool.map(lambda _: open_library(tmp_path / "index", sessions, encoder), range(3)))
    assert len({len(library) for library in libraries}) == 1
    assert_alike(libraries[0], libraries[2], encoder)


def test_vectors_that_went_are_no_longer_searched(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path
) -> None:
    take(importer, write, papers.GANSU)
    open_library(tmp_path / "index", sessions, encoder)
    with sessions.begin() as session:
        session.execute(delete(ClauseVectors))
    result = judge(open_library(tmp_path / "index", sessions, encoder), analyse(QUESTIONS[0], 2026), encoder)
    assert len(set(result.values[:, FEATURES.index("dense")].tolist())) == 1


def test_terms_of_very_many_clauses_are_looked_up_only_where_the_others_find_too_few(
    sessions: sessionmaker[Session], importer: Importer, write: Write, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(importer, write, papers.GANSU, HUBEI, NATION)
    open_library(tmp_path, sessions, encoder).close()
    words, weights = Lexical(tmp_path), {"w:毕业生": 1.0, "w:心理咨询": 1.0}
    rare, common, both = (words.best("clause", asked, 100) for asked in ({"w:心理咨询": 1.0}, {"w:毕业生": 1.0}, weights))
    assert 0 < len(rare.clauses) < len(common.clauses) <= len(both.clauses)
    assert words.best("clause", weights, 1).scores[0] > rare.scores[0]

    monkeypatch.setattr("knowledge.search.lexical._SMALL", len(rare.clauses))
    monkeypatch.setattr("knowledge.search.lexical._COMMON", 0.0)
    first = words.best("clause", weights, 1)
    assert (first.clauses.tolist(), first.scores.tolist(), first.complete) == (rare.clauses[:1].tolist(), rare.scores[:1].tolist(), False)
    enough = words.best("clause", weights, 100)
    assert (enough.clauses.tolist(), enough.complete) == (both.clauses.tolist(), True)
    assert words.best("clause", {"w:毕业生": 1.0}, 1).scores[0] == common.scores[0]

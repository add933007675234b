"""Vectors computed after the import: in batches, resumable, side by side with others, kept per model; on SQLite and PostgreSQL."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import create_database_engine, session_factory
from knowledge import catalogue
from knowledge.embedding import Progress, embed_pending, progress
from knowledge.errors import EncoderUnavailable
from knowledge.ingest.importing import Importer
from knowledge.models import ClauseVectors
from knowledge.search.encoder import Encoder, Vectors
from tests.knowledge import papers
from tests.knowledge.conftest import TODAY
from tests.waiting import eventually

Write = Callable[..., Path]


class Letters:
    """A real if crude encoder: how often each of some characters stands in a text."""

    answering = True

    def __init__(self, name: str = "letters", dimensions: int = 8, seconds: float = 0.0, fails_after: int | None = None) -> None:
        self.name, self.dimensions, self._seconds, self._left = name, dimensions, seconds, fails_after

    def encode(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self._seconds)
        if self._left is not None:
            if not self._left:
                raise EncoderUnavailable("stopped")
            self._left -= 1
        rows = np.array([[1 + sum(ord(c) % self.dimensions == k for c in text) for k in range(self.dimensions)] for text in texts], dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def encode_question(self, text: str) -> Vectors:
        row: Vectors = self.encode([text])[0]
        return row

    def remembered(self, text: str) -> None:
        return None


@pytest.fixture
def filled(sessions: sessionmaker[Session], write: Write) -> sessionmaker[Session]:
    """Two papers without vectors."""
    bare = Importer(sessions, Clock(TODAY))
    bare.take(write(papers.GANSU, "one.txt"))
    bare.take(write(papers.LOST, "two.txt"))
    return sessions


def stored(sessions: sessionmaker[Session], model: str) -> dict[int, bytes]:
    with sessions() as session:
        return {row.clause_id: row.rows for row in session.scalars(select(ClauseVectors).where(ClauseVectors.model == model))}


def test_everything_gets_the_vectors_that_an_import_with_encoder_gives(
    sessions: sessionmaker[Session], write: Write, encoder: Encoder, importer: Importer
) -> None:
    importer.take(write(papers.GANSU))
    at_import = stored(sessions, encoder.name)
    with sessions.begin() as session:
        for row in session.scalars(select(ClauseVectors)):
            session.delete(row)
    assert embed_pending(sessions, encoder, batch=4) == len(at_import)
    later = stored(sessions, encoder.name)
    assert later.keys() == at_import.keys()
    for clause, rows in later.items():
        np.testing.assert_allclose(np.frombuffer(rows, np.float16), np.frombuffer(at_import[clause], np.float16), atol=2e-3)


def test_running_processes_are_told_once_it_is_done(filled: sessionmaker[Session]) -> None:
    before = catalogue.revision(filled)
    embed_pending(filled, Letters())
    assert catalogue.revision(filled) > before
    again = catalogue.revision(filled)
    assert embed_pending(filled, Letters()) == 0
    assert catalogue.revision(filled) == again, "nothing was done, nobody need look"


def test_what_failed_half_way_is_kept_and_gone_on_with(filled: sessionmaker[Session]) -> None:
    total = progress(filled, "letters").total
    with pytest.raises(EncoderUnavailable):
        embed_pending(filled, Letters(fails_after=2), batch=3)
    assert progress(filled, "letters") == Progress(6, total)
    seen: list[int] = []
    assert embed_pending(filled, Letters(), seen.append, batch=3) == total - 6
    assert sum(seen) == total - 6
    assert progress(filled, "letters").pending == 0


def test_it_stops_when_asked(filled: sessionmaker[Session]) -> None:
    stop = Event()
    assert embed_pending(filled, Letters(), lambda _: stop.set(), stop, batch=2) == 2


def test_two_workers_do_not_disturb_each_other(filled: sessionmaker[Session]) -> None:
    total = progress(filled, "letters").total
    with ThreadPoolExecutor(2) as pool:
        shares = list(pool.map(lambda _: embed_pending(filled, Letters(seconds=0.002), batch=1), range(2)))
    embed_pending(filled, Letters())
    assert progress(filled, "letters") == Progress(total, total)
    assert sum(shares) <= total


def test_each_model_has_its_own_and_a_removed_clause_takes_them_along(filled: sessionmaker[Session], write: Write) -> None:
    embed_pending(filled, Letters())
    assert progress(filled, "others").done == 0
    embed_pending(filled, Letters("others", 5))
    assert {len(rows) % 10 for rows in stored(filled, "others").values()} == {0}
    Importer(filled, Clock(TODAY)).take(write(papers.GANSU.replace("1500元", "1800元"), "one.txt"))
    left = progress(filled, "letters")
    assert 0 < left.pending < left.total, "the new version waits, the other paper does not"


def _embed_slowly(url: str) -> None:
    embed_pending(session_factory(create_database_engine(url)), Letters(seconds=0.05), batch=1)


def test_a_killed_process_leaves_its_batches_behind(filled: sessionmaker[Session], migrated_url: str) -> None:
    worker = multiprocessing.get_context("spawn").Process(target=_embed_slowly, args=(migrated_url,))
    worker.start()
    eventually(lambda: progress(filled, "letters").done >= 3)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    done = progress(filled, "letters")
    assert 3 <= done.done < done.total
    assert embed_pending(filled, Letters()) == done.pending

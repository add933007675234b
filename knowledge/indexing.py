"""Bringing the index on disk in line with the store: document by document, one process at a time, derived and so never worth mending.

`ZHIWEN_HOME/index/<database>/` holds the shelf, the words and the vectors of each model. Deleted or damaged, it is built anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import structlog
from sqlalchemy.orm import Session, sessionmaker

from core.database import engine_of
from knowledge import catalogue
from knowledge.errors import EncoderUnavailable
from knowledge.search.encoder import Encoder, Vectors, sentence_rows
from knowledge.search.lexical import FOLDER as WORDS
from knowledge.search.lexical import Lexical
from knowledge.search.library import Library
from knowledge.search.nearest import GraphFile, VectorIndex
from knowledge.search.nearest_postgres import PostgresVectors
from knowledge.search.records import draft
from knowledge.search.shelf import Shelf, ShelfUnusable
from knowledge.search.vector_table import MOST_DIMENSIONS, make_ready

_BATCH_CLAUSES = 6000
"""Clauses that are written at once, in whole documents: what is being written is in memory, 30 KB a clause."""
_BATCH_VECTORS = 2000
_WORN = 0.1
"""The share of clauses that have gone from which the words are written as a whole."""
_UNFINISHED = 1 << 40
"""As many clauses gone as there never are: while the words are behind the shelf."""
_log = structlog.get_logger(__name__)


def folder_of(home: Path, sessions: sessionmaker[Session]) -> Path:
    """Where the index of a database lies: another database in the same home has another."""
    name = engine_of(sessions).url.render_as_string(hide_password=True)
    return home / "index" / hashlib.sha256(name.encode()).hexdigest()[:12]


def open_library(folder: Path, sessions: sessionmaker[Session], encoder: Encoder) -> Library:
    """The index of the store's present state: what has changed is brought up to date first. Waits for another process that does so."""
    try:
        return _opened(folder, sessions, encoder)
    except (ShelfUnusable, ValueError, OSError, RuntimeError) as error:
        _log.warning("index_rebuilt", reason=str(error)[:200])
        with _writing(folder):
            for part in folder.iterdir():
                if part.name != _LOCK:
                    shutil.rmtree(part) if part.is_dir() else part.unlink()
        return _opened(folder, sessions, encoder)


def _opened(folder: Path, sessions: sessionmaker[Session], encoder: Encoder) -> Library:
    dimensions = _dimensions(encoder)
    near = vector_index(folder, sessions, encoder.name, dimensions) if dimensions else None
    with _writing(folder):
        _update_documents(folder, sessions)
        if near is not None:
            _update_vectors(near, sessions, encoder)
        return Library(folder, near, dimensions, partial(catalogue.stored_vectors, engine_of(sessions), encoder.name))


def vector_index(folder: Path, sessions: sessionmaker[Session], model: str, dimensions: int) -> VectorIndex:
    """PostgreSQL searches the vectors itself where it has pgvector and they are not too long for it; else a file in the folder is searched."""
    if not _database_searches(sessions, dimensions):
        return GraphFile(folder, model, dimensions)
    index = PostgresVectors(sessions, model, dimensions)
    index.build_graph()  # embedding fills the table by itself: they may have become many since the index was last opened
    return index


def database_searches(sessions: sessionmaker[Session], encoder: Encoder) -> bool:
    """Whether PostgreSQL searches the encoder's vectors, for those who ask how things stand."""
    return _database_searches(sessions, _dimensions(encoder))


def _database_searches(sessions: sessionmaker[Session], dimensions: int) -> bool:
    if dimensions > MOST_DIMENSIONS:
        return False
    with sessions.begin() as session:
        return make_ready(session)


def _dimensions(encoder: Encoder) -> int:
    """The length of the encoder's vectors; 0 while that cannot be known because it has never answered."""
    try:
        return encoder.dimensions
    except EncoderUnavailable as error:
        _log.warning("indexed_by_words_alone", reason=str(error))
        return 0


_LOCK = "lock"


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _update_documents(folder: Path, sessions: sessionmaker[Session]) -> None:
    wanted = catalogue.fingerprints(sessions)
    shelf = Shelf(folder)
    try:
        there = shelf.fingerprints()
        gone = [number for number, fingerprint in there.items() if wanted.get(number) != fingerprint]
        come = {number: fingerprint for number, fingerprint in wanted.items() if there.get(number) != fingerprint}
        if gone or come:
            _replace(shelf, folder, sessions, gone, come)
        clauses = len(shelf.clauses())
        if shelf.worn() > _WORN * clauses or len(Lexical(folder)) != clauses:
            _write_words(shelf, folder)
    finally:
        shelf.close()


def _replace(shelf: Shelf, folder: Path, sessions: sessionmaker[Session], gone: Sequence[int], come: Mapping[int, str]) -> None:
    """The words are written in one go, for every question asks each part that a go leaves. Until then the shelf says so, and whoever opens the
    index after a process that was killed writes them as a whole."""
    lexical, worn = Lexical(folder), shelf.worn()
    shelf.set_worn(_UNFINISHED)
    leaving = list(gone)
    with lexical.writing():
        for numbers in _by_clauses(catalogue.clause_counts(sessions, list(come))) if come else [[]]:
            documents = catalogue.load_documents(sessions, numbers)
            drafts = [draft(entries) for _, entries in documents]
            lexical.replace(leaving, [row for rows in drafts for row in rows])
            records = [[row.record for row in rows] for rows in drafts]
            removed = [record for number in leaving for record in shelf.records_of(number)]
            statistics = shelf.statistics().changed([record for rows in records for record in rows], removed)
            shelf.replace(leaving, [(document, come[document.id], rows) for (document, _), rows in zip(documents, records, strict=True)], statistics)
            leaving, worn = [], worn + len(removed)
    shelf.set_worn(worn)
    _log.info("index_updated", gone=len(gone), come=len(come))


def _write_words(shelf: Shelf, folder: Path) -> None:
    """Write the words as a whole: those of clauses that have gone still count in tantivy's rarity until their segment is merged."""
    shelf.set_worn(_UNFINISHED)
    shutil.rmtree(folder / WORDS)
    lexical = Lexical(folder)
    with lexical.writing():
        for numbers in _by_clauses(shelf.sizes()):
            entries = ([record.entry for record in shelf.records_of(number)] for number in numbers)
            lexical.replace((), [row for own in entries for row in draft(own)])
    shelf.set_worn(0)


def _update_vectors(near: VectorIndex, sessions: sessionmaker[Session], encoder: Encoder) -> None:
    there, wanted = set(near.clauses().tolist()), catalogue.embedded_clauses(sessions, encoder.name)
    gone, come = sorted(there - wanted), sorted(wanted - there)
    if gone or come:
        near.change(gone, _sentence_rows(sessions, encoder, come))
        _log.info("vectors_updated", model=encoder.name, gone=len(gone), come=len(come))


def _sentence_rows(sessions: sessionmaker[Session], encoder: Encoder, clauses: Sequence[int]) -> Iterator[tuple[list[int], list[Vectors]]]:
    """The vectors of the clauses' sentences, in batches; the last row of each is its heading's and is left out."""
    engine = engine_of(sessions)
    for numbers in _batches(clauses, _BATCH_VECTORS):
        stored = catalogue.stored_vectors(engine, encoder.name, numbers)
        rows = {number: sentence_rows(packed, encoder.dimensions) for number, packed in stored.items()}
        yield list(rows), [own.astype(np.float32) for own in rows.values()]


def _by_clauses(sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Documents, given with how many clauses each has, in batches of about as many clauses."""
    batch: list[int] = []
    clauses = 0
    for number, size in sizes.items():
        batch.append(number)
        clauses += size
        if clauses >= _BATCH_CLAUSES:
            yield batch
            batch, clauses = [], 0
    if batch:
        yield batch


def _batches(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, size)):
        yield batch

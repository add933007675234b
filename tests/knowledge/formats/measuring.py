"""How well the test documents are found in each format: each format into a store of its own, all its questions through `Knowledge`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.answers.model import Answer
from knowledge.service import Knowledge, open_knowledge
from tests.knowledge.conftest import TODAY
from tests.knowledge.formats.builder import Form, papers

LONGEST_QUOTE = 400


@dataclass(frozen=True)
class GoldQuestion:
    """A question and what the quote that answers it must hold; cells of a table are joined by ` | `."""

    question: str
    document: str
    gold_span: str
    style: str
    table: bool = False


@dataclass(frozen=True)
class Result:
    """What became of one question; `place` is the number of the first citation that holds the gold span, 0 where none does."""

    asked: GoldQuestion
    answer: Answer
    place: int


@cache
def questions() -> tuple[GoldQuestion, ...]:
    lines = Path(__file__).with_name("questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(GoldQuestion(**json.loads(line)) for line in lines)


def measure(form: Form, folder: Path, home: Path) -> list[Result]:
    """Import the documents in one format into a fresh store under `folder` and ask everything that they answer.

    `home` holds the vectors of the built-in entries (`knowledge.service.prepare`).
    """
    engine = create_database_engine(f"sqlite:///{folder / 'zhiwen.db'}")
    try:
        migrate.upgrade(engine)
        knowledge = open_knowledge(Settings(home=home), session_factory(engine), Clock(TODAY))
        take(knowledge, form, folder)
        return [_ask(knowledge, asked) for asked in questions() if asked.table or not form.tables_only]
    finally:
        engine.dispose()


def take(knowledge: Knowledge, form: Form, folder: Path) -> None:
    """Write the documents to files and import them; every one must be taken."""
    for paper in papers():
        if form.tables_only and not paper.tables:
            continue
        path = folder / f"{paper.name}{form.suffix}"
        path.write_bytes(form.make(paper))
        outcome = knowledge.importer().take(path)
        assert outcome.result == "new", outcome.detail


def share(results: Sequence[Result], within: int = 1) -> float:
    """The share of questions whose gold span stands in one of the first citations."""
    return sum(0 < result.place <= within for result in results) / len(results)


def _ask(knowledge: Knowledge, asked: GoldQuestion) -> Result:
    answer = knowledge.answer(asked.question)
    places = (number for number, citation in enumerate(answer.citations, 1) if _holds(citation.quote, asked.gold_span))
    return Result(asked, answer, next(places, 0))


def _holds(quote: str, gold: str) -> bool:
    return len(quote) <= LONGEST_QUOTE and all(_bare(cell) in _bare(quote) for cell in gold.split(" | "))


def _bare(text: str) -> str:
    """Width and blanks do not count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))

"""Our own questions, judged against the documents they were written for: what the weights are learned from."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from core.clock import Clock
from core.database import Base, create_database_engine, session_factory
from core.text.folding import fold
from knowledge.errors import DocumentRefused
from knowledge.indexing import open_library
from knowledge.ingest.importing import Importer
from knowledge.language.question import Question, analyse
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.search.articles import law_name
from knowledge.search.encoder import default_encoder
from knowledge.search.entries import ClauseEntry
from knowledge.search.features import Judged, judge
from knowledge.search.pack_search import PackIndex
from knowledge.search.pointers import pointers_from

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
THIS_YEAR = 2026
SEEN_VARIANT = 0.72
"""What an entry of the built-in knowledge would score for a variant of its own, were that variant not in it."""
VARIANTS = 450
OTHER_INTENTS = {
    "search_jobs": 120,
    "out_of_scope": 40,
    "find_events": 60,
    "job_detail": 60,
    "complaint": 60,
    "request_human": 60,
    "self_profile": 40,
    "report_scam_or_check": 80,
    "subscribe_push": 40,
    "handoff_status": 30,
    "check_eligibility": 60,
    "feedback_negative": 20,
    "leave_contact": 40,
    "unsubscribe_push": 20,
}


@dataclass(frozen=True)
class Row:
    """A question judged: `right[i]` says whether candidate i holds the answer; `rival` the best built-in entry's score.

    `document` names the document that answers it: questions of one document are never learned from and measured on at once.
    """

    question: Question
    judged: Judged
    right: NDArray[np.int64]
    rival: float
    document: str = ""


@dataclass(frozen=True)
class Rows:
    """Answerable questions, near misses over the same documents, and texts that belong elsewhere."""

    answerable: list[Row]
    near: list[Row]
    elsewhere: list[Row]

    def __add__(self, other: Rows) -> Rows:
        return Rows(self.answerable + other.answerable, self.near + other.near, self.elsewhere + other.elsewhere)


class Judge:
    """Judges questions against the documents of some folders, held in a database in memory."""

    def __init__(self, folders: Sequence[Path]) -> None:
        engine = create_database_engine("sqlite://")
        Base.metadata.create_all(engine)
        sessions = session_factory(engine)
        self.encoder = default_encoder()
        importer = Importer(sessions, Clock(), self.encoder)
        for path in files(folders):
            outcome = importer.take(path)
            if outcome.result == "refused":
                raise DocumentRefused(outcome.detail)
        self._folder = tempfile.TemporaryDirectory()
        self.library = open_library(Path(self._folder.name), sessions, self.encoder)
        self.pack = PackIndex(load_entries(), self.encoder)

    def row(self, text: str, clauses: Sequence[str] = (), seen: bool = False) -> Row:
        question = analyse(text, THIS_YEAR)
        hits = self.pack.search(question, self.encoder.encode([question.folded])[0])
        judged = judge(self.library, question, self.encoder, pointers=pointers_from(hits))
        right = np.array([int(any(holds(entry, clause) for clause in clauses)) for entry in judged.entries])
        rival = min(hits[0].score, SEEN_VARIANT) if seen else hits[0].score
        return Row(question, judged, right, rival, clauses[0].split(" ")[0] if clauses else "")

    def rests_on_file(self, entry: PackEntry) -> bool:
        """Whether an article that an entry of the built-in knowledge rests on is among the documents: these then answer, too."""
        return any(basis.article and self.library.clauses_of((law_name(basis.law), basis.article)) for basis in entry.basis)


def files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))


def holds(entry: ClauseEntry, named: str) -> bool:
    """Whether a clause is the one that a question's row names: `001 二、5` by the first three characters of its file's name and its path,
    `劳动合同法 第十九条` by its law's title, items of the article included; a document's name alone stands for all of it but its title."""
    document, _, path = named.partition(" ")
    if re.fullmatch(r"\d{3}", document):
        return f"{entry.document.source[:3]} {entry.path}" == named
    if fold(document) not in (law_name(entry.document.title or ""), fold(entry.document.source)):
        return False
    return entry.path == path or entry.path.startswith(f"{path}（") if path else entry.kind != "title"


def load(judge_: Judge, further: bool) -> Rows:
    """The rows for the five documents; with `further` those for the statutes and notices, too, which must then be among the documents."""
    questions = [row for name in ("questions.jsonl", "statutes.jsonl")[: 1 + further] for row in _read(name) if "context" not in row]
    answerable = [judge_.row(row["question"], row["clauses"]) for row in questions if "clauses" in row]
    near = [judge_.row(row["question"]) for row in questions if row.get("expected", "").startswith("refuse")]
    chance = random.Random(0)
    variants = chance.sample([(variant, entry) for entry in load_entries() for variant in entry.questions], VARIANTS)
    elsewhere = [judge_.row(text, seen=True) for text, entry in variants if not judge_.rests_on_file(entry)]
    examples = examples_by_intent()
    elsewhere += [
        judge_.row(text) for intent, count in OTHER_INTENTS.items() for text in chance.sample(examples[intent], min(count, len(examples[intent])))
    ]
    return Rows(answerable, near, elsewhere)


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def examples_by_intent() -> dict[str, list[str]]:
    """The training examples of each intent, annotations taken off."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" in block:
                lines = [re.sub(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})", r"\1", line[2:].strip()) for line in block["examples"].splitlines()]
                found.setdefault(block["intent"], []).extend(line for line in lines if line)
    return found

"""Learn the weights of the reranker and of the answerability test from our own questions.

    python -m benchmarks.ranking.train --documents FOLDER [--write]

FOLDER holds the five policy documents that `questions.jsonl` asks about (their text is not part of the project). The
ranking is a pairwise logistic regression; answerability a logistic regression that tells questions which the documents
answer from near misses over the same documents, and from questions and messages that belong elsewhere (variants of the
built-in knowledge, training examples of other intents). Figures are of five-fold cross-validation; the dev sets play no part.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from core.clock import Clock
from core.database import Base, create_database_engine, session_factory
from knowledge import models
from knowledge.indexing import open_library
from knowledge.ingest.importing import Importer
from knowledge.language.question import Question, analyse
from knowledge.pack.schema import load_entries
from knowledge.search.encoder import default_encoder
from knowledge.search.entries import ClauseEntry
from knowledge.search.features import FEATURES, Judged, judge
from knowledge.search.pack_search import PackIndex
from knowledge.search.ranking import ANSWERING, answering_features, clause_scores

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
THIS_YEAR = 2026
HARD_NEGATIVES = 40
LEAST_ABBREVIATION = 3.0
"""A list that spells out the very abbreviation asked for is the answer; too few questions show it to be learned."""
SEEN_VARIANT = 0.72
"""What an entry of the built-in knowledge would score for a variant of its own, were that variant not in it."""
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


AGAINST = frozenset(
    {"unseen", "wanted_missing", "region_other", "cohort_other", "year_other", "names_only", "rival", "best_wanted_missing", "best_region_other"}
    | {"best_cohort_other", "best_meta_other", *(name for name in ANSWERING if name.endswith("_missing"))}
)
"""What can only speak against an answer."""
NEUTRAL = frozenset(
    {
        "terms",
        "damaged",
        "lexical",
        "best_damaged",
        "best_length",
        "best_preamble",
        "best_region_nation",
        "best_document",
        "best_clause",
        "best_sentence",
    }
)
"""What says nothing about an answer, or is at its most for the best clause of any question."""
FOR = frozenset(ANSWERING) - AGAINST - NEUTRAL
"""What can only speak for it."""


@dataclass(frozen=True)
class Row:
    """A question judged: `right[i]` says whether candidate i holds the answer; `rival` the best built-in entry's score."""

    question: Question
    judged: Judged
    right: NDArray[np.int64]
    rival: float


class Judge:
    """Judges questions against the documents of a folder, held in a database in memory."""

    def __init__(self, folder: Path) -> None:
        engine = create_database_engine("sqlite://")
        Base.metadata.create_all(
            engine, tables=[models.Document.__table__, models.ClauseRow.__table__, models.ClauseVectors.__table__, models.KnowledgeState.__table__]
        )
        sessions = session_factory(engine)
        self.encoder = default_encoder()
        importer = Importer(sessions, Clock(), self.encoder)
        for path in sorted(folder.glob("*.txt")):
            importer.take(path)
        self._folder = tempfile.TemporaryDirectory()
        self.index = open_library(Path(self._folder.name), sessions, self.encoder)
        self.pack = PackIndex(load_entries(), self.encoder)

    def row(self, text: str, clauses: Sequence[str] = (), seen: bool = False) -> Row:
        question = analyse(text, THIS_YEAR)
        judged = judge(self.index, question, self.encoder)
        rival = self.pack.search(question, self.encoder.encode([question.folded])[0])[0].score
        right = np.array([int(_name(entry) in clauses) for entry in judged.entries])
        return Row(question, judged, right, min(rival, SEEN_VARIANT) if seen else rival)


def _name(entry: ClauseEntry) -> str:
    return f"{entry.document.source[:3]} {entry.path}"


def load(judge_: Judge) -> tuple[list[Row], list[Row], list[Row]]:
    """Answerable questions, near misses, and texts that belong elsewhere."""
    questions = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    single = [row for row in questions if "context" not in row]
    answerable = [judge_.row(row["question"], row["clauses"]) for row in single if "clauses" in row]
    near = [judge_.row(row["question"]) for row in single if row["expected"].startswith("refuse")]
    chance = random.Random(0)
    variants = [variant for entry in load_entries() for variant in entry.questions]
    elsewhere = [judge_.row(text, seen=True) for text in chance.sample(variants, 450)]
    examples = _examples()
    elsewhere += [
        judge_.row(text) for intent, count in OTHER_INTENTS.items() for text in chance.sample(examples[intent], min(count, len(examples[intent])))
    ]
    return answerable, near, elsewhere


def _examples() -> dict[str, list[str]]:
    """The training examples of each intent, annotations taken off."""
    import re

    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" in block:
                lines = [re.sub(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})", r"\1", line[2:].strip()) for line in block["examples"].splitlines()]
                found.setdefault(block["intent"], []).extend(line for line in lines if line)
    return found


def fit_ranking(rows: Sequence[Row], strength: float = 2.0) -> NDArray[np.float64]:
    """Pairwise logistic regression: right clauses over the forty hardest wrong ones."""
    differences: list[NDArray[np.float32]] = []
    weights: list[float] = []
    for row in rows:
        right = np.flatnonzero(row.right == 1)
        rough = sum(row.judged.values[:, FEATURES.index(name)] for name in ("clause", "dense", "sentence"))
        wrong = [i for i in np.argsort(-rough) if row.right[i] == 0][:HARD_NEGATIVES]
        for good in right:
            for bad in wrong:
                differences.append(row.judged.values[good] - row.judged.values[bad])
                weights.append(HARD_NEGATIVES / len(right) / len(wrong))
    x = np.array(differences)
    model = LogisticRegression(fit_intercept=False, C=strength, max_iter=3000)
    model.fit(np.concatenate([x, -x]), np.repeat([1, 0], len(x)), sample_weight=np.concatenate([weights, weights]))
    learned: NDArray[np.float64] = model.coef_[0]
    position = FEATURES.index("abbreviation")
    learned[position] = max(learned[position], LEAST_ABBREVIATION)
    return learned


def hits_within(rows: Sequence[Row], ranking: NDArray[np.float64], k: int) -> float:
    """The share of questions with a right clause among the first k."""
    return float(np.mean([row.right[np.argsort(-clause_scores(row.judged, ranking.astype(np.float32)))[:k]].any() for row in rows]))


def answering_matrix(rows: Sequence[Row], ranking: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.array([answering_features(row.question, row.judged, clause_scores(row.judged, ranking.astype(np.float32)), row.rival) for row in rows])


def fit_answering(x: NDArray[np.float32], kind: NDArray[np.int64], strength: float = 0.002) -> NDArray[np.float64]:
    """Logistic regression in the features' own scale, intercept last; `kind` is 0 answerable, 1 near miss, 2 elsewhere.

    Evidence may not count against an answer, nor its lack for one: near misses over five documents share long runs with
    them, and weights learned freely would hold that against every other document.
    """
    weights = np.where(kind == 0, 1 / (kind == 0).sum(), np.where(kind == 1, 0.5 / (kind == 1).sum(), 0.5 / (kind == 2).sum()))
    scaler = StandardScaler().fit(x)
    z = np.column_stack([scaler.transform(x), np.ones(len(x))])
    sign = np.where(kind == 0, 1.0, -1.0)

    def loss(v: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (z @ v)
        gradient = -(z.T @ (weights * sign / (1 + np.exp(margin))))
        gradient[:-1] += 2 * strength * v[:-1]
        return float(np.logaddexp(0, -margin) @ weights + strength * v[:-1] @ v[:-1]), gradient

    bounds = [*((0, None) if name in FOR else (None, 0) if name in AGAINST else (0, 0) for name in ANSWERING), (None, None)]
    found = minimize(loss, np.zeros(z.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    learned = found[:-1] / scaler.scale_
    return np.append(learned, found[-1] - learned @ scaler.mean_)


def _probability(x: NDArray[np.float32], learned: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-(x @ learned[:-1] + learned[-1])))


def report(answerable: list[Row], near: list[Row], elsewhere: list[Row]) -> None:
    """Print the figures of five-fold cross-validation."""
    shuffled = random.Random(1).sample(answerable, len(answerable))
    folds = [(shuffled[k::5], [row for i, row in enumerate(shuffled) if i % 5 != k]) for k in range(5)]
    learned = [(held, fit_ranking(rest)) for held, rest in folds]
    print(" ".join(f"first {k}: {np.mean([hits_within(held, ranking, k) for held, ranking in learned]):.3f}" for k in (1, 3, 10)))
    ranking = fit_ranking(answerable)
    x = answering_matrix([*answerable, *near, *elsewhere], ranking)
    kind = np.repeat([0, 1, 2], [len(answerable), len(near), len(elsewhere)])
    fold = np.random.RandomState(0).randint(0, 5, len(kind))
    probability = np.zeros(len(kind))
    for k in range(5):
        probability[fold == k] = _probability(x[fold == k], fit_answering(x[fold != k], kind[fold != k]))
    for threshold in (0.25, 0.32, 0.4, 0.5):
        print(
            f"threshold {threshold}: answered {np.mean(probability[kind == 0] >= threshold):.3f}, near misses refused "
            f"{np.mean(probability[kind == 1] < threshold):.3f}, elsewhere refused {np.mean(probability[kind == 2] < threshold):.3f}"
        )


def write(answerable: list[Row], near: list[Row], elsewhere: list[Row]) -> None:
    """Fit on everything and store the weights where the search reads them."""
    ranking = fit_ranking(answerable)
    kind = np.repeat([0, 1, 2], [len(answerable), len(near), len(elsewhere)])
    answering = fit_answering(answering_matrix([*answerable, *near, *elsewhere], ranking), kind)
    stored: dict[str, Any] = {
        "features": list(FEATURES),
        "ranking": [round(float(value), 4) for value in ranking],
        "answering_features": list(ANSWERING),
        "answering": [round(float(value), 4) for value in answering],
    }
    (ROOT / "knowledge" / "search" / "weights.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="store the learned weights")
    arguments = parser.parse_args()
    rows = load(Judge(arguments.documents))
    report(*rows)
    if arguments.write:
        write(*rows)


if __name__ == "__main__":
    main()

"""Learn the weights of the reranker and of the answerability test from our own questions.

    python -m benchmarks.ranking.train --documents FOLDER --further FOLDER FOLDER … [--write]

The first FOLDER holds the five policy documents that `questions.jsonl` asks about, the others the statutes and notices that
`statutes.jsonl` asks about (no text of either is part of the project). Learned from are the questions about the five among
themselves and among all documents, and those about the statutes among all. Figures are of cross-validation that leaves whole
documents out; the dev sets play no part.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ranking.fitting import answering_matrix, first_right, fit_answering, fit_ranking, probability
from benchmarks.ranking.rows import ROOT, Judge, Row, Rows, load
from knowledge.search.features import FEATURES
from knowledge.search.ranking import ANSWERING

FOLDS = 5
THRESHOLDS = (0.3, 0.38, 0.45)


def report(parts: dict[str, Rows]) -> None:
    """Print the figures of cross-validation, for each part by itself; weights are learned from the rest of all parts together."""
    everything = [row for rows in parts.values() for row in rows.answerable]
    fold = _folds(sorted({row.document for row in everything}))
    learned = [fit_ranking([row for row in everything if fold[row.document] != held]) for held in range(FOLDS)]
    for name, rows in parts.items():
        places = np.array([first_right(row, learned[fold[row.document]]) for row in rows.answerable])
        print(f"{name}: {len(places)} questions,", ", ".join(f"within {k}: {np.mean(places <= k):.3f}" for k in (1, 3, 10)))
    _report_answering(parts)


def _folds(documents: Sequence[str]) -> dict[str, int]:
    """Document → fold; the five documents of `questions.jsonl` go to one fold each."""
    shuffled = random.Random(3).sample(documents, len(documents))
    shuffled.sort(key=lambda document: not document.isdigit())
    return {document: place % FOLDS for place, document in enumerate(shuffled)}


def _report_answering(parts: dict[str, Rows]) -> None:
    """The same question never is in two folds, whatever documents it is asked of."""
    ranking = fit_ranking([row for rows in parts.values() for row in rows.answerable])
    groups = [(name, kind, own) for name, rows in parts.items() for kind, own in enumerate((rows.answerable, rows.near, rows.elsewhere))]
    x = np.concatenate([answering_matrix(own, ranking) for _, _, own in groups])
    kinds = np.concatenate([np.full(len(own), kind) for _, kind, own in groups])
    names = np.concatenate([np.full(len(own), name) for name, _, own in groups])
    chance = random.Random(0)
    of_text = {text: chance.randrange(FOLDS) for text in sorted({row.question.text for _, _, own in groups for row in own})}
    fold = np.array([of_text[row.question.text] for _, _, own in groups for row in own])
    found = np.zeros(len(kinds))
    for held in range(FOLDS):
        found[fold == held] = probability(x[fold == held], fit_answering(x[fold != held], kinds[fold != held]))
    for name in parts:
        for threshold in THRESHOLDS:
            right = np.where(kinds == 0, found >= threshold, found < threshold)
            shares = [np.mean(right[(names == name) & (kinds == kind)]) for kind in range(3)]
            print(f"{name}, threshold {threshold}: answered {shares[0]:.3f}, near misses refused {shares[1]:.3f}, elsewhere refused {shares[2]:.3f}")


def write(everything: Rows) -> None:
    """Fit on everything and store the weights where the search reads them."""
    ranking = fit_ranking(everything.answerable)
    groups: tuple[list[Row], ...] = (everything.answerable, everything.near, everything.elsewhere)
    kind = np.repeat([0, 1, 2], [len(group) for group in groups])
    answering = fit_answering(answering_matrix([row for group in groups for row in group], ranking), kind)
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
    parser.add_argument("--further", type=Path, nargs="+", default=[])
    parser.add_argument("--write", action="store_true", help="store the learned weights")
    arguments = parser.parse_args()
    parts = {"five documents": load(Judge([arguments.documents]), further=False)}
    if arguments.further:
        parts["all documents"] = load(Judge([arguments.documents, *arguments.further]), further=True)
    report(parts)
    if arguments.write:
        write(sum(list(parts.values())[1:], next(iter(parts.values()))))


if __name__ == "__main__":
    main()

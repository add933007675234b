"""Learning: the reranker's weights from which clause is right, the answerability test's from which question has one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.preprocessing import StandardScaler

from benchmarks.ranking.rows import Row
from knowledge.search.features import FEATURES
from knowledge.search.ranking import ANSWERING, answering_features, clause_scores

HARD_NEGATIVES = 40
BOUNDS: dict[str, tuple[float | None, float | None]] = {"abbreviation": (8.0, None), "region_other": (None, -5.0), "cohort_other": (None, 0.0)}
"""What too few questions of ours show to be learned. A list that spells out the very short name asked for is the answer; a clause
of another place or year than the one named is none, however alike."""

AGAINST = frozenset(
    {"unseen", "wanted_missing", "region_other", "cohort_other", "year_other", "names_only", "rival", "best_wanted_missing", "best_region_other"}
    | {"best_cohort_other", "best_meta_other", "best_missing_rarest", "best_local_article", "rival_elsewhere"}
    | {name for name in ANSWERING if name.endswith("_missing")}
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
        "best_article",
        "best_document",
        "best_clause",
        "best_sentence",
        "best_preamble_asked",
    }
)
"""What says nothing about an answer, or is at its most for the best clause of any question."""
FOR = frozenset(ANSWERING) - AGAINST - NEUTRAL
"""What can only speak for it."""


def fit_ranking(rows: Sequence[Row], strength: float = 0.001) -> NDArray[np.float64]:
    """A linear score that makes a right clause likely to be first: softmax over each question's candidates (ListNet's top-one loss, Cao
    et al. 2007, any right clause counting), the right ones and the forty hardest wrong. Weights in the features' own scale."""
    asked = [row for row in rows if row.right.any()]
    kept = [_hardest(row) for row in asked]
    x = np.concatenate([row.judged.values[own] for row, own in zip(asked, kept, strict=True)]).astype(np.float64)
    right = np.concatenate([row.right[own] for row, own in zip(asked, kept, strict=True)]).astype(np.float64)
    sizes = np.array([len(own) for own in kept])
    start, owner = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)
    scale = np.maximum(x.std(axis=0), 1e-3)
    z = x / scale

    def loss(v: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = z @ v
        shares = np.exp(scores - np.maximum.reduceat(scores, start)[owner])
        shares /= np.add.reduceat(shares, start)[owner]
        held = np.add.reduceat(shares * right, start) + 1e-12
        gradient = z.T @ (shares - shares * right / held[owner]) / len(sizes)
        return float(-np.log(held).mean() + strength * v @ v), gradient + 2 * strength * v

    bounds = [tuple(None if end is None else end * scale[i] for end in BOUNDS.get(name, (None, None))) for i, name in enumerate(FEATURES)]
    return np.asarray(minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 120}).x / scale)


def _hardest(row: Row) -> NDArray[np.int64]:
    values = row.judged.values
    rough = sum(values[:, FEATURES.index(name)] for name in ("clause", "sentence", "dense", "basis"))
    return np.unique(np.concatenate([np.flatnonzero(row.right), np.argsort(-rough)[:HARD_NEGATIVES]]))


def first_right(row: Row, ranking: NDArray[np.float64]) -> int:
    """The place, from 1, of the first right clause; a large number when none is among the candidates."""
    places = np.flatnonzero(row.right[np.argsort(-clause_scores(row.judged, ranking.astype(np.float32)))])
    return int(places[0]) + 1 if len(places) else 1_000_000


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


def probability(x: NDArray[np.float32], learned: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-(x @ learned[:-1] + learned[-1])))

"""What the rules miss: how much a clause resembles what is forbidden, by linear classifiers on its n-grams, one for each kind and one for all.

They are trained on knowledge/postings/screening/texts when first asked (about a second), deterministically, and need no sentence vectors,
so that a table of a hundred thousand postings stays quick to read. They settle nothing: what they find, a person has to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from core.text.folding import fold
from core.text.tfidf import SingleTextTfidf
from knowledge.postings.screening.finding import KINDS, Kind

TEXTS = Path(__file__).parent / "texts"
THRESHOLD = 0.3
"""Margin above which a clause counts as one that resembles something forbidden. Eight-fold over all clauses learned from, rules and likeness
together find 0.89 of the forbidden ones there and take 0.03 of the others (most of them near misses) for forbidden (docs/quality.md)."""
THRESHOLD_BESIDE = 0.6
"""The same for a clause next to one that a rule has found: it mostly goes on about the same thing."""
LEAST_CLAUSE = 4
"""Characters; shorter clauses hold too few n-grams to resemble anything."""
_LONGEST = 60
_REMEMBERED = 20_000
_NO_VECTOR = np.zeros(0, dtype=np.float32)


class Likeness:
    """Built once; safe to share between threads, for nothing in it changes."""

    def __init__(self, folder: Path = TEXTS) -> None:
        labelled = [*_forbidden(folder / "forbidden.txt"), *((clause, frozenset[Kind]()) for clause in _lines(folder / "ordinary.txt"))]
        ngrams = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True, dtype=np.float32)
        features = ngrams.fit_transform([_bounded(clause) for clause, _ in labelled])
        models = [_model(features, [kind in kinds for _, kinds in labelled]) for kind in KINDS]
        models.append(_model(features, [bool(kinds) for _, kinds in labelled]))
        self._ngrams = SingleTextTfidf(ngrams)
        self._weights = np.vstack([model.coef_[0] for model in models]).T
        self._intercepts = np.array([model.intercept_[0] for model in models])

    def likest(self, clause: str) -> tuple[Kind, float]:
        """The kind that a folded clause resembles most, with the mean of two margins: of that kind, and of anything forbidden.

        What all kinds share, above all the ways to refuse, is learned by the latter: together they find half as much again as the kinds alone.
        """
        margins = (self._ngrams.row([_bounded(clause[:_LONGEST])], _NO_VECTOR) @ self._weights)[0] + self._intercepts
        *of_kinds, of_any = margins
        best = int(np.argmax(of_kinds))
        return KINDS[best], float(of_kinds[best] + of_any) / 2


def resembles(clause: str, *, beside_finding: bool = False) -> Kind | None:
    """The kind of what is forbidden that a folded clause resembles, None for an ordinary one."""
    kind, margin = _likest(clause)
    return kind if margin > (THRESHOLD_BESIDE if beside_finding else THRESHOLD) else None


@lru_cache(maxsize=_REMEMBERED)
def _likest(clause: str) -> tuple[Kind, float]:
    """Remembered, for clauses recur from posting to posting."""
    return _shared().likest(clause)


@lru_cache(maxsize=1)
def _shared() -> Likeness:
    return Likeness()


def _model(features: object, labels: Sequence[bool]) -> LinearSVC:
    return LinearSVC(C=1.0, class_weight="balanced", max_iter=5_000, random_state=0).fit(features, labels)


def _bounded(clause: str) -> str:
    """With marks for its beginning and its end, which say much in a clause of few words."""
    return f"^{fold(clause).replace(' ', '')}$"


def _forbidden(path: Path) -> list[tuple[str, frozenset[Kind]]]:
    rows = (line.split("\t") for line in _lines(path))
    return [(clause, frozenset(cast(list[Kind], kinds.split(",")))) for kinds, clause in rows]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]

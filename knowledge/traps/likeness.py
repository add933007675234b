"""What the rules miss: how much a text resembles traps rather than ordinary offers, by a linear classifier on n-grams, words and sentence vectors.

It is trained on knowledge/traps/texts when first asked (seconds), deterministically. It never speaks alone: the clause that it finds
most suspicious is the phrase that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from core.text.segmentation import words
from core.text.tfidf import SingleTextTfidf
from knowledge.search.encoder import Encoder, default_encoder
from knowledge.search.kept import kept_vectors
from knowledge.traps.plain import Plain, plain

TEXTS = Path(__file__).parent / "texts"
THRESHOLD = 0.15
"""Margin above which a text counts as one that resembles a trap. Ten-fold over all texts of our own (docs/quality.md), rules and likeness
together flagged 0.975 of the traps and let 0.97 of the ordinary ones pass."""
ORDINARY = -0.4
"""Margin below which a text, and every clause that a rule has found something in, is so far from a trap that the rules' finding is taken
for chance: it spared half of the ordinary texts that rules had flagged, for one trap in two hundred (ten-fold, docs/quality.md)."""
_VECTOR_WEIGHT = np.float32(0.5)
"""Of the sentence vector beside n-grams and words."""
_BATCH = 32
_MOST_CLAUSES = 12
_LONGEST = 400
"""Characters that are encoded: the time for it grows faster than the text."""
_LEAST_CLAUSE = 4
_CLAUSE = re.compile(r"[^，,。！!？?；;：:]+")


class Likeness:
    """Built once; safe to share between threads, for nothing in it changes."""

    def __init__(self, encoder: Encoder, folder: Path = TEXTS) -> None:
        self._encoder = encoder
        traps, ordinary = _texts(folder / "scam.txt"), _texts(folder / "normal.txt")
        texts = [plain(text).text for text in (*traps, *ordinary)]
        ngrams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2, dtype=np.float32)
        pairs = TfidfVectorizer(analyzer=_words_and_pairs, sublinear_tf=True, dtype=np.float32)
        features = hstack([ngrams.fit_transform(texts), pairs.fit_transform(texts), csr_matrix(self._trained_on(texts))]).tocsr()
        self._terms = SingleTextTfidf(ngrams, pairs)
        labels = [1] * len(traps) + [0] * len(ordinary)
        self._model = LinearSVC(C=1.0, class_weight="balanced", random_state=0).fit(features, labels)

    def most_suspicious(self, seen: Plain) -> tuple[int, int] | None:
        """Where the clause stands that speaks most for a trap, in a text that resembles one; else None."""
        if self._margins([seen.text[:_LONGEST]])[0] <= THRESHOLD:
            return None
        spans = [match.span() for match in _CLAUSE.finditer(seen.text) if match.end() - match.start() >= _LEAST_CLAUSE][:_MOST_CLAUSES]
        if not spans:
            return None
        margins = self._margins([seen.text[start : min(end, start + _LONGEST)] for start, end in spans])
        return spans[int(np.argmax(margins))]

    def surely_ordinary(self, seen: Plain, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether the text as a whole and the clauses that hold `spans` all are far from resembling a trap."""
        around = [_clauses_of(seen.text, span) for span in spans[:_MOST_CLAUSES]]
        return bool(np.max(self._margins([seen.text[:_LONGEST], *around])) < ORDINARY)

    def _margins(self, texts: list[str]) -> Any:
        return self._model.decision_function(self._terms.rows([(text, text) for text in texts], self._vectors(texts)))

    def _trained_on(self, texts: list[str]) -> Any:
        return kept_vectors().of("traps", self._encoder.name, texts, lambda: self._encoded(texts)) * _VECTOR_WEIGHT

    def _vectors(self, texts: list[str]) -> Any:
        return self._encoded(texts) * _VECTOR_WEIGHT

    def _encoded(self, texts: list[str]) -> Any:
        return np.vstack([self._encoder.encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]).astype(np.float32)


@lru_cache(maxsize=1)
def likeness() -> Likeness:
    """The process's classifier, trained at the first call."""
    return Likeness(default_encoder())


def _clauses_of(text: str, span: tuple[int, int]) -> str:
    """The clauses that a span touches, whole."""
    touched = [match.span() for match in _CLAUSE.finditer(text) if match.start() < span[1] and span[0] < match.end()]
    start, end = (min(touched)[0], max(touched)[1]) if touched else span
    return text[start : min(end, start + _LONGEST)]


def _words_and_pairs(text: str) -> list[str]:
    found = words(text)
    return [*found, *(" ".join(pair) for pair in pairwise(found))]


def _texts(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]

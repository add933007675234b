"""BM25 in memory over a list of texts that does not change: the built-in knowledge."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.search.terms import index_terms

Scores = NDArray[np.float32]


class TextField:
    """One BM25 index over a list of texts."""

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> None:
        terms = [index_terms(text) or ["∅"] for text in texts]
        self._bm25 = bm25s.BM25(method="lucene", k1=k1, b=b)
        self._bm25.index(terms, show_progress=False)
        self._size = len(texts)
        self._vocabulary = {term for text in terms for term in text}

    def scores(self, terms: Sequence[str], weights: Sequence[float] | None = None) -> Scores:
        """BM25 of every text; `weights` (one a term) scale the terms' shares."""
        known = [(term, weight) for term, weight in zip(terms, weights or [1.0] * len(terms), strict=True) if term in self._vocabulary]
        total = np.zeros(self._size, dtype=np.float32)
        for weight in sorted({weight for _, weight in known}):
            total += weight * np.asarray(self._bm25.get_scores([term for term, own in known if own == weight]), dtype=np.float32)
        return total

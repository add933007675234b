"""Tf-idf of one text at a time, for what is asked at every message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfVectorizer


class SingleTextTfidf:
    """The rows of fitted `TfidfVectorizer`s (sublinear, L2 norm) side by side, without the checks that cost more than the rows.

    A row is a vector's worth of columns longer than the vectorizers together: its dense part stands last.
    """

    def __init__(self, *fitted: TfidfVectorizer) -> None:
        self._parts = [(one.build_analyzer(), one.vocabulary_, np.asarray(one.idf_)) for one in fitted]

    def rows(self, texts: Sequence[Sequence[Any]], dense: NDArray[np.floating[Any]]) -> csr_matrix:
        """One row for each of `texts` and of the rows of `dense`, as `row` makes them; at least one."""
        made = [self.row(text, vector) for text, vector in zip(texts, dense, strict=True)]
        return vstack(made, format="csr") if len(made) > 1 else made[0]

    def row(self, texts: Sequence[Any], dense: NDArray[np.floating[Any]]) -> csr_matrix:
        """One row, shape (1, columns of all vectorizers + length of `dense`).

        `texts` holds for each vectorizer what its analyzer takes.
        """
        start, columns, values = 0, [], []
        for (analyze, vocabulary, idf), text in zip(self._parts, texts, strict=True):
            own_columns, own_values = _weighted(Counter(vocabulary[term] for term in analyze(text) if term in vocabulary), idf)
            columns.append(own_columns + start)
            values.append(own_values)
            start += len(idf)
        indices = np.concatenate([*columns, np.arange(start, start + len(dense))])
        data = np.concatenate([*values, dense])
        return csr_matrix((data, indices, [0, len(indices)]), shape=(1, start + len(dense)))


def _weighted(counts: Counter[int], idf: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * idf[columns]
    return columns, values / (float(np.linalg.norm(values)) or 1.0)

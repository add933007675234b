"""The gap list: refused questions grouped by meaning, the most asked first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from core.clock import CHINA
from core.text.folding import fold
from knowledge.models import AskedQuestion
from knowledge.search.encoder import Encoder
from knowledge.search.terms import index_terms, question_terms

MOST_GROUPED = 3000
"""The latest questions that are grouped: the distances of all pairs are looked at."""
APART = 0.62
"""The mean distance from which two groups speak of different things: 350 wordings of 70 questions of our own came together with 0.68 of the
pairs in a group rightly there, and 0.33 of all pairs found; by vectors alone 0.54 and 0.27."""


@dataclass(frozen=True)
class Gap:
    """One thing asked for in vain: the question that stands for it, how often, for which reasons, when last, other wordings.

    `weeks` counts by the week's Monday in China, as an ISO day, the earliest first.
    """

    question: str
    count: int
    reasons: dict[str, int]
    last_asked: datetime
    wordings: tuple[str, ...]
    weeks: dict[str, int]


def gaps(asked: Sequence[AskedQuestion], encoder: Encoder, most_wordings: int = 4) -> list[Gap]:
    """Group questions, latest first as given, by what they mean and the words they share; the largest group comes first."""
    asked = list(asked)[:MOST_GROUPED]
    if not asked:
        return []
    likeness = _likeness([fold(row.text) for row in asked], encoder)
    labels = _groups(likeness)
    members = [np.flatnonzero(labels == label) for label in dict.fromkeys(labels.tolist())]
    found = [_gap([asked[i] for i in group], likeness[np.ix_(group, group)], most_wordings) for group in members]
    return sorted(found, key=lambda gap: (-gap.count, -gap.last_asked.timestamp()))


def _likeness(texts: list[str], encoder: Encoder) -> NDArray[np.float32]:
    """Half the cosine of sentence vectors, half that of rare words; shape `(texts, texts)`."""
    vectors = encoder.encode(texts)
    terms = TfidfVectorizer(analyzer=lambda text: question_terms(text) or index_terms(text) or [text], sublinear_tf=True).fit_transform(texts)
    return np.asarray((vectors @ vectors.T + (terms @ terms.T).toarray()) / 2, dtype=np.float32)


def _groups(likeness: NDArray[np.float32]) -> NDArray[np.int64]:
    if len(likeness) == 1:
        return np.zeros(1, dtype=np.int64)
    distance = np.clip(1 - likeness, 0, None)
    clustering = AgglomerativeClustering(n_clusters=None, distance_threshold=APART, metric="precomputed", linkage="average")
    return np.asarray(clustering.fit_predict(distance), dtype=np.int64)


def _gap(rows: list[AskedQuestion], likeness: NDArray[np.float32], most_wordings: int) -> Gap:
    """The row nearest to all others stands for the group."""
    nearest = int(np.argmax(likeness.sum(axis=1)))
    others = dict.fromkeys(row.text for row in rows if row.text != rows[nearest].text)
    reasons = Counter(row.reason or "no_source" for row in rows)
    weeks = Counter(_monday(row.asked_at) for row in rows)
    last = max(row.asked_at for row in rows)
    return Gap(rows[nearest].text, len(rows), dict(reasons.most_common()), last, tuple(others)[:most_wordings], dict(sorted(weeks.items())))


def _monday(at: datetime) -> str:
    day = at.astimezone(CHINA).date()
    return (day - timedelta(days=day.weekday())).isoformat()

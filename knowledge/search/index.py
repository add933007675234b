"""What is looked at closely for one question: the clauses that come into question, with the statistics of the whole collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Halves, Vectors
from knowledge.search.entries import ClauseEntry
from knowledge.search.lexical import K1, B, Ranked
from knowledge.search.records import Hashes, Record, hash_of
from knowledge.search.sought import UNSEEN, Flags
from knowledge.search.statistics import CLAUSE, HEADINGS, SENTENCE, Statistics

Scores = NDArray[np.float32]
NEUTRAL = 0.4
"""The similarity of a clause that has no vectors yet where no other has any: an estimate, not measured."""
_TOP = 3
_LOW = 0xFFFF
_NONE: Hashes = np.zeros(0, dtype=np.uint32)


class CandidateTerms:
    """The terms of the candidates' texts of one kind, asked as `sought.Holders` is; rarity is that of the whole collection."""

    def __init__(self, rows: Sequence[Hashes], statistics: Statistics, field: int = CLAUSE) -> None:
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.lengths = np.maximum(lengths, 1).astype(np.float32)
        owners = np.repeat(np.arange(len(rows), dtype=np.uint64), lengths)
        # sorted as pairs in one number: several times as fast as an order of places
        pairs = np.sort((np.concatenate([*rows, _NONE]).astype(np.uint64) << np.uint64(32)) | owners)
        self._terms, self._owners = (pairs >> np.uint64(32)).astype(np.uint32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
        self._statistics, self._field = statistics, field

    def counts(self, terms: Hashes) -> NDArray[np.int64]:
        """How often each text holds each term, shape `(terms, texts)`."""
        first, last = np.searchsorted(self._terms, terms, "left"), np.searchsorted(self._terms, terms, "right")
        spans = last - first
        places = np.arange(int(spans.sum())) + np.repeat(first - np.concatenate([[0], np.cumsum(spans)[:-1]]), spans) if len(terms) else spans
        cells = np.repeat(np.arange(len(terms)), spans) * len(self.lengths) + self._owners[places]
        return np.bincount(cells, minlength=len(terms) * len(self.lengths)).reshape(len(terms), len(self.lengths))

    def scores(self, terms: Sequence[str], weights: Sequence[float] | None = None) -> Scores:
        """BM25 of every text by Lucene's formula; `weights` (one a term) scale the terms' shares."""
        shares: dict[int, float] = {}
        for term, weight in zip(terms, weights or [1.0] * len(terms), strict=True):
            shares[hash_of(term)] = shares.get(hash_of(term), 0.0) + weight
        asked = np.array(list(shares), dtype=np.uint32)
        holders = self._statistics.held_by(self._field, asked)
        total = int(self._statistics.texts[self._field])
        rarity = np.log(1 + (total - holders + 0.5) / (holders + 0.5)) * np.array(list(shares.values()))
        counts = self.counts(asked)
        norms = K1 * (1 - B + B * self.lengths / max(self._statistics.average(self._field), 1e-6))
        return np.asarray(rarity @ (counts / (counts + norms)), dtype=np.float32)

    def holding(self, terms: Iterable[str]) -> Flags:
        return np.asarray(self.holding_each(list(terms)).all(axis=0), dtype=np.bool_)

    def holding_each(self, terms: Sequence[str]) -> Flags:
        return self.counts(np.array([hash_of(term) for term in terms], dtype=np.uint32)) > 0

    def rarity_of(self, term: str) -> float:
        holders = int(self._statistics.held_by(self._field, np.array([hash_of(term)], dtype=np.uint32))[0])
        return float(np.log((int(self._statistics.texts[self._field]) + 1) / (holders + 0.5))) if holders else UNSEEN

    def __contains__(self, term: str) -> bool:
        number = hash_of(term)
        if not self._maybe[number & _LOW]:
            return False
        place = int(np.searchsorted(self._terms, np.uint32(number)))
        return place < len(self._terms) and int(self._terms[place]) == number

    @cached_property
    def _maybe(self) -> Flags:
        """Of which terms, by their last bits, there may be any: most that are asked for are not there at all."""
        flags = np.zeros(_LOW + 1, dtype=np.bool_)
        flags[self._terms & np.uint32(_LOW)] = True
        return flags


class CollectionTerms(CandidateTerms):
    """As `CandidateTerms`, but a term is `in` it when any clause of the whole collection holds it."""

    def __contains__(self, term: str) -> bool:
        return bool(self._statistics.held_by(self._field, np.array([hash_of(term)], dtype=np.uint32))[0])


@dataclass(frozen=True)
class Index:
    """The candidates for one question, by clause id; built by `library.Library.around`."""

    entries: tuple[ClauseEntry, ...]
    clauses: CandidateTerms
    sentences: CandidateTerms
    headings: CandidateTerms
    sentence_clause: NDArray[np.int64]
    """For each sentence the index of its clause in `entries`."""
    sentence_start: NDArray[np.int64]
    """For each clause the index of its first sentence; one more entry at the end."""
    sentence_vectors: Vectors
    heading_vectors: Vectors
    embedded: Flags
    """For each clause whether its vectors are there; rows of others are zeros."""
    own_heading_terms: CandidateTerms
    title_terms: CandidateTerms
    """For each clause the terms of its document's title."""
    clause_terms: CandidateTerms
    surroundings: Surroundings

    @property
    def sentence_terms(self) -> CandidateTerms:
        return self.sentences

    @property
    def heading_terms(self) -> CandidateTerms:
        return self.headings

    def likeness(self, vector: Vectors | None) -> tuple[Scores, Scores]:
        """The cosine of a question's vector with every sentence and every clause's heading.

        A clause without vectors, or every clause when there is no question's vector, gets what the others have on average:
        it is then neither better nor worse for it.
        """
        if vector is None or len(vector) != self.sentence_vectors.shape[1] or not self.embedded.any():
            return np.full(len(self.sentence_clause), NEUTRAL, np.float32), np.full(len(self.entries), NEUTRAL, np.float32)
        known = self.embedded[self.sentence_clause]
        sentences, headings = self.sentence_vectors @ vector, self.heading_vectors @ vector
        return (
            np.where(known, sentences, sentences[known].mean(dtype=np.float32)),
            np.where(self.embedded, headings, headings[self.embedded].mean(dtype=np.float32)),
        )


@dataclass(frozen=True)
class Surroundings:
    """The best clauses of the whole collection, more than are looked at closely: by them whole documents are judged."""

    content: Ranked
    headings: Ranked
    near: Ranked
    sizes: dict[int, int]
    """How many clauses each document has."""

    def documents(self, entries: Sequence[ClauseEntry], lexical: Scores, dense: Scores, headings: Scores) -> dict[int, tuple[float, float, float]]:
        """For each document: the mean of its three best clauses by words and by meaning, and its best title and headings.

        `lexical`, `dense` and `headings` are the exact values of the candidates. A clause that is neither among them nor among the
        surroundings is taken for as good as the last of these, which is the most it can be.
        """
        clauses = np.array([entry.id for entry in entries], dtype=np.int64)
        documents = np.array([entry.document.id for entry in entries], dtype=np.int64)
        by_words = self._tops(*_known(clauses, documents, lexical, self.content), self.content.least)
        by_meaning = self._tops(*_known(clauses, documents, dense, self.near), self.near.least)
        by_title = _best(*_known(clauses, documents, headings, self.headings))
        unknown = (self.content.least, self.near.least, self.headings.least)
        return {
            document: (by_words.get(document, unknown[0]), by_meaning.get(document, unknown[1]), by_title.get(document, unknown[2]))
            for document in by_words.keys() | by_title.keys()
        }

    def _tops(self, documents: NDArray[np.int64], values: NDArray[np.float64], unknown: float) -> dict[int, float]:
        """The mean of each document's three best values, or of as many as it has clauses."""
        order = np.lexsort((-values, documents))
        sorted_documents = documents[order]
        first = np.flatnonzero(np.concatenate([[True], sorted_documents[1:] != sorted_documents[:-1]]))
        counts = np.diff(first, append=len(order))
        numbers = sorted_documents[first].tolist()
        places = np.arange(len(order)) - np.repeat(first, counts)
        sizes = np.minimum(np.array([self.sizes.get(document, 1) for document in numbers]), _TOP)
        taken = places < np.repeat(sizes, counts)
        sums = np.add.reduceat(np.where(taken, values[order], 0.0), first)
        means = (sums + unknown * np.maximum(sizes - counts, 0)) / sizes
        return dict(zip(numbers, means.tolist(), strict=True))


def _known(clauses: NDArray[np.int64], documents: NDArray[np.int64], exact: Scores, ranked: Ranked) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Documents and values of the candidates, given in order of their ids, and of those of the surroundings that are none."""
    places = np.minimum(np.searchsorted(clauses, ranked.clauses), len(clauses) - 1)
    others = clauses[places] != ranked.clauses
    return np.concatenate([documents, ranked.documents[others]]), np.concatenate([exact, ranked.scores[others]]).astype(np.float64)


def _best(documents: NDArray[np.int64], values: NDArray[np.float64]) -> dict[int, float]:
    order = np.lexsort((values, documents))
    own, counts = np.unique(documents[order], return_counts=True)
    return dict(zip(own.tolist(), values[order][np.cumsum(counts) - 1].tolist(), strict=True))


def close_up(records: Sequence[Record], vectors: Sequence[Halves | None], dimensions: int, statistics: Statistics, around: Surroundings) -> Index:
    """The index over some records; `vectors[i]` are the rows of record i's sentences and last its heading, where they are known."""
    counts = [len(record.sentences) for record in records]
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    sentence_vectors = np.zeros((int(start[-1]), dimensions), dtype=np.float32)
    heading_vectors = np.zeros((len(records), dimensions), dtype=np.float32)
    embedded = np.array([rows is not None for rows in vectors], dtype=np.bool_)
    if embedded.any():
        rows = np.concatenate([own for own in vectors if own is not None]).astype(np.float32)
        lengths = np.array(counts, dtype=np.int64)[embedded] + 1
        last = np.zeros(len(rows), dtype=np.bool_)
        last[np.cumsum(lengths) - 1] = True
        sentence_vectors[np.repeat(embedded, counts)], heading_vectors[embedded] = rows[~last], rows[last]
    clauses = CollectionTerms([record.clause for record in records], statistics, CLAUSE)
    return Index(
        tuple(record.entry for record in records),
        clauses,
        CandidateTerms([sentence for record in records for sentence in record.sentences], statistics, SENTENCE),
        CandidateTerms([record.headings for record in records], statistics, HEADINGS),
        np.repeat(np.arange(len(records)), counts),
        start,
        sentence_vectors,
        heading_vectors,
        embedded,
        CandidateTerms([record.own_heading for record in records], statistics),
        CandidateTerms([record.title for record in records], statistics),
        clauses,
        around,
    )

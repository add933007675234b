"""What is looked at closely for one question: the clauses that come into question, with the statistics of the whole collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Halves, Vectors, widened
from knowledge.search.entries import ClauseEntry
from knowledge.search.lexical import Ranked
from knowledge.search.part_terms import CollectionTerms, PartTerms, Scores
from knowledge.search.records import Record
from knowledge.search.sought import Flags
from knowledge.search.statistics import Statistics

Ids = NDArray[np.int64]
NEUTRAL = 0.4
"""The similarity of a clause that has no vectors yet where no other has any: an estimate, not measured."""
_TOP = 3


@dataclass(frozen=True)
class Index:
    """The candidates for one question, by clause id; built by `library.Library.around`."""

    entries: tuple[ClauseEntry, ...]
    parts: PartTerms
    collection: CollectionTerms
    sentence_clause: NDArray[np.int64]
    """For each sentence the index of its clause in `entries`."""
    sentence_start: NDArray[np.int64]
    """For each clause the index of its first sentence; one more entry at the end."""
    vectors: Vectors
    """Of each clause that has any, in order: the rows of its sentences, then that of its heading."""
    is_heading: Flags
    """Which of the rows are headings'."""
    embedded: Flags
    """For each clause whether its vectors are there."""
    surroundings: Surroundings

    @cached_property
    def clause_ids(self) -> Ids:
        return np.array([entry.id for entry in self.entries], dtype=np.int64)

    @cached_property
    def document_ids(self) -> Ids:
        return np.array([entry.document.id for entry in self.entries], dtype=np.int64)

    def likeness(self, vector: Vectors | None) -> tuple[Scores, Scores]:
        """The cosine of a question's vector with every sentence and every clause's heading.

        A clause without vectors, or every clause when there is no question's vector, gets what the others have on average:
        it is then neither better nor worse for it.
        """
        sentences = np.full(len(self.sentence_clause), NEUTRAL, np.float32)
        headings = np.full(len(self.entries), NEUTRAL, np.float32)
        if vector is not None and len(vector) == self.vectors.shape[1] and len(self.vectors):
            found = self.vectors @ vector
            _spread(sentences, self.embedded[self.sentence_clause], found[~self.is_heading])
            _spread(headings, self.embedded, found[self.is_heading])
        return sentences, headings


def _spread(values: Scores, known: Flags, found: Scores) -> None:
    """Fill in what is known, and its mean for the rest."""
    values[known], values[~known] = found, found.mean(dtype=np.float32)


@dataclass(frozen=True)
class OfDocuments:
    """What each of some documents has of something, and the most that any document has."""

    values: Scores
    best: float


@dataclass(frozen=True)
class Surroundings:
    """The best clauses of the whole collection, more than are looked at closely: by them whole documents are judged."""

    content: Ranked
    headings: Ranked
    near: Ranked
    documents: Ids
    """All documents, sorted."""
    sizes: Ids
    """How many clauses each of them has."""

    def of_documents(
        self, clauses: Ids, documents: Ids, lexical: Scores, dense: Scores, headings: Scores
    ) -> tuple[OfDocuments, OfDocuments, OfDocuments]:
        """For each candidate's document: the mean of its three best clauses by words and by meaning, and its best title and headings.

        `lexical`, `dense` and `headings` are the exact values of the candidates, which are given in order of their ids. A clause that is
        neither among them nor among the surroundings is taken for as good as the last of these, which is the most it can be.
        """
        return (
            self._tops(documents, *_known(clauses, documents, lexical, self.content), self.content.least),
            self._tops(documents, *_known(clauses, documents, dense, self.near), self.near.least),
            _bests(documents, *_known(clauses, documents, headings, self.headings)),
        )

    def _tops(self, asked: Ids, documents: Ids, values: NDArray[np.float64], unknown: float) -> OfDocuments:
        """The mean of each document's three best values, or of as many as it has clauses."""
        order = np.lexsort((-values, documents))
        own, first, counts = _groups(documents[order])
        places = np.arange(len(order)) - np.repeat(first, counts)
        sizes = np.minimum(self._sizes_of(own), _TOP)
        taken = places < np.repeat(sizes, counts)
        sums = np.add.reduceat(np.where(taken, values[order], 0.0), first)
        return _of(asked, own, (sums + unknown * np.maximum(sizes - counts, 0)) / sizes)

    def _sizes_of(self, documents: Ids) -> Ids:
        """How many clauses documents have; one where that is not known."""
        if not len(self.documents):
            return np.ones(len(documents), dtype=np.int64)
        places = np.minimum(np.searchsorted(self.documents, documents), len(self.documents) - 1)
        return np.where(self.documents[places] == documents, self.sizes[places], 1)


def _known(clauses: Ids, documents: Ids, exact: Scores, ranked: Ranked) -> tuple[Ids, NDArray[np.float64]]:
    """Documents and values of the candidates, given in order of their ids, and of those of the surroundings that are none."""
    places = np.minimum(np.searchsorted(clauses, ranked.clauses), len(clauses) - 1)
    others = clauses[places] != ranked.clauses
    return np.concatenate([documents, ranked.documents[others]]), np.concatenate([exact, ranked.scores[others]]).astype(np.float64)


def _bests(asked: Ids, documents: Ids, values: NDArray[np.float64]) -> OfDocuments:
    order = np.argsort(documents, kind="stable")
    own, first, _ = _groups(documents[order])
    return _of(asked, own, np.maximum.reduceat(values[order], first))


def _groups(documents: Ids) -> tuple[Ids, Ids, Ids]:
    """Of sorted documents each one, where it begins, and how often it is there."""
    first = np.flatnonzero(np.concatenate([[True], documents[1:] != documents[:-1]]))
    return documents[first], first, np.diff(first, append=len(documents))


def _of(asked: Ids, documents: Ids, values: NDArray[np.float64]) -> OfDocuments:
    return OfDocuments(values[np.searchsorted(documents, asked)].astype(np.float32), float(values.max()))


def close_up(records: Sequence[Record], vectors: Sequence[Halves | None], dimensions: int, statistics: Statistics, around: Surroundings) -> Index:
    """The index over some records; `vectors[i]` are the rows of record i's sentences and last its heading, where they are known."""
    counts = [record.sentences for record in records]
    known = [rows for rows in vectors if rows is not None]
    is_heading = np.zeros(sum(map(len, known)), dtype=np.bool_)
    is_heading[np.cumsum([len(rows) for rows in known], dtype=np.int64) - 1] = True
    return Index(
        tuple(record.entry for record in records),
        PartTerms(records, statistics),
        CollectionTerms(statistics),
        np.repeat(np.arange(len(records)), counts),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        widened(np.concatenate([*known, np.zeros((0, dimensions), np.float16)])),
        is_heading,
        np.array([rows is not None for rows in vectors], dtype=np.bool_),
        around,
    )

"""The terms of the few clauses that are looked at closely, part by part: how often each holds what is asked for, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.search.lexical import K1, B
from knowledge.search.records import PARTS, Hashes, Record, hash_of
from knowledge.search.sought import UNSEEN, Flags, Shares
from knowledge.search.statistics import CLAUSE, HEADINGS, SENTENCE, Statistics
from knowledge.search.word_meanings import WordMeanings

Scores = NDArray[np.float32]
Counts = NDArray[np.int64]
_LOW = 0xFFFF
_HALF = np.uint64(32)
_NONE: Hashes = np.zeros(0, dtype=np.uint32)


class PartTerms:
    """Every part of every clause is a column: first the clauses' own (`records.PARTS`), one kind after the other, then all sentences.

    All parts are asked at once, for most of the time is that of asking. Most terms are none of those asked for: by their last bits they are
    passed over before anything is compared.
    """

    def __init__(self, records: Sequence[Record], statistics: Statistics) -> None:
        count, sentences = len(records), np.array([record.sentences for record in records], dtype=np.int64)
        starts = np.cumsum(sentences) - sentences
        parts = sentences + len(PARTS)
        owners = np.repeat(np.arange(count), parts)
        within = np.arange(len(owners)) - (np.cumsum(parts) - parts)[owners]
        columns = np.where(within < len(PARTS), within * count + owners, within - len(PARTS) + len(PARTS) * count + starts[owners])
        lengths = np.concatenate([*(record.lengths for record in records), _NONE]).astype(np.int64)
        self._terms: Hashes = np.concatenate([*(record.terms for record in records), _NONE])
        self._columns = np.repeat(columns, lengths)
        self._low = (self._terms & _LOW).astype(np.int64)
        self._lengths = np.empty(len(columns), dtype=np.float32)
        self._lengths[columns] = np.maximum(lengths, 1)
        self._statistics = statistics
        self._clauses = count

    @property
    def sentences(self) -> slice:
        """The columns of the sentences."""
        return slice(len(PARTS) * self._clauses, len(self._lengths))

    def of(self, part: str) -> slice:
        """The columns of one of `records.PARTS`."""
        place = PARTS.index(part)
        return slice(place * self._clauses, (place + 1) * self._clauses)

    def counts(self, terms: Hashes) -> Counts:
        """How often each part holds each term, shape `(terms, parts)`."""
        distinct, rows = np.unique(terms, return_inverse=True)
        if not len(distinct):
            return np.zeros((0, len(self._lengths)), dtype=np.int64)
        likely = np.flatnonzero(_flags(distinct)[self._low])
        found = self._terms[likely]
        places = np.minimum(np.searchsorted(distinct, found), len(distinct) - 1)
        same = distinct[places] == found
        cells = places[same] * len(self._lengths) + self._columns[likely[same]]
        return np.bincount(cells, minlength=len(distinct) * len(self._lengths)).reshape(len(distinct), -1)[rows]

    def holding_each(self, terms: Sequence[str]) -> Flags:
        """Which part holds which term, shape `(terms, parts)`."""
        return self.counts(hashes_of(terms)) > 0

    def scores(self, *asked: Mapping[str, float]) -> tuple[Scores, Scores, Scores]:
        """BM25 by Lucene's formula of every clause, sentence and heading for each of some sets of weighted terms, each `(sets, parts)`."""
        numbers = {number: place for place, number in enumerate(dict.fromkeys(hash_of(term) for terms in asked for term in terms))}
        weights = np.zeros((len(asked), len(numbers)))
        for row, terms in zip(weights, asked, strict=True):
            for term, weight in terms.items():
                row[numbers[hash_of(term)]] += weight
        known = np.array(list(numbers), dtype=np.uint32)
        counts, holders = self.counts(known), self._statistics.holders_of(known)
        return (
            self._scores(CLAUSE, self.of("clause"), holders[CLAUSE], weights, counts),
            self._scores(SENTENCE, self.sentences, holders[SENTENCE], weights, counts),
            self._scores(HEADINGS, self.of("headings"), holders[HEADINGS], weights, counts),
        )

    def _scores(self, field: int, columns: slice, holders: Counts, weights: NDArray[np.float64], counts: Counts) -> Scores:
        total = int(self._statistics.texts[field])
        rarity = np.log(1 + (total - holders + 0.5) / (holders + 0.5))
        norms = K1 * (1 - B + B * self._lengths[columns] / max(self._statistics.average(field), 1e-6))
        own = counts[:, columns]
        return np.asarray((weights * rarity) @ (own / (own + norms)), dtype=np.float32)

    def best_likeness(self, words: Sequence[str], meanings: WordMeanings) -> Scores:
        """How alike each word is to the word of each sentence that comes nearest to it, shape `(words, sentences)`."""
        first = self.sentences.start
        asked = hashes_of([f"w:{word.lower()}" for word in words])
        told = np.flatnonzero(self._columns >= first)
        told = told[meanings.may_have(self._terms[told]) | _flags(asked)[self._low[told]]]
        # sorted as pairs in one number, the term and its sentence: several times as fast as an order of places
        pairs = np.sort((self._terms[told].astype(np.uint64) << _HALF) | (self._columns[told] - first).astype(np.uint64))
        terms = (pairs >> _HALF).astype(np.uint32)
        starts = np.flatnonzero(np.concatenate([[True], terms[1:] != terms[:-1]])) if len(terms) else np.zeros(0, np.int64)
        counts = np.diff(starts, append=len(terms))
        distinct = meanings.likeness(words, terms[starts])
        near = distinct.any(axis=0)  # most terms are like none of the words: only the others are spread over the sentences
        owners = pairs[np.repeat(near, counts)].astype(np.uint32)
        order = np.argsort(owners, kind="stable")
        alike, owners = np.repeat(distinct[:, near], counts[near], axis=1)[:, order], owners[order]
        best = np.zeros((len(words), len(self._lengths) - first), dtype=np.float32)
        if len(owners) and len(words):
            each = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
            best[:, owners[each]] = np.maximum.reduceat(alike, each, axis=1)
        return best


class CollectionTerms:
    """The terms of all clauses, with their headings, of the whole collection."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics

    def rarities(self, terms: Sequence[str]) -> Shares:
        """log((N + 1) / (n + 0.5)) of each term, also where none holds it; shape `(terms,)`."""
        holders = self._statistics.held_by(CLAUSE, hashes_of(terms))
        return np.asarray(np.log((int(self._statistics.texts[CLAUSE]) + 1) / (holders + 0.5)), dtype=np.float32)

    def weights(self, terms: Sequence[str]) -> Shares:
        """The same, but UNSEEN for a term that none holds."""
        return np.where(self.known(terms), self.rarities(terms), np.float32(UNSEEN))

    def known(self, terms: Sequence[str]) -> Flags:
        """Which terms any clause holds."""
        return self._statistics.held_by(CLAUSE, hashes_of(terms)) > 0


def hashes_of(terms: Sequence[str]) -> Hashes:
    """The numbers of terms, in their order."""
    return np.array([hash_of(term) for term in terms], dtype=np.uint32)


def _flags(terms: Hashes) -> Flags:
    """By the last bits of a term whether it may be one of some."""
    flags = np.zeros(_LOW + 1, dtype=np.bool_)
    flags[terms & np.uint32(_LOW)] = True
    return flags

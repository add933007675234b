"""How often terms stand in the whole collection: what makes a score exact for a few candidates without looking at all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.records import PARTS, Hashes, Record

CLAUSE, SENTENCE, HEADINGS = range(3)
"""The fields that are counted: clauses with their heading, sentences, and titles with headings."""
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Statistics:
    """`terms` sorted; `holders[f, t]` texts of field f hold term t; field f has `texts[f]` texts of `lengths[f]` terms in all."""

    terms: Hashes
    holders: NDArray[np.int32]
    texts: Counts
    lengths: Counts

    @staticmethod
    def empty() -> Statistics:
        return Statistics(np.zeros(0, np.uint32), np.zeros((3, 0), np.int32), np.zeros(3, np.int64), np.zeros(3, np.int64))

    def changed(self, added: Sequence[Record], removed: Sequence[Record]) -> Statistics:
        """The statistics after some clauses came and others went: the same as if counted afresh."""
        terms, holders = [self.terms], [self.holders]
        texts, lengths = self.texts.copy(), self.lengths.copy()
        for sign, records in ((1, added), (-1, removed)):
            for field, rows in enumerate(_rows(records)):
                texts[field] += sign * len(rows)
                lengths[field] += sign * sum(max(len(row), 1) for row in rows)
                if rows:
                    found, counts = np.unique(np.concatenate([np.unique(row) for row in rows]), return_counts=True)
                    own = np.zeros((3, len(found)), np.int32)
                    own[field] = sign * counts
                    terms.append(found)
                    holders.append(own)
        every, places = np.unique(np.concatenate(terms), return_inverse=True)
        totals = np.stack([np.bincount(places, np.concatenate(holders, axis=1)[field], len(every)) for field in range(3)]).astype(np.int32)
        kept = totals.any(axis=0)
        return Statistics(every[kept].astype(np.uint32), totals[:, kept], texts, lengths)

    def held_by(self, field: int, terms: Hashes) -> Counts:
        """How many texts of a field hold each of the terms."""
        held: Counts = self.holders_of(terms)[field]
        return held

    def holders_of(self, terms: Hashes) -> Counts:
        """How many texts hold each of the terms, shape `(fields, terms)`."""
        if not len(self.terms):
            return np.zeros((3, len(terms)), dtype=np.int64)
        places = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return np.where(self.terms[places] == terms, self.holders[:, places], 0).astype(np.int64)

    def average(self, field: int) -> float:
        """The mean number of terms of a field's texts."""
        return float(self.lengths[field]) / max(int(self.texts[field]), 1)

    def packed(self) -> bytes:
        """All numbers one after the other."""
        head = np.array([len(self.terms), *self.texts, *self.lengths], dtype=np.int64)
        return b"".join([head.tobytes(), self.terms.tobytes(), self.holders.astype(np.int32).tobytes()])

    @staticmethod
    def unpacked(stored: bytes) -> Statistics:
        """What `packed` gave. Raises ValueError when it is not that."""
        head = np.frombuffer(stored, dtype=np.int64, count=7)
        size = int(head[0])
        terms = np.frombuffer(stored, dtype=np.uint32, count=size, offset=56)
        holders = np.frombuffer(stored, dtype=np.int32, count=3 * size, offset=56 + 4 * size).reshape(3, size)
        return Statistics(terms, holders, head[1:4], head[4:7])


def _rows(records: Sequence[Record]) -> tuple[list[Hashes], list[Hashes], list[Hashes]]:
    parts = [record.parts for record in records]
    clause, headings = PARTS.index("clause"), PARTS.index("headings")
    return [own[clause] for own in parts], [sentence for own in parts for sentence in own[len(PARTS) :]], [own[headings] for own in parts]

"""The index of the whole collection as a question meets it: on disk, read in parts, of one moment."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from knowledge.language.places import NATION
from knowledge.search.articles import Article
from knowledge.search.encoder import Halves, Vectors, unpacked
from knowledge.search.entries import ClauseEntry
from knowledge.search.index import Index, Surroundings, close_up
from knowledge.search.lexical import Lexical, Ranked
from knowledge.search.nearest import VectorIndex
from knowledge.search.records import Record
from knowledge.search.shelf import Shelf

WIDE = 256
"""Clauses of each ranking by which whole documents are judged."""
_KEPT = 8192
"""Records kept in memory with their vectors, about 6 KB each."""
_HEADED = 2
"""So many times fewer clauses are taken for their headings than for their words."""

_MADE_FOR_GRADUATES = 0.3

StoredRows = Callable[[Sequence[int]], Mapping[int, bytes]]
"""Reads the packed vectors of clauses, as far as they are there."""


@dataclass(frozen=True)
class Wanted:
    """What a question is looked up by: terms with their weights, the terms of its content, its vector if there is one."""

    terms: Mapping[str, float]
    content: Mapping[str, float]
    vector: Vectors | None
    pointed: Sequence[Article] = ()
    """Articles that the built-in knowledge rests on."""
    told: Mapping[str, float] = field(default_factory=dict)
    """Terms of what the built-in knowledge says."""
    closings: Sequence[str] = ()
    """Characters in which the items of a list end that the question asks for by a short name."""


class Library:
    """Reads the index that lies in a folder, as it was when this was opened. Safe to share between threads."""

    def __init__(self, folder: Path, near: VectorIndex | None, dimensions: int, stored_rows: StoredRows) -> None:
        """Raises ShelfUnusable or ValueError when what lies there cannot be read."""
        self._shelf, self._lexical, self._near = Shelf(folder), Lexical(folder), near
        self._dimensions, self._stored_rows = dimensions, stored_rows
        self._documents = self._shelf.documents()
        self._statistics = self._shelf.statistics()
        rows = np.array(self._shelf.clauses(), dtype=np.int64).reshape(-1, 2)
        self._clauses, self._owners = np.ascontiguousarray(rows[:, 0]), np.ascontiguousarray(rows[:, 1])
        self._kept: OrderedDict[int, tuple[Record, Halves | None]] = OrderedDict()
        self._lock = Lock()
        self._beside = ThreadPoolExecutor(1, "words")  # tantivy's and usearch's looks leave the interpreter to others
        regions = (document.region for document, _ in self._documents.values())
        self.local_regions = frozenset(region for region in regions if region and region != NATION)
        numbers = sorted(self._documents)
        self._made_for_graduates = np.array([self._documents[number][0].graduates >= _MADE_FOR_GRADUATES for number in numbers], dtype=np.bool_)
        self._sizes = np.array(numbers, dtype=np.int64), np.array([self._documents[number][1] for number in numbers], dtype=np.int64)

    def __len__(self) -> int:
        """How many clauses there are."""
        return len(self._clauses)

    @property
    def vectors_searched_by(self) -> str:
        """`usearch`, `pgvector`, or `nothing` while the length of the vectors is not known."""
        return self._near.kind if self._near else "nothing"

    def statistics_are_those_of(self, other: Library) -> bool:
        """Whether both count the same: what an index that grew has to hold against one built anew."""
        return self._statistics.packed() == other._statistics.packed()

    def close(self) -> None:
        self._beside.shutdown()
        self._shelf.close()

    def around(self, wanted: Wanted, most: int) -> Index:
        """The clauses likeliest by their words and by their meaning, half of `most` each, and by title and headings, a quarter: a short
        clause headed 参与对象 has no word of the question, its document's title has. All clauses where there are no more than `most`."""
        half = most // 2
        content_and_headings = self._beside.submit(self._by_content_and_headings, wanted.content)
        by_terms = self._lexical.best("clause", wanted.terms, half)
        near = self._nearest(wanted.vector)
        first = [
            by_terms.clauses,
            near.clauses[:half],
            self._lexical.best("clause", wanted.told, half // _HEADED).clauses,
            self._lexical.best("closings", dict.fromkeys(wanted.closings, 1.0), half // _HEADED).clauses,
        ]
        self._load(np.unique(np.concatenate(first)))  # read while the others are looked up; below they are in memory
        surroundings = Surroundings(*content_and_headings.result(), near, *self._sizes)
        chosen = [
            *first,
            surroundings.headings.clauses[: half // _HEADED],
            np.array([clause for article in wanted.pointed for clause in self._shelf.clauses_of(article)], dtype=np.int64),
            *(self._for_graduates(ranked)[: half // _HEADED] for ranked in (surroundings.content, surroundings.near)),
        ]
        records, vectors = self._load(self._clauses if len(self._clauses) <= most else np.unique(np.concatenate(chosen)))
        return close_up(records, vectors, self._dimensions, self._statistics, surroundings)

    def clauses_of(self, article: Article) -> list[ClauseEntry]:
        """The clauses that are parts of an article of a law, in order."""
        records, _ = self._load(np.array(self._shelf.clauses_of(article), dtype=np.int64))
        return [record.entry for record in records]

    def _by_content_and_headings(self, content: Mapping[str, float]) -> tuple[Ranked, Ranked]:
        return self._lexical.best("clause", content, WIDE), self._lexical.best("headings", content, WIDE)

    def _for_graduates(self, ranked: Ranked) -> NDArray[np.int64]:
        """Those of papers that are made for graduates: among thousands of articles of law they would else not be looked at."""
        numbers, _ = self._sizes
        places = np.minimum(np.searchsorted(numbers, ranked.documents), max(len(numbers) - 1, 0))
        return ranked.clauses[self._made_for_graduates[places] & (numbers[places] == ranked.documents)] if len(numbers) else ranked.clauses[:0]

    def _nearest(self, vector: Vectors | None) -> Ranked:
        if vector is None or self._near is None or len(vector) != self._dimensions:
            return Ranked(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32), complete=False)
        clauses, scores = self._near.nearest(vector, WIDE)
        documents = self._documents_of(clauses)
        known = documents >= 0
        return Ranked(clauses[known], documents[known], scores[known], complete=len(clauses) >= len(self._clauses))

    def _documents_of(self, clauses: NDArray[np.int64]) -> NDArray[np.int64]:
        """The document of each clause; -1 for one that is no longer there."""
        if not len(self._clauses):
            return np.full(len(clauses), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self._clauses, clauses), len(self._clauses) - 1)
        return np.where(self._clauses[places] == clauses, self._owners[places], -1)

    def _load(self, clauses: NDArray[np.int64]) -> tuple[list[Record], list[Halves | None]]:
        """The records in order of their ids, from memory or from the shelf, with the vectors of those that have them."""
        asked = np.sort(clauses).tolist()
        with self._lock:
            found = {clause: kept for clause in asked if (kept := self._kept.get(clause))}
            for clause in found:
                self._kept.move_to_end(clause)
        missing = [clause for clause in asked if clause not in found]
        if missing:
            read = self._read(missing)
            with self._lock:
                self._kept.update(read)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            found |= read
        loaded = [found[clause] for clause in asked if clause in found]
        return [record for record, _ in loaded], [vectors for _, vectors in loaded]

    def _read(self, clauses: Sequence[int]) -> dict[int, tuple[Record, Halves | None]]:
        """Records from the shelf, as far as they are there, with their vectors from the store."""
        rows = self._stored_rows(clauses) if self._dimensions else {}
        read: dict[int, tuple[Record, Halves | None]] = {}
        for record in self._shelf.records(clauses, self._documents):
            packed = rows.get(record.entry.id)
            read[record.entry.id] = (record, unpacked(packed, record.sentences + 1, self._dimensions) if packed else None)
        return read

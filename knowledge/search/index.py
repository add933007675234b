"""The index in memory: BM25 over clauses, their sentences and their titles and headings, and the sentences' vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.language.places import NATION
from knowledge.search.encoder import Encoder, Vectors
from knowledge.search.entries import ClauseEntry, group_by_document
from knowledge.search.sought import TermSets
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


@dataclass(frozen=True)
class Index:
    """Everything that is searched, built once for one revision of the knowledge."""

    entries: tuple[ClauseEntry, ...]
    clauses: TextField
    sentences: TextField
    headings: TextField
    sentence_clause: NDArray[np.int64]
    """For each sentence the index of its clause in `entries`."""
    sentence_start: NDArray[np.int64]
    """For each clause the index of its first sentence; one more entry at the end."""
    sentence_vectors: Vectors
    heading_vectors: Vectors
    sentence_terms: TermSets
    heading_terms: TermSets
    own_heading_terms: TermSets
    title_terms: TermSets
    """For each clause the terms of its document's title."""
    local_regions: frozenset[str]
    """The regions of local documents: those that a question can name to choose among them."""
    documents: dict[int, list[int]]
    clause_terms: TermSets


def build_index(entries: Sequence[ClauseEntry], encoder: Encoder, vectors: Sequence[Vectors | None]) -> Index:
    """Build the index; `vectors[i]` holds clause i's sentence vectors where they are stored, else they are computed."""
    texts = [entry.folded.text for entry in entries]
    sentences = [entry.sentence(i) for entry in entries for i in range(len(entry.sentences))]
    counts = [len(entry.sentences) for entry in entries]
    heading_texts = [" ".join([entry.document.title or entry.document.summary, *entry.headings]) for entry in entries]
    stored = [
        own if own is not None else encoder.encode([*(entry.sentence(i) for i in range(len(entry.sentences))), entry.heading or entry.path])
        for entry, own in zip(entries, vectors, strict=True)
    ]
    return Index(
        tuple(entries),
        TextField([" ".join([*entry.headings[-1:], text]) for entry, text in zip(entries, texts, strict=True)]),
        TextField(sentences),
        TextField(heading_texts),
        np.repeat(np.arange(len(entries)), counts),
        np.concatenate([[0], np.cumsum(counts)]),
        np.concatenate([rows[:-1] for rows in stored]),
        np.stack([rows[-1] for rows in stored]),
        TermSets(index_terms(sentence) for sentence in sentences),
        TermSets(index_terms(text) for text in heading_texts),
        TermSets(index_terms(entry.heading) for entry in entries),
        TermSets(index_terms(entry.document.title or "") for entry in entries),
        frozenset(entry.document.region for entry in entries if entry.document.region and entry.document.region != NATION),
        group_by_document(entries),
        TermSets(index_terms(text) for text in texts),
    )

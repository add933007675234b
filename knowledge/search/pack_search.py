"""Finding the entry of the built-in knowledge that a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from knowledge.language.places import NATION, bearing
from knowledge.language.question import Question, content_terms
from knowledge.pack.schema import PackEntry
from knowledge.search.encoder import Encoder, Vectors
from knowledge.search.sought import TermSets, sought_in
from knowledge.search.terms import index_terms, question_terms
from knowledge.search.text_field import TextField

THRESHOLD = 0.58
"""The score from which an entry is taken to be meant; chosen on questions of our own (docs/quality.md)."""
OWN = 0.05
"""What a school's own entry is ahead of a built-in one that fits as well."""


@dataclass(frozen=True)
class PackHit:
    """An entry and how well it fits, between 0 and about 1."""

    entry: PackEntry
    score: float


class PackIndex:
    """Lexical and dense search over the entries' titles and question variants, and their answers' words."""

    def __init__(self, entries: Sequence[PackEntry], encoder: Encoder, vectors: Vectors | None = None) -> None:
        self.entries = tuple(entries)
        variants = [(number, text) for number, entry in enumerate(self.entries) for text in variants_of(entry)]
        self._owner: NDArray[np.int64] = np.array([number for number, _ in variants])
        self._starts = np.searchsorted(self._owner, np.arange(len(self.entries)))
        self.vectors = vectors if vectors is not None else encoder.encode([text for _, text in variants])
        self._incidence, self._vocabulary = _incidence([frozenset(index_terms(text)) for _, text in variants])
        self._sizes = np.asarray(self._incidence.sum(axis=1)).ravel()
        self._contents = TermSets(index_terms(f"{entry.title}{entry.answer}{''.join(entry.questions)}") for entry in self.entries)
        self._field = TextField([" ".join([*variants_of(entry), entry.answer]) for entry in self.entries])

    def search(self, question: Question, vector: NDArray[np.float32], most: int = 3) -> list[PackHit]:
        """The `most` best entries, best first; entries of another province than the one named are left out."""
        dense = np.maximum.reduceat(self.vectors @ vector, self._starts)
        lexical = self._field.scores(question_terms(question.folded) or index_terms(question.folded))
        overlap = self._overlap(question)
        covered = self._coverage(question)
        scores = 0.45 * dense + 0.15 * lexical / (float(lexical.max(initial=0)) + 1e-6) + 0.2 * overlap + 0.2 * covered
        scores -= np.array([0.3 * self._foreign(question, entry) for entry in self.entries], dtype=np.float32)
        scores += np.array([OWN * (entry.school is not None) for entry in self.entries], dtype=np.float32)
        return [PackHit(self.entries[i], float(scores[i])) for i in np.argsort(-scores)[:most]]

    def _overlap(self, question: Question) -> NDArray[np.float32]:
        """The best overlap of the question's terms with one variant's, for each entry."""
        own = set(index_terms(question.folded))
        asked = np.zeros(len(self._vocabulary), dtype=np.float32)
        asked[[self._vocabulary[term] for term in own if term in self._vocabulary]] = 1.0
        by_variant = 2 * (self._incidence @ asked) / (len(own) + self._sizes + 1)
        return np.maximum.reduceat(by_variant, self._starts)

    def _coverage(self, question: Question) -> NDArray[np.float32]:
        """For each entry the share of the question's content, by rarity, that it holds itself or by a synonym."""
        sought = sought_in(question.folded, question_terms(question.folded), self._contents, index_terms)
        return sought.share(sought.held(self._contents))

    def _foreign(self, question: Question, entry: PackEntry) -> bool:
        if entry.region == NATION:
            return False
        return bearing(entry.region, question.regions) not in ("same", "above", "below")


def _incidence(texts: Sequence[frozenset[str]]) -> tuple[csr_matrix, dict[str, int]]:
    """Which text holds which term: a sparse matrix of ones, one row a text, and the columns of the terms."""
    vocabulary = {term: column for column, term in enumerate(sorted(set().union(*texts)))}
    rows = [row for row, terms in enumerate(texts) for _ in terms]
    columns = [vocabulary[term] for terms in texts for term in terms]
    return csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(texts), len(vocabulary))), vocabulary


def variants_of(entry: PackEntry) -> list[str]:
    """The texts by which an entry is found: its title and its question variants, without blanks."""
    return [re.sub(r"\s+", "", text) for text in (entry.title, *entry.questions)]


def asks_too_little(question: Question) -> bool:
    """Whether a question has no subject that one could look up."""
    return len(content_terms(question.folded)) == 0

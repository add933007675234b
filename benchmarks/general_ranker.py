"""A ranker for documents of any kind out of the product's parts: terms, folding, sentences, encoder, places. Its weights are learned where used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from core.text.folding import fold
from knowledge.language.places import bearing
from knowledge.language.question import analyse
from knowledge.language.regions import regions_in
from knowledge.search.encoder import Encoder
from knowledge.search.entries import sentence_spans
from knowledge.search.structure import common_run
from knowledge.search.terms import index_terms, question_terms

CANDIDATES = 30
"""The best documents by words that are looked at, half as many by their best sentence, a third by meaning."""
LONGEST_PASSAGE = 160
WINDOW = 3
OPENING = 80
FEATURES = (
    *("words", "content", "coverage", "sentence", "sentence_coverage", "window", "window_coverage", "opening", "opening_coverage"),
    *("dense", "dense_top3", "run", "fourgrams", "place", "other_place", "length"),
)

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """One question's documents (indices), their features, which are relevant, and how many relevant ones there are in all."""

    documents: NDArray[np.int64]
    values: Scores
    relevant: Scores
    total: int


class Bm25:
    """BM25 (Lucene's form) and coverage over a list of texts given as terms."""

    def __init__(self, texts: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> None:
        self._columns: dict[str, int] = {}
        pairs = [(row, self._columns.setdefault(term, len(self._columns))) for row, terms in enumerate(texts) for term in terms]
        rows, columns = np.array(pairs).reshape(-1, 2).T
        counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(self._columns)))
        counts.sum_duplicates()
        holders = np.bincount(counts.indices, minlength=len(self._columns))
        lengths = np.array([len(terms) for terms in texts])
        norms = np.repeat(k1 * (1 - b + b * lengths / lengths.mean()), np.diff(counts.indptr))
        held = counts.copy()
        held.data[:] = 1.0
        counts.data = counts.data / (counts.data + norms) * np.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))[counts.indices]
        self._weights, self._held = counts.tocsc(), held.tocsc()
        self._rarity = np.log((len(texts) + 1) / (holders + 0.5))

    def scores(self, terms: Sequence[str]) -> Scores:
        asked = np.zeros(len(self._columns))
        for term in terms:
            if term in self._columns:
                asked[self._columns[term]] += 1
        return np.asarray(self._weights @ asked)

    def coverage(self, terms: Sequence[str], unseen: float = 5.0) -> Scores:
        """The share of the terms, by rarity, that each text holds."""
        asked = np.zeros(len(self._columns))
        total = 0.0
        for term in dict.fromkeys(terms):
            column = self._columns.get(term)
            total += unseen if column is None else float(self._rarity[column])
            if column is not None:
                asked[column] = self._rarity[column]
        return np.asarray(self._held @ asked) / max(total, 1e-6)


def folded(text: str) -> str:
    """As the product folds: simplified, half width, without blanks where there is no Latin text."""
    return fold(text) if re.search("[A-Za-z]{3,}", text) else re.sub(r"\s+", "", fold(text))


class Collection:
    """Documents to search in, with their sentences and the vectors of these."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self._texts = [folded(text) for text in texts]
        self._encoder = encoder
        passages = [_passages(text) for text in self._texts]
        flat = [passage for own in passages for passage in own]
        self._start = np.cumsum([0, *map(len, passages)])[:-1]
        self._owner = np.repeat(np.arange(len(passages)), [len(own) for own in passages])
        windows = ["".join(own[at : at + WINDOW]) for own in passages for at in range(len(own))]
        self._documents, self._sentences, self._windows, self._openings = (
            Bm25([index_terms(text) or ["∅"] for text in part]) for part in (self._texts, flat, windows, [text[:OPENING] for text in self._texts])
        )
        self._vectors = np.concatenate([encoder.encode(flat[at : at + 64]) for at in range(0, len(flat), 64)])
        self._places = [regions_in(text[:OPENING]) for text in self._texts]

    def candidates(self, question: str, relevant: frozenset[int]) -> Candidates:
        """The candidates for a question, its features relative to the best document where they have no scale of their own."""
        asked = analyse(question, 2020)
        text = asked.folded
        every, content = index_terms(text), question_terms(text)
        dense = self._vectors @ self._encoder.encode([text])[0]
        columns = {
            "words": self._documents.scores(every),
            "content": self._documents.scores(content),
            "sentence": self._best(self._sentences.scores(every)),
            "window": self._best(self._windows.scores(every)),
            "opening": self._openings.scores(every),
        }
        columns = {name: scores / (scores.max() + 1e-6) for name, scores in columns.items()}
        columns |= {
            "coverage": self._documents.coverage(content),
            "sentence_coverage": self._best(self._sentences.coverage(content)),
            "window_coverage": self._best(self._windows.coverage(content)),
            "opening_coverage": self._openings.coverage(content),
            "dense": self._best(dense),
            "dense_top3": self._top(dense, 3),
        }
        sizes = {"words": CANDIDATES, "sentence": CANDIDATES // 2, "dense": CANDIDATES // 3}
        chosen = np.unique(np.concatenate([np.argsort(-columns[name])[:size] for name, size in sizes.items()]))
        near = np.array([self._closely(text, asked.regions, document) for document in chosen])
        values = np.column_stack([*(columns[name][chosen] for name in FEATURES if name in columns), near])
        return Candidates(chosen, values, np.array([float(document in relevant) for document in chosen]), len(relevant))

    def _closely(self, question: str, regions: tuple[str, ...], document: int) -> tuple[float, ...]:
        text = self._texts[document]
        grams = {question[at : at + 4] for at in range(len(question) - 3)}
        stands = {bearing(place, regions) for place in self._places[document]} if regions else set()
        same = bool(stands & {"same", "above", "below"})
        return (
            common_run(question, text) / (len(question) + 4),
            sum(gram in text for gram in grams) / max(len(grams), 1),
            float(same),
            float("other" in stands and not same),
            float(np.log(len(text) + 1)) / 8,
        )

    def _best(self, scores: Scores) -> Scores:
        return np.asarray(np.maximum.reduceat(scores, self._start))

    def _top(self, scores: Scores, most: int) -> Scores:
        order = np.lexsort((-scores, self._owner))
        place = np.arange(len(scores)) - self._start[self._owner]
        return np.asarray(np.add.reduceat(np.where(place < most, scores[order], 0.0), self._start)) / most


def _passages(text: str) -> list[str]:
    sentences = [text[start:end] for start, end in sentence_spans(text)] or [text or "∅"]
    return [sentence[at : at + LONGEST_PASSAGE] for sentence in sentences for at in range(0, len(sentence), LONGEST_PASSAGE)]


def learn(rows: Sequence[Candidates], strength: float = 0.03) -> Scores:
    """Weights that make a relevant document likely to be first: softmax over each question's candidates (Cao et al. 2007). `strength` was chosen
    on the five folds of covid_policy; from 0.02 to 0.1 it gains 0.5 points there over 0.003, on DRCD it makes no difference."""
    rows = [row for row in rows if row.relevant.any()]
    x = np.concatenate([row.values for row in rows])
    relevant = np.concatenate([row.relevant for row in rows])
    sizes = np.array([len(row.relevant) for row in rows])
    start, owner = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)
    scale = x.std(axis=0) + 1e-6
    z = x / scale

    def loss(v: Scores) -> tuple[float, Scores]:
        scores = z @ v
        shares = np.exp(scores - np.maximum.reduceat(scores, start)[owner])
        shares /= np.add.reduceat(shares, start)[owner]
        held = np.add.reduceat(shares * relevant, start) + 1e-12
        return float(-np.log(held).mean() + strength * v @ v), z.T @ (shares - shares * relevant / held[owner]) / len(sizes) + 2 * strength * v

    return np.asarray(minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x) / scale

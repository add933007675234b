"""Which of many texts hold what a question seeks: its content terms, weighed by rarity, themselves or by a synonym."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.synonyms import synonyms_in
from knowledge.search.terms import index_terms

UNSEEN = 5.0
"""The weight of a term that no text holds: as rare as can be."""

_NOBODY = np.zeros(0, dtype=np.int32)

Flags = NDArray[np.bool_]
Shares = NDArray[np.float32]


class Holders(Protocol):
    """Many texts, asked which of them hold which terms."""

    def holding_each(self, terms: Sequence[str]) -> Flags:
        """Which text holds which term, shape `(terms, texts)`."""


class Collection(Protocol):
    """A collection of texts, asked how rare terms are in it."""

    def weights(self, terms: Sequence[str]) -> Shares:
        """log((N + 1) / (n + 0.5)) of each term over all texts, or UNSEEN for one that none holds; shape `(terms,)`."""

    def known(self, terms: Sequence[str]) -> Flags:
        """Which terms any text holds."""


class TermSets:
    """The terms of many texts, asked the other way round: which texts hold a term."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        holders: dict[str, list[int]] = {}
        count = 0
        for position, terms in enumerate(texts):
            count += 1
            for term in set(terms):
                holders.setdefault(term, []).append(position)
        self._count = count
        self._holders = {term: np.array(positions, dtype=np.int32) for term, positions in holders.items()}

    def holding(self, terms: Iterable[str]) -> Flags:
        """For each text whether it holds all of the terms."""
        flags = np.ones(self._count, dtype=np.bool_)
        for term in terms:
            holders = self._holders.get(term)
            if holders is None:
                return np.zeros(self._count, dtype=np.bool_)
            other = np.zeros(self._count, dtype=np.bool_)
            other[holders] = True
            flags &= other
        return flags

    @cached_property
    def rarity(self) -> dict[str, float]:
        """log((N + 1) / (n + 0.5)) of each term."""
        return {term: float(np.log((self._count + 1) / (len(holders) + 0.5))) for term, holders in self._holders.items()}

    def weights(self, terms: Sequence[str]) -> Shares:
        return np.array([self.rarity.get(term, UNSEEN) for term in terms], dtype=np.float32)

    def holding_each(self, terms: Sequence[str]) -> Flags:
        """Which text holds which term, shape `(terms, texts)`."""
        held = np.zeros((len(terms), self._count), dtype=np.bool_)
        for row, term in zip(held, terms, strict=True):
            row[self._holders.get(term, _NOBODY)] = True
        return held

    def known(self, terms: Sequence[str]) -> Flags:
        return np.array([term in self._holders for term in terms], dtype=np.bool_)


@dataclass(frozen=True)
class Sought:
    """The content terms of a question, their weights (shape `(terms,)`), and for some of them what stands for them.

    `synonyms`: rows of terms, and the lists of terms each of which, held whole, stands for them.
    """

    terms: tuple[str, ...]
    weights: Shares
    synonyms: tuple[tuple[NDArray[np.int64], tuple[tuple[str, ...], ...]], ...]

    def held(self, sets: Holders) -> Flags:
        """Which text holds which term, shape `(terms, texts)`."""
        every = sets.holding_each(self._every)
        held, there = every[: len(self.terms)].copy(), np.asarray(every.any(axis=1)).tolist()
        for rows, others in self._synonyms:
            for places in others:
                if all(there[place] for place in places):
                    held[rows] |= every[places].all(axis=0)
        return held

    def share(self, held: Flags) -> Shares:
        """The share of what is sought, by weight, that each text holds; shape `(texts,)`."""
        total = float(self.weights.sum())
        return np.asarray(self.weights @ held / total if total else np.zeros(held.shape[1]), dtype=np.float32)

    def unseen(self, sets: Collection) -> float:
        """The share of terms that neither stand in any text nor have a synonym whose terms do."""
        known = sets.known(self._every)
        seen = known[: len(self.terms)].copy()
        for rows, others in self._synonyms:
            if any(known[places].all() for places in others):
                seen[rows] = True
        return float(self.share(~seen[:, None])[0])

    @cached_property
    def _every(self) -> list[str]:
        """The terms, and behind them those of the synonyms."""
        return [*self.terms, *dict.fromkeys(term for _, others in self.synonyms for other in others for term in other)]

    @cached_property
    def _synonyms(self) -> list[tuple[NDArray[np.int64], list[list[int]]]]:
        """The synonyms with places in `_every` instead of terms."""
        place = {term: len(self.terms) + position for position, term in enumerate(self._every[len(self.terms) :])}
        return [(rows, [[place[term] for term in other] for other in others]) for rows, others in self.synonyms]


def sought_in(text: str, content: Iterable[str], sets: Collection, terms_of: Callable[[str], Iterable[str]]) -> Sought:
    """What a folded question seeks: the terms of its `content`, weighed by their rarity in `sets`; `terms_of` splits a synonym into terms."""
    terms = tuple(dict.fromkeys(content))
    row = {term: position for position, term in enumerate(terms)}
    synonyms = (
        (
            np.array(sorted({row[term] for term in index_terms(word) if term in row}), dtype=np.int64),
            tuple(tuple(terms_of(other)) for other in others),
        )
        for word, others in synonyms_in(text).items()
    )
    return Sought(terms, sets.weights(terms), tuple((rows, others) for rows, others in synonyms if len(rows)))

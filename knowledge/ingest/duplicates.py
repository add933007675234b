"""Copies that change words: texts compared by their runs of three characters, found by MinHash sketches, measured on the runs themselves.

A sketch estimates the share of runs that two texts have in common (Broder 1997) with a standard deviation of at most 0.05 at 128 hashes;
comparing one with those of ten thousand papers takes a few milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.text.folding import fold_with_offsets
from knowledge.language.quantities import find_quantities

HASHES = 128
LIKELY = 0.18
"""The estimated share from which two texts are compared run by run."""
NEARLY_THE_SAME = 0.3
"""The share of common runs from which one text is a copy of the other: every sixth character changed still gives 0.4; two notices on the
same matter that were written apart give under 0.15."""

FORMALITIES = frozenset({"title", "addressees", "signature", "printed", "contact", "posted"})
"""Kinds of clauses that say nothing of the matter: they are not compared."""
_RUN = 3
_SHORTEST = 60
_MEANT = frozenset({"MONEY", "RATIO", "DATE", "PERIOD", "COUNT", "PHONE"})
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_random = np.random.Generator(np.random.PCG64(20240101))
_MULTIPLIERS = _random.integers(1, 2**63, HASHES, dtype=np.uint64) | np.uint64(1)
_ADDENDS = _random.integers(0, 2**63, HASHES, dtype=np.uint64)

Runs = NDArray[np.uint64]


def runs_of(text: str) -> Runs:
    """The distinct runs of three characters of a text, hashed; punctuation, blanks and the script do not count."""
    folded = re.sub(r"\W", "", fold_with_offsets(text).text)
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < _RUN:
        return np.empty(0, dtype=np.uint64)
    last = len(codes) - _RUN + 1
    hashed = codes[:last] * _PRIMES[0] ^ codes[1 : last + 1] * _PRIMES[1] ^ codes[2 : last + 2] * _PRIMES[2]
    return np.unique(hashed)


def sketch(runs: Runs) -> bytes | None:
    """128 numbers of 32 bits that stand for the runs; None for a text too short to be told from another."""
    if len(runs) < _SHORTEST:
        return None
    least = [int(((runs * multiplier + addend) >> np.uint64(32)).min()) for multiplier, addend in zip(_MULTIPLIERS, _ADDENDS, strict=True)]
    return np.array(least, dtype="<u4").tobytes()


class Sketches:
    """Sketches of the documents on file by their ids, kept while an import runs: each is read once, comparing with all is one step."""

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._table: NDArray[np.uint32] = np.empty((0, HASHES), dtype="<u4")
        self._changing = Lock()

    @property
    def last(self) -> int:
        """The highest id that is known."""
        return max(self._ids, default=0)

    def add(self, stored: Sequence[tuple[int, bytes]]) -> None:
        """Take in further sketches; those known already change nothing."""
        with self._changing:
            further = [(number, kept) for number, kept in stored if number > self.last]
            rows = np.frombuffer(b"".join(kept for _, kept in further), dtype="<u4").reshape(len(further), HASHES)
            self._table = np.concatenate([self._table, rows])
            self._ids = [*self._ids, *(number for number, _ in further)]

    def like(self, own: bytes) -> list[int]:
        """The ids of those that look like the own one, likeliest first."""
        with self._changing:
            table, ids = self._table, self._ids
        shares = (table == np.frombuffer(own, dtype="<u4")).mean(axis=1)
        return [ids[i] for i in np.argsort(-shares) if shares[i] >= LIKELY]


def common_share(one: Runs, other: Runs) -> float:
    """The share of their runs that two texts have in common, 0 to 1 (Jaccard)."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / max(1, len(one) + len(other) - common)


def differing_numbers(original: Sequence[tuple[str, str]], copy: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Where a copy's sums, dates and counts are not the original's; both as `(path, text)` of each clause, in order."""
    differences = []
    own = [(path, runs_of(text), _quantities(text)) for path, text in original]
    for path, text in copy:
        runs, said = runs_of(text), _quantities(text)
        if not own or not len(runs):
            continue
        share, twin = max(((common_share(runs, others), index) for index, (_, others, _) in enumerate(own)), default=(0.0, 0))
        if share < LIKELY or sorted(said) == sorted(own[twin][2]):
            continue
        only_original = [value for value in own[twin][2] if value not in said]
        only_copy = [value for value in said if value not in own[twin][2]]
        if only_original or only_copy:
            differences.append({"clause": own[twin][0], "copy_clause": path, "original": only_original, "copy": only_copy})
    return differences


def _quantities(text: str) -> list[str]:
    folded = re.sub(r"\s+", "", fold_with_offsets(text).text)
    return [folded[start:end] for label, start, end in find_quantities(folded) if label in _MEANT]

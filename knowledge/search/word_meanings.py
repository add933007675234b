"""How near the words of a question come to those of a text in meaning: 导员 to 辅导员, 跑 to 走访, though no synonym file names them.

Word by word, the way late interaction compares tokens (Khattab & Zaharia, ColBERT, 2020), but with fixed vectors of single words: a table
that is shipped (made by benchmarks/ranking/word_vectors.py), so that neither an import nor a question has anything to compute.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Vectors, default_encoder
from knowledge.search.records import Hashes, hash_of

FILE = "word_meanings.npz"
UNLIKE = 0.2
"""The cosine up to which two words have nothing to do with each other; chosen on questions of our own (docs/quality.md)."""

_REMEMBERED = 5000
_LAST_BITS = (1 << 20) - 1

Likeness = NDArray[np.float32]


@dataclass(frozen=True)
class WordMeanings:
    """`numbers`: the terms `w:…` as `records.hash_of` has them, sorted; `rows`: their vectors of unit length, shape `(terms, dimensions)`.

    `centre` (shape `(encoder's dimensions,)`) and `components` (shape `(dimensions, encoder's dimensions)`) make a vector of the bundled
    encoder one of the table's.
    """

    numbers: Hashes
    rows: Vectors
    centre: Vectors
    components: Vectors
    _latest: dict[str, Vectors] = field(default_factory=dict)

    def likeness(self, words: Sequence[str], terms: Hashes) -> Likeness:
        """How alike each word is to each term, 0 to 1, shape `(words, terms)`. A term that the table lacks is only like itself."""
        asked = np.array([hash_of(f"w:{word.lower()}") for word in words], dtype=np.uint32)
        alike = (asked[:, None] == terms[None, :]).astype(np.float32)
        places = self._places(terms)
        columns = np.flatnonzero(places >= 0)
        cosines = self._vectors(words, asked) @ self.rows[places[columns]].T
        alike[:, columns] = np.maximum(alike[:, columns], np.clip((cosines - UNLIKE) / (1 - UNLIKE), 0.0, 1.0))
        return np.asarray(alike, dtype=np.float32)

    def lacking(self, words: Sequence[str]) -> list[str]:
        """The words that the table lacks: their vectors are computed when they are asked for."""
        places = self._places(np.array([hash_of(f"w:{word.lower()}") for word in words], dtype=np.uint32))
        return [word for word, place in zip(words, places.tolist(), strict=True) if place < 0]

    def may_have(self, terms: Hashes) -> NDArray[np.bool_]:
        """Which terms the table may have, by their last bits: hardly any other."""
        return np.asarray(self._flags[terms & np.uint32(_LAST_BITS)], dtype=np.bool_)

    @cached_property
    def _flags(self) -> NDArray[np.bool_]:
        flags = np.zeros(_LAST_BITS + 1, dtype=np.bool_)
        flags[self.numbers & np.uint32(_LAST_BITS)] = True
        return flags

    def _vectors(self, words: Sequence[str], numbers: Hashes) -> Vectors:
        """The words' vectors; those that the table lacks, for people make words as they speak, are encoded."""
        places = self._places(numbers)
        rows = self.rows[places]
        lacking = [position for position, place in enumerate(places.tolist()) if place < 0]
        if lacking:
            rows[lacking] = self._made([words[position] for position in lacking])
        return rows

    def _made(self, words: Sequence[str]) -> Vectors:
        """Vectors of words that the table lacks; the latest are remembered, for people make the same ones again and again."""
        known = {word: row for word in words if (row := self._latest.get(word)) is not None}
        if new := [word for word in dict.fromkeys(words) if word not in known]:
            encoded = default_encoder().encode(new)
            known |= zip(new, _of_unit_length(np.asarray((encoded - self.centre) @ self.components.T, dtype=np.float32)), strict=True)
            if len(self._latest) + len(new) > _REMEMBERED:
                self._latest.clear()
            self._latest.update(known)
        return np.stack([known[word] for word in words])

    def _places(self, numbers: Hashes) -> NDArray[np.int64]:
        """Where the table has each number; -1 where it has it not."""
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where(self.numbers[places] == numbers, places, -1)


@lru_cache(maxsize=1)
def word_meanings() -> WordMeanings:
    """The table that comes with the project."""
    with np.load(io.BytesIO(resources.files("knowledge.search").joinpath(FILE).read_bytes())) as stored:
        centre, components = (stored[name].astype(np.float32) for name in ("centre", "components"))
        return WordMeanings(stored["numbers"], _of_unit_length(stored["rows"].astype(np.float32)), centre, components)


def _of_unit_length(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)

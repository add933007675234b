"""The trained half of the screen: a linear classifier over n-grams and sentence vectors, for what the patterns miss.

It is trained on bot/safety/texts when the screen is built (seconds), deterministically. The vectors of those texts can
be kept in a folder, so that the next build is faster; without one everything works the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.safety.lexicon import TEXTS, read_sections
from core.text.tfidf import SingleTextTfidf
from knowledge.search.kept import KeptVectors, kept_vectors

DANGER = "danger"
DISTRESS = "distress"
PASS = "pass"

_FAR_FROM_DANGER = -0.7
"""Margin of danger below which nobody asks of which kind it would be."""
_BATCH = 32
_SEED = 0


class Encoder(Protocol):
    """Turns texts into sentence vectors of one length."""

    def encode(self, texts: list[str]) -> Any: ...


@dataclass(frozen=True)
class Example:
    """A training text, what it is (`label`) and, if it tells of danger, of which kind (`topic`)."""

    text: str
    label: str
    topic: str


@dataclass(frozen=True)
class Judgement:
    """The margins by label (above 0: more likely than not), and the likeliest kind of danger, "" far from any."""

    margins: dict[str, float]
    topic: str


def examples(folder: Path = TEXTS) -> list[Example]:
    """The training texts; crisis and urgent are one label, danger, told apart by topic."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for section in read_sections(path):
            found += [Example(text, _label(path.stem, section.name), section.name) for text in section.lines]
    return found


def _label(file: str, section: str) -> str:
    if file in ("crisis", "urgent"):
        return DANGER
    return DISTRESS if section == DISTRESS else file


class Classifier:
    """Built once, from texts that went through the same plain forms as those to judge."""

    def __init__(self, training: list[Example], encoder: Encoder, cache: Path | None = None) -> None:
        """`cache`: a folder for sentence vectors, made when missing; without it, the process's."""
        self._encoder = encoder
        texts = [example.text for example in training]
        ngrams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2, dtype=np.float32)
        counts = ngrams.fit_transform(texts)
        kept = KeptVectors(cache) if cache else kept_vectors()
        vectors = kept.of("safety", _model_of(encoder), texts, lambda: _vectors(texts, encoder))
        features = hstack([counts, csr_matrix(vectors)]).tocsr()
        self._labels = _linear().fit(features, [example.label for example in training])
        self._single = SingleTextTfidf(ngrams)
        endangered = [row for row, example in enumerate(training) if example.label == DANGER]
        self._topics = _linear().fit(features[endangered], [training[row].topic for row in endangered])

    def judge(self, texts: list[str]) -> list[Judgement]:
        """How each text looks."""
        features = self._single.rows([(text,) for text in texts], _vectors(texts, self._encoder))
        margins = self._labels.decision_function(features)
        names = [str(name) for name in self._labels.classes_]
        near = margins[:, names.index(DANGER)].max() > _FAR_FROM_DANGER
        topics = self._topics.predict(features) if near else [""] * len(texts)
        return [
            Judgement({name: float(value) for name, value in zip(names, row, strict=True)}, str(topic))
            for row, topic in zip(margins, topics, strict=True)
        ]


def _linear() -> Any:
    return LinearSVC(C=1.0, class_weight="balanced", random_state=_SEED)


def _vectors(texts: list[str], encoder: Encoder) -> Any:
    batches = [encoder.encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
    return np.vstack(batches).astype(np.float32)


def _model_of(encoder: Encoder) -> str:
    return str(getattr(encoder, "name", type(encoder).__qualname__))

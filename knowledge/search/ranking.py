"""The reranker: a linear score over the features of `features.FEATURES`, its weights learned (benchmarks/ranking) and shipped as data."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from knowledge.language.question import Question
from knowledge.search.encoder import Encoder
from knowledge.search.entries import ClauseEntry
from knowledge.search.features import FEATURES, Judged, judge
from knowledge.search.library import Library
from knowledge.search.pointers import NOWHERE, Pointers


@dataclass(frozen=True)
class Hit:
    """A clause found: its score (higher is better, not a probability), its likeliest sentence, its features by name."""

    entry: ClauseEntry
    score: float
    sentence: int
    features: dict[str, float]


@dataclass(frozen=True)
class Found:
    """What a search gave: hits, best first, and the probability that the first of them answers the question."""

    question: Question
    hits: tuple[Hit, ...]
    answerable: float


@dataclass(frozen=True)
class Weights:
    """Learned weights: `ranking` one a feature, `answering` one a name in `ANSWERING` and last the intercept."""

    ranking: NDArray[np.float32]
    answering: NDArray[np.float32]


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the project; raises ValueError when they were learned for other features."""
    stored = json.loads(resources.files("knowledge.search").joinpath("weights.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != FEATURES or tuple(stored["answering_features"]) != ANSWERING:
        raise ValueError("weights.json was learned for other features: run benchmarks/ranking/train.py")
    return Weights(np.array(stored["ranking"], dtype=np.float32), np.array(stored["answering"], dtype=np.float32))


def search(
    library: Library,
    question: Question,
    encoder: Encoder,
    rival: float = 0.0,
    weights: Weights | None = None,
    most: int = 10,
    pointers: Pointers = NOWHERE,
) -> Found:
    """The `most` best clauses for a question.

    `rival` is how well the best entry of the built-in knowledge fits it; `pointers` is where the entries near it point to.
    """
    weights = weights or shipped_weights()
    judged = judge(library, question, encoder, pointers=pointers)
    scores = clause_scores(judged, weights.ranking)
    order = np.argsort(-scores)[:most]
    hits = tuple(
        Hit(
            judged.entries[i],
            float(scores[i]),
            int(judged.best_sentence[i]),
            dict(zip(FEATURES, map(float, judged.values[i]), strict=True)),
        )
        for i in order
    )
    return Found(question, hits, _probability(answering_features(question, judged, scores, rival), weights.answering))


def clause_scores(judged: Judged, ranking: NDArray[np.float32]) -> NDArray[np.float32]:
    """The score of each candidate: linear, and more for a clause headed by just what is asked (行动时间) in the document named."""
    named = np.sqrt(_column(judged, "title_share") * _column(judged, "title_rarity"))
    scores: NDArray[np.float32] = judged.values @ ranking + LABEL_IN_NAMED_DOCUMENT * _column(judged, "label_wanted") * named
    return scores


def _column(judged: Judged, feature: str) -> NDArray[np.float32]:
    return judged.values[:, FEATURES.index(feature)]


LABEL_IN_NAMED_DOCUMENT = 6.0
"""Chosen on questions of our own: too few ask for such clauses for the weight to be learned. A document is named by a rare word of its title
that is a good part of the question."""

ANSWERING = (
    "score",
    "margin",
    "coverage",
    "coverage_sentence",
    "rest_in_clause",
    "title_share",
    "dense",
    "dense_top3",
    "lexical",
    "lexical_share",
    "unseen",
    "wanted_missing",
    "wanted_in_sentence",
    "money_missing",
    "date_missing",
    "period_missing",
    "count_missing",
    "phone_missing",
    "other_missing",
    "region_other",
    "cohort_other",
    "year_other",
    "meta",
    "damaged",
    "terms",
    "common_run",
    "names_only",
    *(f"best_{name}" for name in FEATURES),
    "lead",
    "rival",
    "rival_elsewhere",
)


def answering_features(question: Question, judged: Judged, scores: NDArray[np.float32], rival: float) -> NDArray[np.float32]:
    """What tells an answerable question from one that only sounds like the documents, of the best clause and the whole search."""
    order = np.argsort(-scores)
    best = dict(zip(FEATURES, judged.values[order[0]], strict=True))
    entry = judged.entries[order[0]]
    missing = best["wanted_missing"]
    wants = question.wants
    text = entry.folded.text
    return np.array(
        [
            scores[order[0]],
            scores[order[0]] - scores[order[min(3, len(order) - 1)]],
            best["coverage"],
            best["coverage_sentence"],
            best["rest_in_clause"],
            best["title_share"],
            best["dense"],
            best["dense_top3"],
            judged.lexical_top / 20,
            judged.lexical_top / (4 + 2 * len(question.terms)),
            judged.unseen,
            missing,
            best["wanted_in_sentence"],
            _missing(missing, wants, "MONEY"),
            _missing(missing, wants, "DATE"),
            _missing(missing, wants, "PERIOD"),
            _missing(missing, wants, "COUNT"),
            float("PHONE" in wants and not any(word in text for word in ("电话", "联系方式", "热线", "联系人", "邮箱"))),
            float(bool({"RATIO", "ORDINAL", "DOC_NO"} & set(wants)) and missing),
            best["region_other"],
            best["cohort_other"],
            _other_year(question.years, entry),
            best["meta_wanted"],
            best["damaged"],
            min(len(question.terms), 12) / 12,
            best["common_run"],
            float(names_only(question.folded, text)),
            *judged.values[order[0]],
            scores[order[0]] - scores[order[min(1, len(order) - 1)]],
            rival,
            rival if best["basis"] == 0 else 0.0,
        ],
        dtype=np.float32,
    )


def _missing(missing: float, wants: Sequence[str], label: str) -> float:
    return float(missing) if label in wants else 0.0


def _other_year(years: Sequence[int], entry: ClauseEntry) -> float:
    """Whether the question names a year that neither the clause nor its document knows."""
    if not years:
        return 0.0
    issued = entry.document.issued_on
    known = {*entry.document.cohorts, *([issued.year] if issued else [])}
    return float(not any(year in known or str(year) in entry.folded.text for year in years))


def names_only(question: str, text: str) -> bool:
    """Whether the question asks for the items of an abbreviation (四不准, 两个100) that the text names but does not spell out."""
    asked = re.search(r"哪[两二三四五六七八九几]|分别|具体内容|具体是|逐条|都是(?:啥|什么)|是什么内容|包括", question)
    names = re.findall(r"[两二三四五六七八九](?:个)?(?:100|[\u4e00-\u9fff]{1,2})", question)
    if not asked or not names:
        return False
    quoted = [name for name in names if re.search(rf"[“\"「『]{re.escape(name)}", text)]
    return bool(quoted) and not any(_spelled(name, text) for name in quoted)


def _spelled(name: str, text: str) -> bool:
    """Whether a list of at least three items stands right before the name, or its last character closes several items."""
    sentence = re.split(r"[。;]", text[: text.find(name)])[-1]
    listed = re.search(r"(?:[\u4e00-\u9fff()]{1,12}[、,]){2,}[\u4e00-\u9fff()和及]{1,12}[“\"「『]$", sentence)
    return bool(listed) or len(re.findall(rf"[\u4e00-\u9fff]{{2,8}}{re.escape(name[-1])}[、,]", text)) >= 2


def _probability(features: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    return float(1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1]))))

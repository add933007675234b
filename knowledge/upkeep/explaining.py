"""Why a search found what it found: which words, which likeness, and what put one clause before the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.text.folding import fold
from knowledge.language.question import Question
from knowledge.search.entries import ClauseEntry
from knowledge.search.features import FEATURES
from knowledge.search.ranking import Found, Hit, Weights
from knowledge.search.synonyms import synonyms_in
from knowledge.upkeep.texts import BEYOND_FEATURES, FEATURE_NAMES

_DECIDING = 3
"""How many reasons for an order are told."""
_WORTH_TELLING = 0.01

Against = Literal["next", "previous", "nothing"]


@dataclass(frozen=True)
class Reason:
    """One thing that counted for a clause: its name and its points in the score."""

    name: str
    points: float


@dataclass(frozen=True)
class Explained:
    """A clause found and why: `ahead` is what it has before the one it is held `against`, `behind` the other way round."""

    document: str
    clause: str
    sentence: str
    score: float
    words: tuple[str, ...]
    """Words of the question that stand in the clause."""
    heading_words: tuple[str, ...]
    """Words that stand in its headings or its document's title alone."""
    synonyms: tuple[tuple[str, str], ...]
    """A word of the question, and the word of the clause that stands for it."""
    missing: tuple[str, ...]
    similarity: float
    """Cosine of the sentence vectors of question and best sentence, -1 to 1."""
    ahead: tuple[Reason, ...]
    behind: tuple[Reason, ...]
    against: Against

    def record(self) -> dict[str, Any]:
        """As JSON takes it."""
        reasons = {side: {reason.name: round(reason.points, 3) for reason in getattr(self, side)} for side in ("ahead", "behind")}
        return {**self.__dict__, **reasons, "score": round(self.score, 3), "similarity": round(self.similarity, 3)}


def explain(found: Found, weights: Weights) -> list[Explained]:
    """Each hit of a search with its reasons, best first."""
    points = [_points(hit, weights) for hit in found.hits]
    return [_explain(found.question, hit, _compare(points, place)) for place, hit in enumerate(found.hits)]


def _points(hit: Hit, weights: Weights) -> dict[str, float]:
    """What each feature gave to the score; what the sum does not explain stands under a name of its own."""
    given = {FEATURE_NAMES[name]: float(weight) * hit.features[name] for name, weight in zip(FEATURES, weights.ranking, strict=True)}
    return {**given, BEYOND_FEATURES: hit.score - sum(given.values())}


def _compare(points: Sequence[dict[str, float]], place: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...], Against]:
    """A hit held against the next one, the last against the one before it, a lone one against nothing."""
    other: dict[str, float] = {}
    against: Against = "nothing"
    if place + 1 < len(points):
        other, against = points[place + 1], "next"
    elif place > 0:
        other, against = points[place - 1], "previous"
    ordered = sorted(((name, own - other.get(name, 0.0)) for name, own in points[place].items()), key=lambda item: item[1])
    ahead = tuple(Reason(name, gain) for name, gain in reversed(ordered[-_DECIDING:]) if gain >= _WORTH_TELLING)
    behind = tuple(Reason(name, gain) for name, gain in ordered[:_DECIDING] if gain <= -_WORTH_TELLING)
    return ahead, behind, against


def _explain(question: Question, hit: Hit, order: tuple[tuple[Reason, ...], tuple[Reason, ...], Against]) -> Explained:
    entry = hit.entry
    text, above = entry.folded.text, fold("".join([entry.document.title or "", *entry.headings])).replace(" ", "")
    words = tuple(word for word in question.terms if word in text)
    heading_words = tuple(word for word in question.terms if word not in text and word in above)
    synonyms = tuple(_standing_for(question, text))
    explained = {*words, *heading_words, *(word for word, _ in synonyms)}
    return Explained(
        entry.document.display_title,
        entry.path,
        _sentence(entry, hit.sentence),
        hit.score,
        words,
        heading_words,
        synonyms,
        tuple(word for word in question.terms if word not in explained),
        hit.features["dense"],
        *order,
    )


def _standing_for(question: Question, text: str) -> list[tuple[str, str]]:
    """The words of the question that the clause says otherwise."""
    return [(word, other) for word, others in synonyms_in(question.folded).items() if word not in text for other in others if other in text]


def _sentence(entry: ClauseEntry, index: int) -> str:
    return entry.sentence(index) if entry.sentences else entry.folded.text

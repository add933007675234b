"""What the built-in knowledge points to: the articles its entries rest on and the words of the law for what a graduate says in his own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.search.articles import Article, law_name
from knowledge.search.pack_search import PackHit
from knowledge.search.terms import question_terms

_LEAST = 0.35
"""The score from which an entry is near enough to a question to say where to look."""
_MOST_WORDS = 60


@dataclass(frozen=True)
class Pointers:
    """`articles`: each with the score of the best entry that rests on it. `words`: index terms of what the nearest entry says."""

    articles: Mapping[Article, float] = field(default_factory=dict)
    words: tuple[str, ...] = ()


NOWHERE = Pointers()


def pointers_from(hits: Sequence[PackHit]) -> Pointers:
    """The pointers that the entries found for a question give, best first, as far as they are near enough to it."""
    near = [hit for hit in hits if hit.score >= _LEAST]
    articles: dict[Article, float] = {}
    for hit in near:
        for basis in hit.entry.basis:
            if basis.article:
                key = (law_name(basis.law), basis.article)
                articles[key] = max(articles.get(key, 0.0), hit.score)
    words = dict.fromkeys(term for hit in near[:1] for term in question_terms(hit.entry.title + hit.entry.answer) if term.startswith("w:"))
    return Pointers(articles, tuple(words)[:_MOST_WORDS])

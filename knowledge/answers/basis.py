"""The articles that built-in entries rest on, and where they stand in the documents on file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from knowledge.answers.standing import holds
from knowledge.pack.schema import PackEntry
from knowledge.search.articles import Article, article_of, law_name
from knowledge.search.entries import ClauseEntry
from knowledge.search.ranking import Hit
from knowledge.search.terms import index_terms

Articles = Callable[[Article], Sequence[ClauseEntry]]
"""Gives the clauses on file that are parts of an article, in order."""

MOST = 3


def articles_of(entry: PackEntry) -> list[Article]:
    """The articles that an entry rests on, in its order."""
    return [(law_name(basis.law), basis.article) for basis in entry.basis if basis.article]


def basis_on_file(entry: PackEntry, articles: Articles, today: date) -> list[Hit]:
    """The clauses on file that the entry rests on and that hold today; of each article the part and the sentence nearest to the answer."""
    said = frozenset(index_terms(f"{entry.title}{entry.answer}"))
    hits = []
    for article in articles_of(entry):
        parts = [clause for clause in articles(article) if holds(clause, today)]
        if parts:
            hits.append(max((_nearest(clause, said) for clause in parts), key=lambda hit: hit.score))
    return hits[:MOST]


def found_first(basis: Sequence[Hit], found: Hit) -> list[Hit]:
    """The clauses that an entry rests on, the article that the search found, where it is one of them, first and with the part that was found."""
    article = article_of(found.entry)
    others = [hit for hit in basis if article_of(hit.entry) != article]
    return [found, *others] if article is not None and len(others) < len(basis) else list(basis)


def _nearest(clause: ClauseEntry, said: frozenset[str]) -> Hit:
    shares = [len(said & frozenset(index_terms(clause.sentence(index)))) for index in range(len(clause.sentences))] or [0]
    best = max(range(len(shares)), key=lambda index: shares[index])
    return Hit(clause, float(shares[best]), best, {})

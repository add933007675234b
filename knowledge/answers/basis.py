"""The articles that built-in entries rest on, and where they stand in the documents on file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from core.text.folding import fold
from knowledge.answers.standing import holds
from knowledge.pack.schema import PackEntry
from knowledge.search.entries import ClauseEntry
from knowledge.search.ranking import Hit
from knowledge.search.terms import index_terms

Article = tuple[str, str]
"""A law's name as people say it and the article's number: (劳动合同法, 第十九条)."""
Articles = Mapping[Article, tuple[ClauseEntry, ...]]

MOST = 3

_NUMBER = re.compile("第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_ISSUED = re.compile("《([^《》]+)》的通知$")
_NOT_SAID = re.compile("[《》〈〉 ]|中华人民共和国")


def article_of(clause: ClauseEntry) -> Article | None:
    """The article that a clause is, or is a part of; None for a clause of anything that is not divided into articles."""
    number = _NUMBER.match(clause.path)
    return (_law_name(clause.document.title or ""), number.group()) if number else None


def articles_of(entry: PackEntry) -> list[Article]:
    """The articles that an entry rests on, in its order."""
    return [(_law_name(basis.law), basis.article) for basis in entry.basis if basis.article]


def articles_on_file(clauses: Iterable[ClauseEntry]) -> Articles:
    """The clauses by the article that they are a part of."""
    found: dict[Article, list[ClauseEntry]] = defaultdict(list)
    for clause in clauses:
        if article := article_of(clause):
            found[article].append(clause)
    return {article: tuple(parts) for article, parts in found.items()}


def basis_on_file(entry: PackEntry, articles: Articles, today: date) -> list[Hit]:
    """The clauses on file that the entry rests on and that hold today; of each article the part and the sentence nearest to the answer."""
    said = frozenset(index_terms(f"{entry.title}{entry.answer}"))
    hits = []
    for article in articles_of(entry):
        parts = [clause for clause in articles.get(article, ()) if holds(clause, today)]
        if parts:
            hits.append(max((_nearest(clause, said) for clause in parts), key=lambda hit: hit.score))
    return hits[:MOST]


def _nearest(clause: ClauseEntry, said: frozenset[str]) -> Hit:
    shares = [len(said & frozenset(index_terms(clause.sentence(index)))) for index in range(len(clause.sentences))] or [0]
    best = max(range(len(shares)), key=lambda index: shares[index])
    return Hit(clause, float(shares[best]), best, {})


def _law_name(title: str) -> str:
    name = fold(title)
    issued = _ISSUED.search(name)
    return _NOT_SAID.sub("", issued.group(1) if issued else name)

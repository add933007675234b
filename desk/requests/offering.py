"""What a counsellor may put into a reply: clauses and postings found by words, each with the reason where it may not be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.clock import Clock
from desk.errors import RequestRefused
from desk.requests import texts
from desk.requests.attaching import refusal_of
from knowledge.answers.composing import citations, standing_of
from knowledge.answers.model import Citation
from knowledge.errors import IndexMissing
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.wishes.reading import read_wish
from knowledge.postings.wishes.remaining import Remaining
from knowledge.search.ranking import Found

MOST = 8
"""More than fit on a phone nobody reads: other words find better."""


class ClauseSearch(Protocol):
    """What is needed of `knowledge.service.Knowledge`."""

    def find(self, text: str) -> Found | None: ...


class PostingSearch(Protocol):
    """What is needed of `knowledge.postings.service.Postings`."""

    def search(self, criteria: Criteria, *, limit: int = 5, exclude: Sequence[int] = ()) -> Any: ...


@dataclass(frozen=True)
class OfferedClause:
    """A clause found; `why_not` says why it may not be sent, `standing` how it stands today, in words."""

    id: int
    citation: Citation
    standing: str
    why_not: str | None


class Offering:
    """Searches for the reply box; either search is None where it could not be opened."""

    def __init__(self, clock: Clock, clauses: ClauseSearch | None, postings: PostingSearch | None) -> None:
        self._clock, self._clauses, self._postings = clock, clauses, postings

    def clauses(self, words: str) -> list[OfferedClause]:
        """The clauses that answer these words best. Raises RequestRefused where nothing can be searched now."""
        if self._clauses is None:
            raise RequestRefused("unavailable", texts.NO_SEARCH)
        try:
            found = self._clauses.find(words)
        except IndexMissing as missing:
            raise RequestRefused("unavailable", texts.NO_SEARCH) from missing
        today, hits = self._clock.today(), found.hits[:MOST] if found else ()
        cited = zip(hits, citations(hits, today), strict=True)
        return [OfferedClause(hit.entry.id, citation, standing_of(citation), refusal_of(hit.entry, today)) for hit, citation in cited]

    def postings(self, words: str) -> list[dict[str, Any]]:
        """The open postings that fit these words, as items of the contract; what may not fit says why. Raises RequestRefused."""
        if self._postings is None:
            raise RequestRefused("unavailable", texts.NO_SEARCH)
        wish = read_wish(Remaining(words), self._clock.today())
        conditions = wish.conditions or {"words": tuple(words.split())}
        found = self._postings.search(Criteria(**conditions), limit=MOST)
        return [view.as_item() for view in found.items if view.state == "open"]

"""Postings for a graduate in care: at least three that surely fit, or those a counsellor chose, logged; fewer open a follow-up and say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from desk.care import texts
from desk.care.access import graduate_for
from desk.care.files import CareFiles
from desk.care.models import Graduate
from desk.care.record import CareRecord
from desk.care.whose import reference_of
from desk.digest_content import PostingsSearch, sure
from desk.errors import CareRefused
from desk.models import Ticket
from desk.recommendations import MOST, WANTED, Recommendations
from desk.staff.policy import Actor
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.wishes.reading import read_wish
from knowledge.postings.wishes.remaining import Remaining
from knowledge.postings.wishes.wording import described

_OF_ONESELF = {"education", "major", "cohort", "past_cohort"}
"""Conditions that say who somebody is and not what they look for."""


class PostingsShelf(PostingsSearch, Protocol):
    """What recommending needs of the postings (`knowledge.postings.service.Postings`)."""

    def get_many(self, posting_ids: Sequence[int]) -> list[Any]: ...


@dataclass(frozen=True)
class Proposal:
    """What fits a file: the conditions in words, and the postings (views), best first."""

    conditions: str
    criteria: Criteria
    views: tuple[Any, ...]


class Recommending:
    """Proposes and records. What cannot be done raises CareRefused with a Chinese line."""

    def __init__(self, record: CareRecord, files: CareFiles, recommendations: Recommendations, shelf: PostingsShelf) -> None:
        self._record, self._files, self._recommendations, self._shelf = record, files, recommendations, shelf

    def propose(self, actor: Actor, graduate_id: int, words: str = "") -> Proposal:
        """What surely fits the file's wish, or `words` in its place. Nothing is kept. Raises CareRefused where no wish can be read."""
        criteria = self._criteria(actor, graduate_id, words)
        return Proposal(described(criteria), criteria, tuple(sure(self._shelf.search(criteria, limit=MOST))))

    def recommend(self, actor: Actor, graduate_id: int, posting_ids: Sequence[int], words: str = "") -> Ticket | None:
        """Log that these postings were recommended; with fewer than three a follow-up is opened, which comes back.

        An empty `posting_ids` says that nothing was found. Raises CareRefused for a posting that is not open today.
        """
        criteria = self._criteria(actor, graduate_id, words)
        chosen = list(dict.fromkeys(posting_ids))
        views = {view.id: view for view in self._shelf.get_many(chosen)}
        for posting_id in chosen:
            if posting_id not in views or views[posting_id].state != "open":
                raise CareRefused(texts.POSTING_GONE.format(id=posting_id))
        ticket = self._recommendations.record(reference_of(graduate_id), criteria, chosen, f"staff:{actor.staff_id}")
        self._record.write(lambda session: self._enter(session, actor, graduate_id, [views[one].title for one in chosen], ticket))
        return ticket

    def _enter(self, session: Any, actor: Actor, graduate_id: int, titles: list[str], ticket: Ticket | None) -> None:
        words = texts.RECOMMENDED.format(count=len(titles), titles="、".join(titles)) if titles else texts.RECOMMENDED_NONE
        few = texts.TOO_FEW.format(wanted=WANTED, ticket=ticket.number) if ticket else ""
        self._files.enter(session, actor, graduate_for(session, actor, graduate_id, to_change=True), "recommendation", words + few)

    def _criteria(self, actor: Actor, graduate_id: int, words: str) -> Criteria:
        with self._record.sessions() as session:
            graduate = graduate_for(session, actor, graduate_id)
            if graduate.closed_at is not None:
                raise CareRefused(texts.CLOSED)
        criteria = criteria_of(graduate, words, self._record.clock.today())
        if set(criteria.asked()) <= _OF_ONESELF:
            raise CareRefused(texts.NO_WISH)
        return criteria


def criteria_of(graduate: Graduate, words: str, today: date) -> Criteria:
    """A file's wish as the search takes it: what is looked for, and what the graduate has (degree, year)."""
    looked_for = words or f"{graduate.wish_place} {graduate.wish_work}"
    told = read_wish(Remaining(f"{looked_for} {graduate.degree}"), today).conditions
    year = {} if graduate.cohort is None or "cohort" in told else {"cohort": graduate.cohort}
    return Criteria(**{**told, **year})

"""Recommendations to graduates in care: at least three screened, unexpired postings, logged; where there are fewer, a person follows up.

The obligation is that of the province's plan for key groups ("推荐不少于3个"); nothing is padded in to reach the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk import push_texts as texts
from desk.digest_content import PostingsSearch, sure
from desk.models import Priority, Reason, Ticket
from desk.push_models import Recommendation
from desk.tickets import TicketRequest, Tickets
from desk.transcripts import Entry
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.wishes.wording import described

WANTED = 3
MOST = 5
ASSISTANT = "assistant"


@dataclass(frozen=True)
class Offer:
    """What was offered; `ticket` is the follow-up where there were fewer than wanted."""

    views: tuple[Any, ...]
    ticket: Ticket | None


class Recommendations:
    """Offers and their log. Methods may raise sqlalchemy.exc.SQLAlchemyError or DeskError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, tickets: Tickets) -> None:
        self._sessions, self._clock, self._tickets = sessions, clock, tickets

    def recommend(self, search: PostingsSearch, reference: str, criteria: Criteria, by: str, transcript: Sequence[Entry] = ()) -> Offer:
        """Offer what surely fits to a graduate in care, by the opaque `reference` of a conversation or a ledger; `by` says who offers."""
        views = sure(search.search(criteria, limit=MOST))
        ticket = self.record(reference, criteria, [int(view.id) for view in views], by, transcript)
        return Offer(tuple(views), ticket)

    def record(self, reference: str, criteria: Criteria, posting_ids: Sequence[int], by: str, transcript: Sequence[Entry] = ()) -> Ticket | None:
        """Log what was offered; with fewer than `WANTED` open a follow-up for a counsellor first, which comes back."""
        ticket = self._follow_up(reference, criteria, len(posting_ids), transcript) if len(posting_ids) < WANTED else None
        with self._sessions.begin() as session:
            session.add(
                Recommendation(
                    reference=reference,
                    by=by,
                    criteria=criteria.to_json(),
                    posting_ids=list(posting_ids),
                    wanted=WANTED,
                    ticket=ticket.number if ticket else None,
                    offered_at=self._clock.now(),
                )
            )
        return ticket

    def log(self, reference: str) -> list[Recommendation]:
        """What was offered to somebody, the latest first."""
        with self._sessions() as session:
            found = select(Recommendation).where(Recommendation.reference == reference).order_by(Recommendation.id.desc())
            return list(session.scalars(found))

    def erase(self, reference: str) -> int:
        """Remove what is kept about somebody's recommendations; how many rows went."""
        with self._sessions.begin() as session:
            result: Any = session.execute(delete(Recommendation).where(Recommendation.reference == reference))
            return int(result.rowcount)

    def export(self, reference: str) -> list[dict[str, Any]]:
        """What is kept about somebody's recommendations, as JSON."""
        return [
            {"at": each.offered_at.isoformat(), "by": each.by, "criteria": each.criteria, "postings": each.posting_ids, "ticket": each.ticket}
            for each in self.log(reference)
        ]

    def _follow_up(self, reference: str, criteria: Criteria, count: int, transcript: Sequence[Entry]) -> Ticket:
        """The request says what is looked for and how many there are, nothing of why somebody is in care."""
        summary = texts.SUMMARY_FEW.format(conditions=described(criteria), count=count, wanted=WANTED)
        request = TicketRequest(reference, texts.TOPIC_FEW, summary, transcript, Priority.HIGH, Reason.FOLLOW_UP)
        return self._tickets.register(request)

"""The raw rows that a report is counted from, narrowed to what a person may see. Nothing is counted here.

The conversations belong to `bot`, which the desk does not import; their two tables are named here by the columns that a report reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Select, and_, column, or_, select, table
from sqlalchemy.orm import Session

from core.database import UtcDateTime
from desk.care.access import visible
from desk.care.models import CareEntry, CareLink, Graduate
from desk.care.texts import CONTACTS
from desk.models import Ticket
from desk.push_models import Recommendation
from desk.reports.periods import Period
from desk.requests.models import GraduateProfile
from desk.staff.policy import Actor

CONVERSATIONS = table("conversations", column("id"), column("channel"), column("created_at", UtcDateTime()))
MESSAGES = table(
    "messages",
    column("id"),
    column("conversation_id"),
    column("role"),
    column("kind"),
    column("payload", JSON()),
    column("created_at", UtcDateTime()),
)
FEEDBACK = table("feedback", column("conversation_id"), column("helpful", Boolean()), column("created_at", UtcDateTime()))
_POLICY = "policy_answer"
_OUTDATED = frozenset({"expired", "superseded"})


@dataclass(frozen=True)
class Whose:
    """Where a conversation belongs, as far as it is known."""

    college: str | None = None
    cohort: int | None = None


@dataclass(frozen=True)
class Answered:
    """A policy answer: of which conversation, when, whether it answered, whether from an outdated paper."""

    conversation_id: str
    at: datetime
    outcome: str
    outdated: bool


@dataclass(frozen=True)
class Placement:
    """What of a care file is counted; no name, no number."""

    college: str
    cohort: int | None
    destination: str
    destination_on: date | None


@dataclass(frozen=True)
class Rows:
    """Everything of a period that one person may see."""

    whose: dict[str, Whose]
    conversations: list[tuple[str, datetime]]
    messages: int
    answers: list[Answered]
    helpful: list[bool]
    registered: list[Ticket]
    due: list[Ticket]
    """Requests whose promised time lies in the period, whenever they were registered."""
    rated: list[Ticket]
    placements: list[Placement]
    contacts: int
    recommendations: int


def collect(session: Session, actor: Actor, period: Period) -> Rows:
    """The rows of a period: what began, was said, registered, due or rated within it, and the care files as they are now."""
    whose = belongings(session)
    seen = _Seen(actor, whose)
    spoken = session.execute(select(MESSAGES.c.conversation_id).where(MESSAGES.c.role == "user", _within(MESSAGES.c.created_at, period)))
    return Rows(
        whose=whose,
        conversations=[
            (one.id, one.created_at)
            for one in session.execute(select(CONVERSATIONS).where(_within(CONVERSATIONS.c.created_at, period)))
            if seen(one.id)
        ],
        messages=sum(seen(row.conversation_id) for row in spoken),
        answers=[answer for answer in _answers(session, period) if seen(answer.conversation_id)],
        helpful=[row.helpful for row in session.execute(select(FEEDBACK).where(_within(FEEDBACK.c.created_at, period))) if seen(row.conversation_id)],
        registered=_tickets(session, actor, Ticket.created_at, period),
        due=_tickets(session, actor, Ticket.promise_due, period),
        rated=[ticket for ticket in _tickets(session, actor, Ticket.satisfaction_at, period) if ticket.satisfaction is not None],
        placements=[Placement(*row) for row in session.execute(visible(select(*_PLACEMENT), actor))],
        contacts=_count(session, visible(_entries(period), actor)),
        recommendations=_recommendations(session, actor, seen, period),
    )


def belongings(session: Session) -> dict[str, Whose]:
    """Where conversations belong: by the care file that they are linked to, else by what the graduate said."""
    whose = {row.conversation_id: Whose(row.college, row.cohort) for row in session.scalars(select(GraduateProfile))}
    linked = select(CareLink.conversation_id, Graduate.college, Graduate.cohort).join(Graduate, Graduate.id == CareLink.graduate_id)
    return whose | {conversation_id: Whose(college, cohort) for conversation_id, college, cohort in session.execute(linked)}


class _Seen:
    """Whether a conversation is one that this person may see."""

    def __init__(self, actor: Actor, whose: dict[str, Whose]) -> None:
        self._actor, self._whose = actor, whose

    def __call__(self, conversation_id: str) -> bool:
        return self._actor.sees(self._whose.get(conversation_id, Whose()).college)


_PLACEMENT = (Graduate.college, Graduate.cohort, Graduate.destination, Graduate.destination_on)


def answered(conversation_id: str, at: datetime, payload: dict[str, Any] | None) -> Answered:
    """A message of the kind `policy_answer` as it is counted."""
    payload = payload or {}
    outdated = bool(_OUTDATED & set(payload.get("warnings") or ())) and payload.get("outcome") == "answered"
    return Answered(conversation_id, at, str(payload.get("outcome") or ""), outdated)


def _answers(session: Session, period: Period) -> Iterable[Answered]:
    chosen = select(MESSAGES).where(MESSAGES.c.kind == _POLICY, _within(MESSAGES.c.created_at, period))
    for row in session.execute(chosen.execution_options(yield_per=1000)):
        yield answered(row.conversation_id, row.created_at, row.payload)


def _tickets(session: Session, actor: Actor, moment: Any, period: Period) -> list[Ticket]:
    chosen = select(Ticket).where(_within(moment, period), Ticket.joined_into_id.is_(None))
    if actor.only_college is not None:
        chosen = chosen.where(or_(Ticket.college.is_(None), Ticket.college == "", Ticket.college == actor.only_college))
    return list(session.scalars(chosen.order_by(Ticket.id)))


def _entries(period: Period) -> Select[int]:
    chosen = select(CareEntry.id).join(Graduate, Graduate.id == CareEntry.graduate_id)
    return chosen.where(CareEntry.kind.in_(sorted(CONTACTS)), _within(CareEntry.at, period))


def _recommendations(session: Session, actor: Actor, seen: _Seen, period: Period) -> int:
    theirs = {f"care:{number}" for number in session.scalars(visible(select(Graduate.id), actor))}
    references = session.scalars(select(Recommendation.reference).where(_within(Recommendation.offered_at, period)))
    return sum(reference in theirs if reference.startswith("care:") else seen(reference) for reference in references)


def _count(session: Session, chosen: Select[int]) -> int:
    return len(session.scalars(chosen).all())


def _within(moment: Any, period: Period) -> Any:
    return and_(moment >= period.begins, moment < period.ends)

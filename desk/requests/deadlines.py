"""Days that do not wait: when the three-party agreement, the move of a file or an application for a subsidy ends.

Staff keep them; a request that is about one goes before the ordinary ones once the day is near, and says in the inbox how many days are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from core.text.folding import fold
from desk.audit import Audit
from desk.errors import RequestRefused
from desk.models import Priority, Ticket
from desk.requests import texts
from desk.requests.models import Deadline
from desk.staff.policy import Actor
from desk.working_hours import promise_due


@dataclass(frozen=True)
class DeadlineWritten:
    """A deadline as staff write it: any of the `words` in a request makes the request about it; `college` None is for all."""

    title: str
    words: Sequence[str]
    day: date
    days_ahead: int
    college: str | None = None


@dataclass(frozen=True)
class DeadlineNear:
    """The deadline that a request is about, and how many days are left, that day not counted."""

    title: str
    day: date
    days_left: int


class Deadlines:
    """What staff do with the list; every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self._sessions, self._clock, self._audit = sessions, clock, audit

    def all(self) -> Sequence[Deadline]:
        """All of them, the next first, those that have passed last."""
        today = day_of(self._clock.now())
        with self._sessions() as session:
            return sorted(session.scalars(select(Deadline)), key=lambda each: (each.day < today, each.day, each.id))

    def save(self, actor: Actor, deadline_id: int | None, written: DeadlineWritten) -> Deadline:
        """Write a new one (`deadline_id` None) or change one. Raises RequestRefused."""
        words = list(dict.fromkeys(word.strip() for word in written.words if word.strip()))
        if not words or not written.title.strip():
            raise RequestRefused("invalid", texts.DEADLINE_WITHOUT_WORDS)
        if deadline_id is None and written.day < day_of(self._clock.now()):
            raise RequestRefused("invalid", texts.DEADLINE_PASSED)
        with self._sessions.begin() as session:
            row = Deadline() if deadline_id is None else _found(session, deadline_id)
            before = _facts(row) if deadline_id is not None else {}
            row.title, row.words, row.day, row.days_ahead = written.title.strip(), words, written.day, written.days_ahead
            row.college, row.updated_at = written.college or None, self._clock.now()
            session.add(row)
            session.flush()
            self._audit.record(session, actor, "deadline.save", f"deadline:{row.id}", before, _facts(row))
            return row

    def delete(self, actor: Actor, deadline_id: int) -> None:
        """Take one away; requests keep the priority that it gave them. Raises RequestRefused."""
        with self._sessions.begin() as session:
            row = _found(session, deadline_id)
            session.delete(row)
            self._audit.record(session, actor, "deadline.delete", f"deadline:{deadline_id}", _facts(row), {})


def near(session: Session, now: datetime) -> list[Deadline]:
    """The deadlines that are so near that they count, the nearest first."""
    today = day_of(now)
    coming = session.scalars(select(Deadline).where(Deadline.day >= today).order_by(Deadline.day, Deadline.id))
    return [each for each in coming if each.day - timedelta(days=each.days_ahead) <= today]


def attend(ticket: Ticket, deadlines: Iterable[Deadline], now: datetime) -> bool:
    """Have an open request go by the nearest deadline that it is about; whether that is new. Staff who lower it again are not overruled."""
    about = next((each for each in deadlines if _is_about(ticket, each)), None)
    if about is None or ticket.deadline_id == about.id:
        return False
    ticket.deadline_id = about.id
    if ticket.priority is Priority.NORMAL:
        ticket.priority = Priority.HIGH
        ticket.promise_due = min(ticket.promise_due, promise_due(Priority.HIGH, now))
    return True


def of_tickets(session: Session, tickets: Sequence[Ticket], now: datetime) -> dict[int, DeadlineNear]:
    """The coming deadlines of requests, by the request's id."""
    wanted = {ticket.deadline_id for ticket in tickets} - {None}
    today = day_of(now)
    known = {row.id: row for row in session.scalars(select(Deadline).where(Deadline.id.in_(wanted), Deadline.day >= today))} if wanted else {}
    rows = {ticket.id: known[ticket.deadline_id] for ticket in tickets if ticket.is_open and ticket.deadline_id in known}
    return {ticket_id: DeadlineNear(row.title, row.day, (row.day - today).days) for ticket_id, row in rows.items()}


def day_of(now: datetime) -> date:
    """The day in China."""
    return now.astimezone(CHINA).date()


def _is_about(ticket: Ticket, deadline: Deadline) -> bool:
    if deadline.college and ticket.college and deadline.college != ticket.college:
        return False
    said = fold(f"{ticket.topic}\n{ticket.summary}")
    return any(fold(word) in said for word in deadline.words)


def _found(session: Session, deadline_id: int) -> Deadline:
    row = session.get(Deadline, deadline_id)
    if row is None:
        raise RequestRefused("not_found", texts.NO_SUCH_DEADLINE)
    return row


def _facts(row: Deadline) -> dict[str, object]:
    return {"title": row.title, "words": list(row.words), "day": row.day.isoformat(), "days_ahead": row.days_ahead, "college": row.college}

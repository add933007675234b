"""Tickets as the console lists them: whose view, which filters, which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.chat import Chat
from desk.models import Priority, State, Status, Ticket
from desk.requests.changing import may_see, no_such_ticket
from desk.requests.deadlines import DeadlineNear, of_tickets
from desk.requests.models import Hold, TicketLabel, TicketNote
from desk.staff.models import Staff
from desk.staff.policy import Actor

View = Literal["inbox", "mine", "all", "snoozed", "resolved"]
MOST_WORDS = 5
_REAL = Clock()
_RANK = case({priority: priority.rank for priority in Priority}, value=Ticket.priority)


@dataclass(frozen=True)
class Wanted:
    """What to list; everything that is None does not narrow. `words` are all to be found, in topic, summary, notes, labels or conversation."""

    view: View = "inbox"
    words: str | None = None
    college: str | None = None
    category: str | None = None
    priority: Priority | None = None
    label: str | None = None
    state: State | None = None
    assignee: int | None = None


@dataclass(frozen=True)
class Row:
    """A ticket in a list, with what belongs to it."""

    ticket: Ticket
    labels: tuple[str, ...]
    assignee: Staff | None
    offered_to: Staff | None
    holder: Staff | None
    deadline: DeadlineNear | None = None


class Listing:
    """Reads tickets within the bounds of whoever looks; every method may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], chat: Chat, clock: Clock = _REAL) -> None:
        self._sessions, self._chat, self._clock = sessions, chat, clock

    def page(self, actor: Actor, wanted: Wanted, offset: int, limit: int) -> tuple[list[Row], int]:
        """Some rows of a list, and how many there are in all."""
        query = self._matching(actor, wanted)
        order = (_RANK, Ticket.promise_due, Ticket.id) if wanted.view in ("inbox", "mine") else (Ticket.updated_at.desc(), Ticket.id.desc())
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            tickets = session.scalars(query.order_by(*order).offset(offset).limit(limit)).all()
            return _rows(session, tickets, self._clock.now()), total

    def counts(self, actor: Actor) -> dict[str, int]:
        """How many tickets each view holds."""
        with self._sessions() as session:
            return {
                view: session.scalar(select(func.count()).select_from(self._matching(actor, Wanted(view)).subquery())) or 0
                for view in ("inbox", "mine", "snoozed", "all", "resolved")
            }

    def one(self, actor: Actor, number: str) -> Row:
        """One ticket. Raises RequestRefused where there is none that is theirs to see."""
        with self._sessions() as session:
            ticket = session.scalar(select(Ticket).where(Ticket.number == number))
            if ticket is None or not may_see(actor, ticket):
                raise no_such_ticket()
            return _rows(session, [ticket], self._clock.now())[0]

    def of(self, ticket: Ticket) -> Row:
        """What belongs to a ticket that is at hand."""
        with self._sessions() as session:
            return _rows(session, [ticket], self._clock.now())[0]

    def labels(self, actor: Actor) -> list[tuple[str, int]]:
        """The labels in use on tickets that are theirs to see, the most used first."""
        counted = (
            select(TicketLabel.label, func.count())
            .join(Ticket, Ticket.id == TicketLabel.ticket_id)
            .where(visible_to(actor))
            .group_by(TicketLabel.label)
        )
        with self._sessions() as session:
            found = [(label, count) for label, count in session.execute(counted)]
        return sorted(found, key=lambda each: (-each[1], each[0]))

    def _matching(self, actor: Actor, wanted: Wanted) -> Select[Ticket]:
        query = select(Ticket).where(visible_to(actor), _in_view(actor, wanted.view))
        for value, condition in (
            (wanted.college, Ticket.college == wanted.college),
            (wanted.category, Ticket.category == wanted.category),
            (wanted.priority, Ticket.priority == wanted.priority),
            (wanted.state, Ticket.state == wanted.state),
            (wanted.assignee, Ticket.assignee_id == wanted.assignee),
            (wanted.label, exists().where(TicketLabel.ticket_id == Ticket.id, TicketLabel.label == wanted.label)),
        ):
            if value is not None:
                query = query.where(condition)
        for word in (wanted.words or "").split()[:MOST_WORDS]:
            query = query.where(self._mentions(word))
        return query

    def _mentions(self, word: str) -> ColumnElement[bool]:
        """Compared as it stands: two characters are a word in Chinese, and an index of three-letter runs does not find them."""
        own = (Ticket.number, Ticket.topic, Ticket.summary, Ticket.category, Ticket.college)
        return or_(
            *(column.icontains(word, autoescape=True) for column in own),
            exists().where(TicketNote.ticket_id == Ticket.id, TicketNote.text.icontains(word, autoescape=True)),
            exists().where(TicketLabel.ticket_id == Ticket.id, TicketLabel.label.icontains(word, autoescape=True)),
            self._chat.conversation_mentions(Ticket.conversation_id, word),
        )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition of `may_see` for a list."""
    if actor.only_college is None:
        return true()
    own = or_(Ticket.college.is_(None), Ticket.college == "", Ticket.college == actor.only_college)
    return or_(own, Ticket.assignee_id == actor.staff_id, Ticket.offered_to_id == actor.staff_id)


def _in_view(actor: Actor, view: View) -> ColumnElement[bool]:
    still_open = Ticket.closed_at.is_(None)
    if view == "inbox":
        return and_(still_open, Ticket.status == Status.QUEUED)
    if view == "mine":
        mine = or_(Ticket.assignee_id == actor.staff_id, Ticket.offered_to_id == actor.staff_id)
        return and_(still_open, mine, Ticket.state != State.SNOOZED)
    if view == "snoozed":
        return and_(still_open, Ticket.state == State.SNOOZED)
    return Ticket.closed_at.is_not(None) if view == "resolved" else true()


def _rows(session: Session, tickets: Sequence[Ticket], now: datetime) -> list[Row]:
    deadlines = of_tickets(session, tickets, now)
    ids = [ticket.id for ticket in tickets]
    labels: dict[int, list[str]] = {}
    for each in session.scalars(select(TicketLabel).where(TicketLabel.ticket_id.in_(ids)).order_by(TicketLabel.label)):
        labels.setdefault(each.ticket_id, []).append(each.label)
    holders = {hold.ticket_id: hold.staff_id for hold in session.scalars(select(Hold).where(Hold.ticket_id.in_(ids)))}
    named = {number for ticket in tickets for number in (ticket.assignee_id, ticket.offered_to_id)} | set(holders.values())
    staff = {person.id: person for person in session.scalars(select(Staff).where(Staff.id.in_(named - {None})))}
    return [
        Row(
            ticket,
            tuple(labels.get(ticket.id, ())),
            staff.get(ticket.assignee_id or 0),
            staff.get(ticket.offered_to_id or 0),
            staff.get(holders.get(ticket.id, 0)),
            deadlines.get(ticket.id),
        )
        for ticket in tickets
    ]

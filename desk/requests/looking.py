"""One ticket opened at the console: its conversation, record, notes, who else looks at it, others of the same person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.chat import Chat, Spoken
from desk.models import Ticket, TicketEvent
from desk.requests import feed
from desk.requests.brief import Brief, brief_of
from desk.requests.listing import Listing, Row, visible_to
from desk.requests.models import TicketNote, TicketViewer
from desk.staff.models import Staff
from desk.staff.policy import Actor

SEEN_FOR = timedelta(seconds=45)
"""The console renews a look every fifteen seconds; after this somebody has gone."""
TYPING_FOR = timedelta(seconds=6)


@dataclass(frozen=True)
class Viewer:
    """A colleague who looks at the same ticket."""

    staff_id: int
    name: str
    typing: bool


@dataclass(frozen=True)
class Opened:
    """A ticket with everything that belongs to it."""

    row: Row
    conversation: list[Spoken]
    brief: Brief
    events: list[TicketEvent]
    notes: list[TicketNote]
    viewers: list[Viewer]
    names: dict[int, str]
    """Of the staff named in events and notes."""
    same_person: list[str]
    """Numbers of other open tickets with the same contact."""
    joined: list[str]
    """Numbers of tickets that were joined into this one."""


class Looking:
    """Opens tickets and knows who looks at them; `wall` is the real time."""

    def __init__(self, sessions: sessionmaker[Session], wall: Clock, chat: Chat, audit: Audit, listing: Listing) -> None:
        self._sessions, self._wall, self._chat, self._audit, self._listing = sessions, wall, chat, audit, listing

    def open(self, actor: Actor, number: str) -> Opened:
        """A ticket with all that belongs to it; that it was read is on record. Raises RequestRefused or a database error."""
        row = self._listing.one(actor, number)
        self._audit.record_alone(actor, "ticket.read", f"ticket:{number}")
        conversation = self._chat.messages(row.ticket.conversation_id)
        with self._sessions() as session:
            events = list(session.scalars(select(TicketEvent).where(TicketEvent.ticket_id == row.ticket.id).order_by(TicketEvent.id)))
            notes = list(session.scalars(select(TicketNote).where(TicketNote.ticket_id == row.ticket.id).order_by(TicketNote.id)))
            names = {person.id: person.display_name for person in session.scalars(select(Staff))}
            joined = list(session.scalars(select(Ticket.number).where(Ticket.joined_into_id == row.ticket.id).order_by(Ticket.id)))
            same = self._same_person(session, actor, row.ticket)
        return Opened(row, conversation, brief_of(row.ticket, conversation), events, notes, self.viewers(number), names, same, joined)

    def look(self, actor: Actor, number: str, *, typing: bool = False) -> list[Viewer]:
        """Somebody looks at a ticket, or types a reply; the others hear of it when it is news. Raises RequestRefused or a database error."""
        ticket, now = self._listing.one(actor, number).ticket, self._wall.now()
        assert actor.staff_id is not None
        with self._sessions.begin() as session:
            row = session.get(TicketViewer, (ticket.id, actor.staff_id), with_for_update=True)
            news = row is None or row.seen_at < now - SEEN_FOR or (typing and not _is_typing(row, self._wall))
            if row is None:
                row = TicketViewer(ticket_id=ticket.id, staff_id=actor.staff_id)
            row.seen_at = now
            if typing:
                row.typing_until = now + TYPING_FOR
            session.merge(row)
            if news:
                feed.tell(session, "viewers", now, ticket, {})
        return self.viewers(number)

    def leave(self, actor: Actor, number: str) -> None:
        """Somebody has closed a ticket. Raises RequestRefused or a database error."""
        ticket = self._listing.one(actor, number).ticket
        with self._sessions.begin() as session:
            row = session.get(TicketViewer, (ticket.id, actor.staff_id))
            if row is not None:
                session.delete(row)
                feed.tell(session, "viewers", self._wall.now(), ticket, {})

    def viewers(self, number: str) -> list[Viewer]:
        """Who looks at a ticket just now."""
        found = (
            select(TicketViewer, Staff.display_name)
            .join(Ticket, Ticket.id == TicketViewer.ticket_id)
            .join(Staff, Staff.id == TicketViewer.staff_id)
            .where(Ticket.number == number, TicketViewer.seen_at > self._wall.now() - SEEN_FOR)
            .order_by(TicketViewer.staff_id)
        )
        with self._sessions() as session:
            return [Viewer(row.staff_id, name, _is_typing(row, self._wall)) for row, name in session.execute(found)]

    def _same_person(self, session: Session, actor: Actor, ticket: Ticket) -> list[str]:
        if ticket.contact is None or not ticket.is_open:
            return []
        same = select(Ticket.number).where(Ticket.contact == ticket.contact, Ticket.id != ticket.id, Ticket.closed_at.is_(None), visible_to(actor))
        return list(session.scalars(same.order_by(Ticket.id)))


def _is_typing(row: TicketViewer, wall: Clock) -> bool:
    return row.typing_until is not None and row.typing_until > wall.now()

"""How staff change a ticket: locked, seen to be theirs to see, written or tried again, and told to whoever must hear of it.

Locks are taken in one order, conversation, ticket, feed, so that two who change the same never wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from core.clock import Clock
from desk import takeover
from desk.audit import Audit
from desk.chat import Chat, Said
from desk.errors import RequestRefused, TicketConflict
from desk.models import Status, Ticket
from desk.requests import texts
from desk.requests.models import Hold
from desk.requests.record import record, staff_actor, state_of
from desk.staff.models import Staff
from desk.staff.policy import Actor, Permission

_Result = TypeVar("_Result")
_ATTEMPTS = 8


@dataclass
class Change:
    """One ticket in the hands of one transaction."""

    session: Session
    actor: Actor
    ticket: Ticket
    hold: Hold | None
    """Who holds the ticket's conversation, by this ticket or another."""
    now: datetime
    chat: Chat
    audit: Audit
    in_chat: bool
    """Whether the conversation still is there."""

    def __post_init__(self) -> None:
        self._before = state_of(self.ticket)

    @property
    def holds(self) -> bool:
        """Whether the conversation is held for this ticket."""
        return self.hold is not None and self.hold.ticket_id == self.ticket.id

    def own(self) -> None:
        """Refuse whoever has not claimed the ticket; those who assign requests may act for the assignee."""
        self.refuse_closed()
        if self.ticket.assignee_id is None:
            raise RequestRefused("not_claimed", texts.NOBODY_HOLDS)
        if self.ticket.assignee_id != self.actor.staff_id and not self.actor.may(Permission.TICKETS_ASSIGN):
            raise self.not_the_holder()

    def not_the_holder(self) -> RequestRefused:
        """The refusal for whoever wants what only the holder may do."""
        holder = name_of(self.session, self.ticket.assignee_id)
        return RequestRefused("not_holder", texts.NOT_THE_HOLDER.format(holder=holder), holder)

    def refuse_closed(self) -> None:
        """Refuse what only an open ticket allows."""
        if not self.ticket.is_open:
            raise RequestRefused("closed", texts.CLOSED)

    def take_hold(self, staff_id: int) -> None:
        """Put the conversation into somebody's hands."""
        if self.in_chat:
            takeover.take(self.session, self.ticket.conversation_id, self.ticket.id, staff_id, self.now)

    def let_go(self) -> bool:
        """Give the conversation back to the bot if it is held for this ticket; whether it was."""
        held = self.holds
        if held:
            takeover.release(self.session, self.ticket.conversation_id)
        return held

    def say(self, *said: Said) -> None:
        """Tell the graduate."""
        if self.in_chat:
            self.chat.say(self.session, self.ticket.conversation_id, said)

    def done(self, action: str, more: dict[str, Any] | None = None) -> Ticket:
        """Put the change on record, the ticket's and the audit's."""
        record(self.session, self.ticket, staff_actor(self.actor.staff_id), action, self._before, self.now, more)
        if self.actor.staff_id is not None:
            after = state_of(self.ticket) | (more or {})
            self.audit.record(self.session, self.actor, f"ticket.{action}", f"ticket:{self.ticket.number}", self._before, after)
        return self.ticket


class Changing:
    """Opens changes; every change is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, chat: Chat, audit: Audit) -> None:
        self.sessions, self.clock, self.chat, self.audit = sessions, clock, chat, audit

    def change(self, actor: Actor, number: str, work: Callable[[Change], _Result]) -> _Result:
        """Run `work` on a ticket. Raises RequestRefused for one that is not there or not theirs to see, TicketConflict."""
        for _ in range(_ATTEMPTS):
            try:
                with self.sessions.begin() as session:
                    return work(self._opened(session, actor, number))
            except (IntegrityError, StaleDataError):
                continue
        raise TicketConflict(f"ticket {number} was changed by others {_ATTEMPTS} times in a row")

    def _opened(self, session: Session, actor: Actor, number: str) -> Change:
        conversation_id = session.scalar(select(Ticket.conversation_id).where(Ticket.number == number))
        if conversation_id is None:
            raise no_such_ticket()
        in_chat = self.chat.lock(session, conversation_id)
        found = select(Ticket).where(Ticket.number == number).with_for_update().execution_options(populate_existing=True)
        ticket = session.scalars(found).one()
        if not may_see(actor, ticket):
            raise no_such_ticket()
        return Change(session, actor, ticket, takeover.held(session, conversation_id), self.clock.now(), self.chat, self.audit, in_chat)


def may_see(actor: Actor, ticket: Ticket) -> bool:
    """Those of their college and of none, and what was given to them; the program itself sees all."""
    mine = actor.staff_id is not None and actor.staff_id in (ticket.assignee_id, ticket.offered_to_id)
    return mine or actor.sees(ticket.college)


def no_such_ticket() -> RequestRefused:
    """What is not there and what is not theirs to see are refused alike."""
    return RequestRefused("not_found", texts.NO_SUCH_TICKET)


def name_of(session: Session, staff_id: int | None) -> str:
    """What graduates and colleagues call somebody."""
    staff = session.get(Staff, staff_id) if staff_id is not None else None
    return staff.display_name if staff is not None else texts.WHO


def is_claimed(ticket: Ticket) -> bool:
    """Whether somebody has taken the ticket."""
    return ticket.status is Status.CLAIMED

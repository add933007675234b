"""What time does to requests: those put off come back, those left lying go to others, broken promises are owned up to, waiting ones are offered.

Every step looks again under the ticket's lock, so that several processes may do the rounds at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from desk import texts as desk_texts
from desk.chat import Said
from desk.errors import DeskError
from desk.models import Priority, State, Status, Ticket
from desk.requests import feed, texts
from desk.requests.changing import Change, Changing
from desk.requests.deadlines import attend, near
from desk.requests.feed import Feed
from desk.requests.handling import release_to_queue
from desk.requests.models import Deadline
from desk.requests.notices import HANDED_BACK, OFF_HOURS, notice
from desk.requests.routing import Candidate, candidates, choose, offer_stands, passed_over_by, with_one_more
from desk.staff.policy import system_actor
from desk.working_hours import URGENT_WITHIN, is_working_moment, working_time_between

SILENT_AFTER = timedelta(minutes=60)
"""Working time that somebody may leave a graduate waiting, where the setting says nothing else."""
LEAVE_CONTACT_COMMAND = "/leave_contact"
_PROGRAM = system_actor("职问")
_BATCH = 200


class Upkeep:
    """One round at a time; every step is a transaction of its own. Raises sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, changing: Changing, the_feed: Feed, silent_after: timedelta = SILENT_AFTER) -> None:
        self._changing, self._feed, self._silent_after = changing, the_feed, silent_after

    def work(self) -> None:
        """One round."""
        self.wake()
        self.take_from_the_silent()
        self.own_up()
        self.attend_deadlines()
        self.route()
        self._feed.prune()

    def wake(self) -> None:
        """Bring back what was put off until now."""
        due = Ticket.snoozed_until <= self._changing.clock.now()
        self._each((Ticket.state == State.SNOOZED) & due, _wake)

    def take_from_the_silent(self) -> None:
        """Put back into the queue what its assignee has let lie, and tell those who lead."""
        waiting = (Ticket.status == Status.CLAIMED) & (Ticket.state == State.OPEN) & Ticket.waiting_since.is_not(None)
        self._each(waiting, self._take_if_silent)

    def own_up(self) -> None:
        """Tell graduates whose promise was broken, once, and those who lead."""
        late = (Ticket.promise_due < self._changing.clock.now()) & Ticket.apologised_at.is_(None) & Ticket.answered_at.is_(None)
        self._each((Ticket.status == Status.QUEUED) & late, _own_up)

    def attend_deadlines(self) -> None:
        """Have what waits and is about a day that has come near go before the ordinary."""
        now = self._changing.clock.now()
        with self._changing.sessions() as session:
            coming = near(session, now)
            if not coming:
                return
            waiting = session.scalars(select(Ticket).where(Ticket.closed_at.is_(None), Ticket.answered_at.is_(None))).all()
            session.expunge_all()
        for ticket in waiting:
            if attend(ticket, coming, now):
                self._do(ticket.number, lambda change: _attended(change, coming))

    def route(self) -> None:
        """Offer what waits to those who are there, the most urgent first."""
        now = self._changing.clock.now()
        with self._changing.sessions() as session:
            present = candidates(session, now)
            waiting = session.scalars(select(Ticket).where(Ticket.closed_at.is_(None), Ticket.status == Status.QUEUED)).all()
        for ticket in sorted(waiting, key=lambda each: (each.priority.rank, each.promise_due, each.id)):
            if offer_stands(ticket, present, now):
                continue
            chosen = choose(ticket, present)
            if (
                (chosen is not None or ticket.offered_to_id is not None)
                and self._do(ticket.number, _offering(present, chosen))
                and chosen is not None
            ):
                present = with_one_more(present, chosen)

    def _take_if_silent(self, change: Change) -> bool:
        ticket = change.ticket
        if ticket.status is not Status.CLAIMED or ticket.state is not State.OPEN or not self._silent(ticket, change.now):
            return False
        assignee = ticket.assignee_id
        release_to_queue(change)
        change.say(notice(HANDED_BACK, texts.SILENT.format(number=ticket.number), ticket))
        feed.tell(change.session, "notice", change.now, ticket, {"code": "silent"}, leading=True)
        feed.tell(change.session, "notice", change.now, ticket, {"code": "taken_away"}, staff_id=assignee)
        change.done("requeued")
        return True

    def _silent(self, ticket: Ticket, now: datetime) -> bool:
        if ticket.waiting_since is None:
            return False
        if ticket.priority is Priority.URGENT:
            return now - ticket.waiting_since > URGENT_WITHIN
        return working_time_between(ticket.waiting_since, now) > self._silent_after

    def _each(self, condition: ColumnElement[bool], step: Callable[[Change], bool]) -> None:
        with self._changing.sessions() as session:
            found = select(Ticket.number).where(Ticket.closed_at.is_(None), condition).order_by(Ticket.id).limit(_BATCH)
            numbers = session.scalars(found).all()
        for number in numbers:
            self._do(number, step)

    def _do(self, number: str, step: Callable[[Change], bool]) -> bool:
        """One step on one ticket, whether it was done; what others are just changing waits for the next round."""
        try:
            return self._changing.change(_PROGRAM, number, lambda change: change.ticket.is_open and step(change))
        except DeskError:
            return False


def _wake(change: Change) -> bool:
    ticket = change.ticket
    if ticket.snoozed_until is None or ticket.snoozed_until > change.now:
        return False
    ticket.state, ticket.snoozed_until, ticket.waiting_since = State.OPEN, None, change.now
    feed.tell(change.session, "notice", change.now, ticket, {"code": "woken"}, staff_id=ticket.assignee_id)
    change.done("woken")
    return True


def _attended(change: Change, coming: list[Deadline]) -> bool:
    if not attend(change.ticket, coming, change.now):
        return False
    change.done("deadline_near")
    return True


def _own_up(change: Change) -> bool:
    ticket = change.ticket
    if ticket.status is not Status.QUEUED or ticket.apologised_at is not None or ticket.promise_due >= change.now:
        return False
    ticket.apologised_at = change.now
    code = "late" if is_working_moment(change.now) else OFF_HOURS
    change.say(notice(code, texts.nobody_came(ticket, change.now), ticket), *ask_for_contact(ticket))
    feed.tell(change.session, "notice", change.now, ticket, {"code": "overdue"}, leading=True)
    change.done("overdue")
    return True


def ask_for_contact(ticket: Ticket) -> list[Said]:
    """The offer to leave a contact, where there is none."""
    if ticket.contact is not None:
        return []
    options = [{"title": desk_texts.LEAVE_CONTACT, "value": LEAVE_CONTACT_COMMAND}]
    return [Said("choices", desk_texts.OFFER_CONTACT, {"options": options}, role="bot")]


def _offering(present: list[Candidate], chosen: Candidate | None) -> Callable[[Change], bool]:
    """Offer a ticket to whom was chosen, or take an offer back that nobody has taken."""

    def step(change: Change) -> bool:
        ticket = change.ticket
        if ticket.status is not Status.QUEUED or offer_stands(ticket, present, change.now):
            return False
        ticket.passed_over = passed_over_by(ticket)
        ticket.offered_to_id = chosen.staff_id if chosen is not None else None
        ticket.offered_at = change.now if chosen is not None else None
        if chosen is not None:
            feed.tell(change.session, "notice", change.now, ticket, {"code": "offered"}, staff_id=chosen.staff_id)
        change.done("offered" if chosen is not None else "offer_ended")
        return True

    return step

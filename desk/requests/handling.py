"""What staff do with a ticket: claim, return, transfer, hand back, snooze, resolve, reopen, priority, labels, notes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from core.clock import CHINA
from core.text.masking import mask
from desk.errors import RequestRefused
from desk.models import Priority, State, Status, Ticket
from desk.requests import feed, texts
from desk.requests.changing import Change, Changing, is_claimed, name_of
from desk.requests.models import TicketLabel, TicketNote
from desk.requests.notices import HANDED_BACK, TAKEN_OVER, notice, satisfaction_question
from desk.staff.models import Staff
from desk.staff.policy import POLICY, Actor, Permission
from desk.working_hours import promise_due

MOST_LABELS = 10
LONGEST_LABEL = 20
LONGEST_SNOOZE = timedelta(days=90)


class Handling:
    """Every method is one transaction, gives the ticket as it is then, and may raise RequestRefused, TicketConflict or a database error."""

    def __init__(self, changing: Changing) -> None:
        self._changing = changing

    def claim(self, actor: Actor, number: str) -> Ticket:
        """Take a ticket and its conversation: from now on the bot is silent there. Of two who claim at once one is refused, with the other's name."""
        return self._changing.change(actor, number, _claim)

    def give_back(self, actor: Actor, number: str) -> Ticket:
        """Return a ticket to the queue, for somebody else."""
        return self._changing.change(actor, number, _return)

    def hand_back(self, actor: Actor, number: str) -> Ticket:
        """Let the bot answer again and keep the ticket."""
        return self._changing.change(actor, number, _hand_back)

    def transfer(self, actor: Actor, number: str, to: int) -> Ticket:
        """Give a ticket, and its conversation if it is held, to a colleague."""
        return self._changing.change(actor, number, lambda change: _transfer(change, to))

    def snooze(self, actor: Actor, number: str, until: datetime) -> Ticket:
        """Put a ticket off until a moment (aware); a message of the graduate wakes it before."""
        return self._changing.change(actor, number, lambda change: _snooze(change, until))

    def resolve(self, actor: Actor, number: str, note: str | None = None) -> Ticket:
        """Close a ticket, tell the graduate, ask once how it was; `note` stays with the staff."""
        return self._changing.change(actor, number, lambda change: _resolve(change, note))

    def reopen(self, actor: Actor, number: str) -> Ticket:
        """Put a resolved ticket back into the queue, with a new promise."""
        return self._changing.change(actor, number, _reopen)

    def set_priority(self, actor: Actor, number: str, priority: Priority) -> Ticket:
        """Set the priority; a higher one brings the promised time forward, a lower one takes no promise back."""
        return self._changing.change(actor, number, lambda change: _set_priority(change, priority))

    def set_labels(self, actor: Actor, number: str, labels: list[str]) -> Ticket:
        """Put these labels on a ticket in place of those it has."""
        return self._changing.change(actor, number, lambda change: _set_labels(change, labels))

    def add_note(self, actor: Actor, number: str, text: str) -> TicketNote:
        """Add a private note; numbers that identify are masked."""
        return self._changing.change(actor, number, lambda change: _add_note(change, text))


def release_to_queue(change: Change) -> bool:
    """The ticket as it waits for somebody else; whether its conversation was held, and is not any more."""
    ticket = change.ticket
    if ticket.assignee_id is not None and ticket.assignee_id not in ticket.passed_over:
        ticket.passed_over = [*ticket.passed_over, ticket.assignee_id]
    ticket.status, ticket.state = Status.QUEUED, State.OPEN
    ticket.assignee_id = ticket.offered_to_id = ticket.claimed_at = ticket.waiting_since = ticket.snoozed_until = None
    if ticket.answered_at is not None:
        ticket.promise_due = promise_due(ticket.priority, change.now)
    return change.let_go()


def _claim(change: Change) -> Ticket:
    ticket, me = change.ticket, change.actor.staff_id
    assert me is not None
    change.refuse_closed()
    if ticket.assignee_id not in (None, me):
        raise _claimed_by(change, ticket.assignee_id)
    if change.hold is not None and change.hold.staff_id != me:
        raise _claimed_by(change, change.hold.staff_id)
    if ticket.assignee_id == me and change.holds:
        return ticket
    if not is_claimed(ticket):
        ticket.claimed_at = change.now
    ticket.status, ticket.state, ticket.assignee_id, ticket.offered_to_id = Status.CLAIMED, State.OPEN, me, None
    ticket.waiting_since = ticket.waiting_since or change.now
    ticket.snoozed_until = None
    change.take_hold(me)
    change.say(notice(TAKEN_OVER, texts.JOINED.format(name=change.actor.name, number=ticket.number), ticket))
    return change.done("claimed")


def _claimed_by(change: Change, staff_id: int | None) -> RequestRefused:
    holder = name_of(change.session, staff_id)
    return RequestRefused("already_claimed", texts.ALREADY_CLAIMED.format(holder=holder), holder)


def _return(change: Change) -> Ticket:
    change.own()
    if release_to_queue(change):
        change.say(notice(HANDED_BACK, texts.RETURNED.format(number=change.ticket.number), change.ticket))
    return change.done("returned")


def _hand_back(change: Change) -> Ticket:
    change.own()
    if not change.let_go():
        return change.ticket
    change.ticket.state, change.ticket.waiting_since = State.PENDING, None
    change.say(notice(HANDED_BACK, texts.HANDED_BACK.format(number=change.ticket.number), change.ticket))
    return change.done("handed_back")


def _transfer(change: Change, to: int) -> Ticket:
    ticket = change.ticket
    change.refuse_closed()
    if ticket.assignee_id != change.actor.staff_id and not change.actor.may(Permission.TICKETS_ASSIGN):
        raise change.not_the_holder()
    colleague = _who_may_take(change, to)
    before, was_held = ticket.assignee_id, change.holds
    ticket.status, ticket.state, ticket.assignee_id, ticket.offered_to_id = Status.CLAIMED, State.OPEN, to, None
    ticket.claimed_at = ticket.waiting_since = change.now
    ticket.snoozed_until = None
    if was_held:
        change.take_hold(to)
    said = texts.TRANSFERRED.format(name=colleague.display_name, number=ticket.number)
    change.say(notice(TAKEN_OVER if was_held else "transferred", said, ticket))
    feed.tell(change.session, "notice", change.now, ticket, {"code": "transferred"}, staff_id=to)
    if before is not None and before != change.actor.staff_id:
        feed.tell(change.session, "notice", change.now, ticket, {"code": "taken_away"}, staff_id=before)
    return change.done("transferred")


def _who_may_take(change: Change, to: int) -> Staff:
    colleague = change.session.get(Staff, to)
    if colleague is None or not colleague.active or colleague.role not in POLICY[Permission.TICKETS_WORK]:
        raise RequestRefused("no_such_colleague", texts.NO_SUCH_COLLEAGUE)
    if change.ticket.assignee_id == to:
        raise RequestRefused("same_colleague", texts.TO_THE_SAME.format(name=colleague.display_name))
    if colleague.leave_until is not None and colleague.leave_until >= change.now.astimezone(CHINA).date():
        raise RequestRefused("on_leave", texts.ON_LEAVE.format(name=colleague.display_name))
    return colleague


def _snooze(change: Change, until: datetime) -> Ticket:
    change.own()
    if until <= change.now:
        raise RequestRefused("invalid", texts.SNOOZE_IN_THE_PAST)
    if until > change.now + LONGEST_SNOOZE:
        raise RequestRefused("invalid", texts.SNOOZE_TOO_LONG)
    ticket = change.ticket
    ticket.state, ticket.snoozed_until, ticket.waiting_since = State.SNOOZED, until, None
    if change.let_go():
        said = texts.SNOOZED.format(until=texts.moment(until), number=ticket.number)
        change.say(notice(HANDED_BACK, said, ticket))
    return change.done("snoozed")


def _resolve(change: Change, note: str | None) -> Ticket:
    change.own()
    if note:
        _store_note(change, note)
    close(change)
    return change.done("resolved")


def close(change: Change) -> None:
    """Resolve the ticket: an answer at the latest now, the conversation given back, the graduate told and asked once how it was."""
    ticket = change.ticket
    answered(change)
    ticket.status, ticket.state, ticket.closed_at = Status.RESOLVED, State.RESOLVED, change.now
    ticket.waiting_since = ticket.snoozed_until = ticket.offered_to_id = None
    change.let_go()
    said = [notice(HANDED_BACK, texts.ENDED.format(number=ticket.number), ticket)]
    if ticket.satisfaction_asked_at is None and change.in_chat:
        ticket.satisfaction_asked_at = change.now
        said.append(satisfaction_question(ticket))
    change.say(*said)


def answered(change: Change) -> None:
    """A person has answered; the first time says whether the promise was kept."""
    ticket = change.ticket
    ticket.waiting_since = None
    if ticket.answered_at is None:
        ticket.answered_at, ticket.promise_kept = change.now, change.now <= ticket.promise_due


def _reopen(change: Change) -> Ticket:
    ticket = change.ticket
    if ticket.is_open:
        raise RequestRefused("not_closed", texts.NOT_CLOSED)
    if ticket.status is Status.WITHDRAWN:
        raise RequestRefused("withdrawn", texts.WITHDRAWN)
    another = change.session.scalar(
        select(Ticket.number).where(Ticket.conversation_id == ticket.conversation_id, Ticket.queue == ticket.queue, Ticket.closed_at.is_(None))
    )
    if another is not None:
        raise RequestRefused("another_open", texts.ANOTHER_OPEN.format(number=another))
    ticket.status, ticket.state, ticket.closed_at, ticket.joined_into_id = Status.QUEUED, State.OPEN, None, None
    ticket.assignee_id = ticket.claimed_at = ticket.apologised_at = None
    ticket.passed_over = []
    ticket.promise_due = promise_due(ticket.priority, change.now)
    due = texts.moment(ticket.promise_due)
    change.say(notice("reopened", texts.REOPENED.format(number=ticket.number, due=due), ticket))
    return change.done("reopened")


def _set_priority(change: Change, priority: Priority) -> Ticket:
    change.refuse_closed()
    ticket = change.ticket
    if ticket.priority is priority:
        return ticket
    if priority.rank < ticket.priority.rank:
        ticket.promise_due = min(ticket.promise_due, promise_due(priority, change.now))
    ticket.priority = priority
    return change.done("priority_set")


def _set_labels(change: Change, labels: list[str]) -> Ticket:
    wanted = list(dict.fromkeys(mask(word)[:LONGEST_LABEL] for label in labels if (word := " ".join(label.split()))))
    if len(wanted) > MOST_LABELS:
        raise RequestRefused("invalid", texts.TOO_MANY_LABELS.format(most=MOST_LABELS))
    change.session.execute(delete(TicketLabel).where(TicketLabel.ticket_id == change.ticket.id))
    change.session.add_all(TicketLabel(ticket_id=change.ticket.id, label=word) for word in wanted)
    return change.done("labelled", {"labels": len(wanted)})


def _add_note(change: Change, text: str) -> TicketNote:
    note = _store_note(change, text)
    change.done("noted", {"note": note.id})
    return note


def _store_note(change: Change, text: str) -> TicketNote:
    words = mask(text).strip()
    if not words:
        raise RequestRefused("invalid", texts.EMPTY)
    assert change.actor.staff_id is not None
    note = TicketNote(ticket_id=change.ticket.id, staff_id=change.actor.staff_id, text=words, created_at=change.now)
    change.session.add(note)
    change.session.flush()
    return note

"""Requests for a person: registered once, raised when they become more urgent, withdrawn, asked after.

Everything is safe to repeat and safe against another process doing the same at the same moment: the database holds
one open ticket of a conversation in each queue (a partial unique index), and a version number on every ticket.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from core.clock import CHINA, Clock
from core.text.masking import mask
from desk import takeover
from desk.care.models import Graduate
from desk.care.whose import graduate_of
from desk.errors import TicketConflict
from desk.models import Priority, Queue, Reason, Satisfaction, State, Status, Ticket
from desk.requests import feed
from desk.requests.belonging import belonging_of, opened_for
from desk.requests.categories import category_of
from desk.requests.deadlines import attend, near
from desk.requests.models import Hold
from desk.requests.record import GRADUATE, record, state_of
from desk.transcripts import TRANSCRIPT_ENTRIES, Entry, merged
from desk.working_hours import promise_due

_Result = TypeVar("_Result")

_TOPIC_LENGTH = 120
_SUMMARY_LENGTH = 2000
_ATTEMPTS = 8

# No 0/O, 1/I/L: the number is read aloud on the phone.
_NUMBER_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

_QUEUES = {
    Reason.COMPLAINT: Queue.COMPLAINT,
    Reason.DATA_DELETION: Queue.DATA_DELETION,
    Reason.DATA_EXPORT: Queue.DATA_EXPORT,
    Reason.FOLLOW_UP: Queue.FOLLOW_UP,
}


@dataclass(frozen=True)
class TicketRequest:
    """What is to be registered; texts may be given as the graduate wrote them, they are masked before they are stored.

    `transcript` entries are `{"role": "user|bot|counsellor|system", "text", "at": ISO time}`, oldest first.
    """

    conversation_id: str
    topic: str
    summary: str
    transcript: Sequence[Entry]
    priority: Priority = Priority.NORMAL
    reason: Reason = Reason.REQUESTED


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did: the ticket taken back, the urgent one that stays for a person, the others still open."""

    withdrawn: Ticket | None
    kept: Ticket | None
    still_open: tuple[Ticket, ...] = ()


class Tickets:
    """The desk's front door for the graduate's side; every method is one transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    def register(self, request: TicketRequest) -> Ticket:
        """Put a request on record and return its ticket.

        While one is open in the same queue the request joins it (`ticket.times_asked` counts): the conversation and
        the new question are added, and a more urgent priority raises the ticket and shortens its promise.
        Raises `TicketConflict` when others kept changing the ticket; database errors pass through, nothing half-stored.
        """
        request = _masked(request)

        def attempt(session: Session) -> Ticket:
            ticket = self._open(session, request.conversation_id, _queue(request.reason))
            if ticket is None:
                return self._create(session, request)
            return self._join(session, ticket, request)

        return self._write(attempt)

    def opened_for(self, conversation_id: str, college: str) -> None:
        """A conversation was opened for a college; one that nobody at the desk works for changes nothing."""
        with self._sessions.begin() as session:
            opened_for(session, conversation_id, college, self._clock.now())

    def status(self, conversation_id: str) -> Ticket | None:
        """The ticket that matters most to the graduate: the most urgent open one, else the latest; None without any."""
        opened = self.open_tickets(conversation_id)
        if opened:
            return opened[0]
        with self._sessions() as session:
            latest = select(Ticket).where(Ticket.conversation_id == conversation_id).order_by(Ticket.id.desc())
            return session.scalars(latest.limit(1)).first()

    def open_tickets(self, conversation_id: str) -> list[Ticket]:
        """All open tickets of a conversation, the most urgent first, then the newest."""
        with self._sessions() as session:
            return _most_urgent_first(session.scalars(_of(conversation_id)))

    def withdraw(self, conversation_id: str) -> Withdrawal:
        """Take back the newest open ticket that the graduate may take back.

        An urgent ticket is never closed by a message alone, which somebody else may have typed: it stays for a person,
        and the wish is recorded.
        """

        def attempt(session: Session) -> Withdrawal:
            opened = _most_urgent_first(session.scalars(_locked(_of(conversation_id))))
            kept = next((ticket for ticket in opened if ticket.priority is Priority.URGENT), None)
            ours = sorted((ticket for ticket in opened if ticket is not kept), key=lambda ticket: -ticket.id)
            if ours:
                self._close(session, ours[0])
            elif kept is not None:
                self._record(session, kept, "withdrawal_asked", state_of(kept))
            return Withdrawal(ours[0] if ours else None, kept, tuple(ours[1:]))

        return self._write(attempt)

    def add_contact(self, conversation_id: str, contact: str, consented_at: datetime) -> Ticket | None:
        """Store how to reach the graduate on every open ticket of theirs, with the time (aware) of their consent.

        Returns the most urgent of these tickets; None, and nothing is stored, when none is open.
        """

        def attempt(session: Session) -> Ticket | None:
            opened = _most_urgent_first(session.scalars(_locked(_of(conversation_id))))
            for ticket in opened:
                before = state_of(ticket)
                ticket.contact, ticket.contact_consented_at = contact, consented_at
                self._record(session, ticket, "contact_added", before)
            return opened[0] if opened else None

        return self._write(attempt)

    def rate(self, number: str, rating: Satisfaction) -> bool:
        """Keep what the graduate thought of how a request was handled; False where that was said before, or never asked."""

        def attempt(session: Session) -> bool:
            ticket = session.scalars(select(Ticket).where(Ticket.number == number).with_for_update()).one_or_none()
            if ticket is None or ticket.satisfaction_asked_at is None or ticket.satisfaction is not None:
                return False
            before = state_of(ticket)
            ticket.satisfaction, ticket.satisfaction_at = rating, self._clock.now()
            record(session, ticket, GRADUATE, "rated", before, self._clock.now(), {"satisfaction": rating.value})
            if rating is Satisfaction.DISSATISFIED:
                feed.tell(session, "notice", self._clock.now(), ticket, {"code": "dissatisfied"}, leading=True)
            return True

        return self._write(attempt)

    @staticmethod
    def handoff_payload(ticket: Ticket) -> dict[str, str]:
        """The payload of a `handoff` message; a withdrawn ticket counts as resolved there."""
        status = Status.RESOLVED if ticket.status is Status.WITHDRAWN else ticket.status
        return {
            "ticket": ticket.number,
            "status": status.value,
            "priority": ticket.priority.value,
            "promise_due": ticket.promise_due.astimezone(CHINA).isoformat(),
        }

    def _write(self, attempt: Callable[[Session], _Result]) -> _Result:
        """Run `attempt` in a transaction; when another writer was faster, run it again on what they left."""
        for _ in range(_ATTEMPTS):
            try:
                with self._sessions.begin() as session:
                    return attempt(session)
            except (IntegrityError, StaleDataError):
                continue
        raise TicketConflict(f"the ticket was changed by others {_ATTEMPTS} times in a row; try again")

    def _create(self, session: Session, request: TicketRequest) -> Ticket:
        now = self._clock.now()
        college, cohort = belonging_of(session, request.conversation_id, _own_words(request), now)
        if (graduate := graduate_of(session, request.conversation_id)) is not None:
            college, cohort = graduate.college, graduate.cohort or cohort
        priority = _with_key_group(request.priority, graduate)
        ticket = Ticket(
            number=_new_number(now),
            conversation_id=request.conversation_id,
            queue=_queue(request.reason),
            reason=request.reason,
            priority=priority,
            status=Status.QUEUED,
            state=State.OPEN,
            college=college,
            cohort=cohort,
            category=category_of(request.topic, request.summary, request.reason),
            passed_over=[],
            topic=request.topic,
            summary=request.summary,
            transcript=[dict(entry) for entry in request.transcript],
            times_asked=1,
            promise_due=promise_due(priority, now),
            created_at=now,
            updated_at=now,
        )
        attend(ticket, near(session, now), now)
        session.add(ticket)
        session.flush()
        self._record(session, ticket, "registered", {})
        if ticket.priority is Priority.URGENT:
            self._warn(session, ticket)
        return ticket

    def _join(self, session: Session, ticket: Ticket, request: TicketRequest) -> Ticket:
        before = state_of(ticket)
        ticket.times_asked += 1
        ticket.transcript = merged(ticket.transcript, request.transcript)
        ticket.summary = _added(ticket.summary, request.summary)
        raised = _more_urgent(request, ticket)
        if raised:
            ticket.topic, ticket.reason, ticket.priority = request.topic, request.reason, request.priority
            ticket.promise_due = min(ticket.promise_due, promise_due(request.priority, self._clock.now()))
        if ticket.status is Status.CLAIMED:
            ticket.state, ticket.snoozed_until = State.OPEN, None
            ticket.waiting_since = ticket.waiting_since or self._clock.now()
            if request.priority is not Priority.URGENT:
                feed.tell(session, "notice", self._clock.now(), ticket, {"code": "asked_again"}, staff_id=ticket.assignee_id)
        self._record(session, ticket, "raised" if raised else "asked_again", before)
        if request.priority is Priority.URGENT:
            self._warn(session, ticket)
        return ticket

    def _close(self, session: Session, ticket: Ticket) -> None:
        before = state_of(ticket)
        ticket.status, ticket.state, ticket.closed_at = Status.WITHDRAWN, State.RESOLVED, self._clock.now()
        ticket.waiting_since = ticket.snoozed_until = ticket.offered_to_id = None
        session.execute(delete(Hold).where(Hold.ticket_id == ticket.id))
        self._record(session, ticket, "withdrawn", before)

    def _record(self, session: Session, ticket: Ticket, action: str, before: dict[str, Any]) -> None:
        record(session, ticket, GRADUATE, action, before, self._clock.now())

    def _warn(self, session: Session, ticket: Ticket) -> None:
        """Somebody is in danger: whoever holds the conversation hears of it at once, and so do those who lead."""
        hold = takeover.held(session, ticket.conversation_id)
        now, data = self._clock.now(), {"code": "danger"}
        if hold is not None:
            feed.tell(session, "notice", now, ticket, data, staff_id=hold.staff_id)
        feed.tell(session, "notice", now, ticket, data, leading=True)

    @staticmethod
    def _open(session: Session, conversation_id: str, queue: Queue) -> Ticket | None:
        return session.scalars(_locked(_of(conversation_id).where(Ticket.queue == queue))).one_or_none()


def _most_urgent_first(tickets: Iterable[Ticket]) -> list[Ticket]:
    return sorted(tickets, key=lambda ticket: (ticket.priority.rank, -ticket.id))


def _of(conversation_id: str) -> Select[Ticket]:
    """The open tickets of a conversation."""
    return select(Ticket).where(Ticket.conversation_id == conversation_id, Ticket.closed_at.is_(None))


def _locked(found: Select[Ticket]) -> Select[Ticket]:
    """For a change: on PostgreSQL the next writer waits its turn; on SQLite there is one writer anyhow."""
    return found.order_by(Ticket.id).with_for_update()


def _with_key_group(priority: Priority, graduate: Graduate | None) -> Priority:
    """What is asked by a graduate of a key group goes before the ordinary; the request does not say why."""
    return Priority.HIGH if priority is Priority.NORMAL and graduate is not None and graduate.categories else priority


def _queue(reason: Reason) -> Queue:
    return _QUEUES.get(reason, Queue.SUPPORT)


def _more_urgent(request: TicketRequest, ticket: Ticket) -> bool:
    """A higher priority; or life at stake where the open ticket, urgent too, is about something else."""
    crisis = request.reason is Reason.CRISIS and ticket.reason is not Reason.CRISIS
    return crisis or request.priority.rank < ticket.priority.rank


def _masked(request: TicketRequest) -> TicketRequest:
    """The request as it may be stored: without identity and bank numbers, and within bounds."""
    entries = [{**entry, "text": mask(entry["text"])} for entry in request.transcript][-TRANSCRIPT_ENTRIES:]
    return TicketRequest(
        conversation_id=request.conversation_id,
        topic=_shortened(mask(request.topic), _TOPIC_LENGTH),
        summary=_shortened(mask(request.summary), _SUMMARY_LENGTH),
        transcript=entries,
        priority=request.priority,
        reason=request.reason,
    )


def _own_words(request: TicketRequest) -> list[str]:
    """What the graduate said, the oldest first."""
    return [entry["text"] for entry in request.transcript if entry["role"] == "user"] + [request.summary]


def _added(summary: str, more: str) -> str:
    """The summary with a further question below; when it grows too long the oldest lines go."""
    if more in summary:
        return summary
    lines = f"{summary}\n{more}"
    return lines if len(lines) <= _SUMMARY_LENGTH else "…" + lines[-(_SUMMARY_LENGTH - 1) :]


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _new_number(now: datetime) -> str:
    """A number to show and to say, such as ZW261201-7KF3Q; a clash is caught by the unique column and tried again."""
    random = "".join(secrets.choice(_NUMBER_LETTERS) for _ in range(5))
    return f"ZW{now.astimezone(CHINA):%y%m%d}-{random}"

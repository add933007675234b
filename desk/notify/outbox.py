"""Notifications are put here in the transaction of what they tell of: what is committed is notified, whatever is killed when."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk.models import Status, Ticket
from desk.notify.models import Delivery, DeliveryState

BATCH = 20
"""As many go out in one message: a flood of requests is no flood of messages."""
BETWEEN = timedelta(seconds=3.3)
"""Between two messages, whichever processes send them: a group robot takes twenty a minute; two are left for processes a moment apart."""
LEASE = timedelta(seconds=30)
DOUBT = timedelta(minutes=2)
"""How long a notification that went out perhaps is left alone: whoever heard it takes the request meanwhile."""
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 240, 480, 900, 1800))
"""Pauses between tries, an hour in all; after the last the notification is dead."""


_OPEN = (DeliveryState.WAITING, DeliveryState.UNKNOWN)
_HEARD = "heard"


def put(session: Session, code: str, ticket: Ticket, now: datetime) -> None:
    """Have those outside hear of a ticket. Only its number and what anybody may know of it goes out."""
    facts = {
        "number": ticket.number,
        "priority": ticket.priority.value,
        "category": ticket.category,
        "college": ticket.college,
        "due": ticket.promise_due.astimezone(CHINA).isoformat(),
    }
    session.add(Delivery(code=code, facts=facts, state=DeliveryState.WAITING, attempts=0, next_at=now, created_at=now))


class Outbox:
    """The worker's and the console's side; every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def claim(self) -> tuple[str, list[Delivery]]:
        """Take what is due, for `LEASE`: a token, and the notifications, oldest first. Others do not get them meanwhile."""
        now, token = self._clock.now(), uuid4().hex
        is_due = and_(Delivery.state.in_(_OPEN), Delivery.next_at <= now)
        with self._sessions() as session:
            last = session.scalar(select(func.max(Delivery.tried_at)))
            if (last is not None and last > now - BETWEEN) or session.scalar(select(Delivery.id).where(is_due).limit(1)) is None:
                return token, []  # to look takes no lock that others want
        with self._sessions.begin() as session:
            _leave_what_is_in_doubt(session, now)
            _settle_what_was_heard(session, now)
            due = select(Delivery.id).where(is_due).order_by(Delivery.id).limit(BATCH).with_for_update(skip_locked=True)
            session.execute(
                update(Delivery)
                .where(Delivery.id.in_(due), is_due)
                .values(claim=token, next_at=now + LEASE, tried_at=None)
                .execution_options(synchronize_session=False)
            )
            return token, list(session.scalars(select(Delivery).where(Delivery.claim == token).order_by(Delivery.id)))

    def about_to_send(self, token: str) -> bool:
        """Put on record that what was claimed goes out now; False where others have taken it meanwhile, and it must not."""
        with self._sessions.begin() as session:
            marked = update(Delivery).where(Delivery.claim == token).values(tried_at=self._clock.now()).returning(Delivery.id)
            return bool(session.scalars(marked).all())

    def in_doubt(self, token: str, error: str) -> None:
        """What was claimed went out perhaps: nothing was heard back."""
        with self._sessions.begin() as session:
            _doubted(session, Delivery.claim == token, self._clock.now(), error)

    def prune(self, before: datetime) -> int:
        """Remove what ended before this moment, delivered or given up; how many. They hold no personal data, but numbers of requests."""
        over = Delivery.state.in_((DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.OFF))
        with self._sessions.begin() as session:
            gone = delete(Delivery).where(over, Delivery.created_at < before).returning(Delivery.id)
            return len(session.scalars(gone).all())

    def settle(self, token: str, state: DeliveryState) -> None:
        """What was claimed has been sent, or there is nowhere to send it."""
        now = self._clock.now()
        with self._sessions.begin() as session:
            session.execute(
                update(Delivery)
                .where(Delivery.claim == token)
                .values(state=state, claim=None, error=None, sent_at=now if state is DeliveryState.SENT else None, attempts=Delivery.attempts + 1)
            )

    def failed(self, token: str, error: str) -> None:
        """What was claimed could not be sent: each is tried again later, or is dead."""
        now = self._clock.now()
        with self._sessions.begin() as session:
            for row in session.scalars(select(Delivery).where(Delivery.claim == token)):
                row.claim, row.error, row.attempts = None, error[:80], row.attempts + 1
                if row.attempts > len(BACKOFF):
                    row.state = DeliveryState.DEAD
                else:
                    row.next_at = now + BACKOFF[row.attempts - 1]

    def page(self, state: DeliveryState | None, page: int, page_size: int) -> tuple[list[Delivery], int]:
        """A page of the outbox, newest first, and how many there are; `page` counts from 1."""
        wanted = select(Delivery) if state is None else select(Delivery).where(Delivery.state == state)
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
            rows = session.scalars(wanted.order_by(Delivery.id.desc()).limit(page_size).offset((page - 1) * page_size))
            return list(rows), total

    def resend(self, session: Session, delivery_id: int) -> Delivery | None:
        """Have a dead notification, one that there was nowhere to send, or one that went out perhaps, tried anew at once; None where it is none."""
        again = and_(
            Delivery.id == delivery_id, Delivery.state.in_((DeliveryState.DEAD, DeliveryState.OFF, DeliveryState.UNKNOWN)), Delivery.claim.is_(None)
        )
        return session.scalar(
            update(Delivery)
            .where(again)
            .values(state=DeliveryState.WAITING, attempts=0, next_at=self._clock.now(), error=None, claim=None, tried_at=None)
            .returning(Delivery)
        )


def _leave_what_is_in_doubt(session: Session, now: datetime) -> None:
    """What somebody was sending whose time is over, without a word whether it went out."""
    _doubted(
        session, and_(Delivery.claim.is_not(None), Delivery.tried_at.is_not(None), Delivery.state.in_(_OPEN), Delivery.next_at <= now), now, None
    )


def _doubted(session: Session, which: ColumnElement[bool], now: datetime, error: str | None) -> None:
    for row in session.scalars(select(Delivery).where(which).with_for_update(skip_locked=True)):
        row.claim, row.attempts, row.error = None, row.attempts + 1, error[:80] if error else row.error
        given_up = row.attempts > len(BACKOFF)
        row.state = DeliveryState.DEAD if given_up else DeliveryState.UNKNOWN
        row.next_at = now + max(DOUBT, BACKOFF[min(row.attempts, len(BACKOFF)) - 1])
    session.flush()


def _settle_what_was_heard(session: Session, now: datetime) -> None:
    """Of what went out perhaps, the requests that no longer wait for anybody: there is nothing left to tell."""
    doubtful = and_(Delivery.state == DeliveryState.UNKNOWN, Delivery.claim.is_(None), Delivery.next_at <= now)
    for row in session.scalars(select(Delivery).where(doubtful).with_for_update(skip_locked=True)):
        status = session.scalar(select(Ticket.status).where(Ticket.number == row.facts.get("number")))
        if status is not Status.QUEUED:
            row.state, row.error, row.sent_at = DeliveryState.SENT, _HEARD, row.tried_at
    session.flush()

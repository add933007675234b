"""What the console hears live: events in a table, so that every process can tell every other and nothing is lost by a restart.

Readers ask for ids above the last they have seen. That loses nothing only if a lower id never appears after a higher one; therefore the
rows are written as the last thing of a transaction, on PostgreSQL under a lock that is held from there to the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import before_commit
from desk.models import Ticket
from desk.requests.models import StaffEvent
from desk.staff.policy import Actor, Permission

Kind = Literal["ticket", "message", "viewers", "notice"]
KEPT = timedelta(days=2)
POLL_SECONDS = 0.4
_WAITING = "staff_events"
_LOCK = 7_210_305
"""Number of the advisory lock; any that nothing else in the database uses."""


def tell(
    session: Session,
    kind: Kind,
    at: datetime,
    ticket: Ticket,
    data: Mapping[str, Any],
    *,
    staff_id: int | None = None,
    leading: bool = False,
) -> None:
    """Have the console hear of a ticket once the transaction is committed: everybody who sees it, or those named alone."""
    tell_of(session, kind, at, ticket.number, ticket.college, data, staff_id=staff_id, leading=leading)


def tell_of(
    session: Session,
    kind: Kind,
    at: datetime,
    number: str | None,
    college: str | None,
    data: Mapping[str, Any],
    *,
    staff_id: int | None = None,
    leading: bool = False,
) -> None:
    """The same, where the ticket itself is not at hand, or there is none."""
    row = StaffEvent(at=at, kind=kind, number=number, college=college, staff_id=staff_id, leading=leading, data=dict(data))
    session.info.setdefault(_WAITING, []).append(row)
    before_commit(session, _WAITING, _write)


def _write(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    for row in session.info.pop(_WAITING, []):
        session.add(row)
        session.flush()  # one by one: several at once need not get their ids in order


class Feed:
    """Reads the events. Every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def head(self) -> int:
        """The id of the latest event; 0 before the first."""
        with self._sessions() as session:
            return session.scalar(select(func.max(StaffEvent.id))) or 0

    def reaches_back_to(self, last_seen: int) -> bool:
        """Whether everything since `last_seen` is still there."""
        with self._sessions() as session:
            first = session.scalar(select(func.min(StaffEvent.id)))
        return first is None or first <= last_seen + 1

    def after(self, last_seen: int, limit: int) -> list[StaffEvent]:
        """The events after `last_seen`, in order."""
        with self._sessions() as session:
            return list(session.scalars(select(StaffEvent).where(StaffEvent.id > last_seen).order_by(StaffEvent.id).limit(limit)))

    def prune(self) -> None:
        """Forget what is so old that a console that missed it reads everything anew; the latest event stays, for ids go on from it."""
        latest = select(func.max(StaffEvent.id)).scalar_subquery()
        old = (StaffEvent.at < self._clock.now() - KEPT) & (StaffEvent.id < latest)
        with self._sessions() as session:
            if session.scalar(select(StaffEvent.id).where(old).limit(1)) is None:
                return  # to look takes no lock that others want
        with self._sessions.begin() as session:
            session.execute(delete(StaffEvent).where(old).execution_options(synchronize_session=False))


class Newest:
    """The id of the latest event, read at most once each `POLL_SECONDS` however many streams of a process ask. Belongs to one event loop."""

    def __init__(self, feed: Feed) -> None:
        self._feed, self._id, self._read_at, self._lock = feed, 0, float("-inf"), asyncio.Lock()

    async def id(self) -> int:
        """May raise sqlalchemy.exc.SQLAlchemyError."""
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now - self._read_at >= POLL_SECONDS:
                self._id, self._read_at = await asyncio.to_thread(self._feed.head), now
            return self._id


def concerns(row: StaffEvent, actor: Actor) -> bool:
    """Whether somebody is to hear of an event."""
    if row.staff_id is not None:
        return row.staff_id == actor.staff_id
    if row.leading and not actor.may(Permission.TICKETS_ASSIGN):
        return False
    return actor.may(Permission.TICKETS_READ) and actor.sees(row.college)

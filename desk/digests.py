"""Who is due a digest, one worker for each, and its delivery in one transaction: at most one a day, nothing twice, nothing after 退订.

A worker claims a conversation's day by inserting a row, which the database admits once. A claim has a lease: when the worker dies before
it has settled, another takes over; the number of attempts is the fence that keeps the first from settling afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk.push_models import Digest, Subscription, SubscriptionDelivery
from desk.subscriptions import ACTIVE, end_all

CLAIMED = "claimed"
SENT = "sent"
NOTHING = "nothing"
LEASE = timedelta(minutes=3)
LATE_HOURS = 3
"""How many hours after its own a digest may still begin: nobody is woken for what was due in the morning."""
MOST_ATTEMPTS = 6


class _Undone(Exception):
    """Leave the transaction without a trace."""


@dataclass(frozen=True)
class Claim:
    """A conversation's digest of a day in this worker's hands."""

    digest_id: int
    attempt: int
    conversation_id: str
    day: date
    subscriptions: tuple[Subscription, ...]


@dataclass(frozen=True)
class Item:
    """One thing that a digest tells, for one subscription."""

    subscription_id: int
    kind: str
    item_id: int


class Digests:
    """Every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, wall: Clock) -> None:
        """`clock` says which day and hour it is, `wall`, never set to another day, measures leases."""
        self._sessions, self._clock, self._wall = sessions, clock, wall

    def due(self, limit: int) -> list[str]:
        """Conversations whose hour has come, with a subscription consented to before it, and no digest settled today."""
        local = self._clock.now().astimezone(CHINA)
        hours = Subscription.hour.between(local.hour - LATE_HOURS, local.hour)
        today = and_(Digest.conversation_id == Subscription.conversation_id, Digest.day == local.date())
        free = or_(Digest.id.is_(None), and_(Digest.state == CLAIMED, Digest.lease_until <= self._wall.now(), Digest.attempts < MOST_ATTEMPTS))
        found = (
            select(Subscription)
            .join(Digest, today, isouter=True)
            .where(Subscription.status == ACTIVE, Subscription.consented_at.is_not(None), hours, free)
            .order_by(Subscription.id)
        )
        with self._sessions() as session:
            ready = [each.conversation_id for each in session.scalars(found) if _consented_before(each, local)]
        return list(dict.fromkeys(ready))[:limit]

    def claim(self, conversation_id: str) -> Claim | None:
        """Take a conversation's digest of today; None where another worker has it, or it is settled, or nothing is subscribed to."""
        day, lease = self._clock.today(), self._wall.now() + LEASE
        try:
            with self._sessions.begin() as session:
                row = Digest(conversation_id=conversation_id, day=day, state=CLAIMED, lease_until=lease, attempts=1, items=0)
                session.add(row)
                session.flush()
                return self._claimed(session, row.id, 1, conversation_id, day)
        except _Undone:
            return None
        except IntegrityError:
            return self._take_over(conversation_id, day, lease)

    def told(self, conversation_id: str, kind: str) -> set[int]:
        """What was pushed into a conversation before."""
        with self._sessions() as session:
            found = select(SubscriptionDelivery.item_id).where(
                SubscriptionDelivery.conversation_id == conversation_id, SubscriptionDelivery.kind == kind
            )
            return set(session.scalars(found))

    def settle(self, claim: Claim, items: Sequence[Item], say: Callable[[Session], None]) -> bool:
        """Deliver: `say` puts the messages on record in the same transaction in which the items count as told.

        False, and nothing happened, where a subscription ended meanwhile (claim again, look again) or another worker took over.
        Without items the day is settled and `say` is not called.
        """
        try:
            with self._sessions.begin() as session:
                return self._settled(session, claim, items, say)
        except _Undone:
            return False

    def _settled(self, session: Session, claim: Claim, items: Sequence[Item], say: Callable[[Session], None]) -> bool:
        settled = session.execute(
            update(Digest)
            .where(Digest.id == claim.digest_id, Digest.state == CLAIMED, Digest.attempts == claim.attempt)
            .values(state=SENT if items else NOTHING, items=len(items), settled_at=self._clock.now())
            .returning(Digest.id)
        ).one_or_none()
        if settled is None:
            return False
        if not items:
            return True
        active = self._active(session, claim.conversation_id)
        if not {item.subscription_id for item in items} <= {each.id for each in active}:
            raise _Undone
        now = self._clock.now()
        session.add_all(
            SubscriptionDelivery(
                conversation_id=claim.conversation_id,
                kind=item.kind,
                item_id=item.item_id,
                subscription_id=item.subscription_id,
                delivered_at=now,
            )
            for item in items
        )
        session.flush()
        say(session)
        return True

    def again(self, claim: Claim) -> Claim | None:
        """The claim with the subscriptions as they are now; where none is left the day is settled, and None comes back."""
        local = self._clock.now().astimezone(CHINA)
        with self._sessions() as session:
            active = [each for each in self._active(session, claim.conversation_id) if _consented_before(each, local)]
        if not active:
            self.settle(claim, [], lambda session: None)
            return None
        return replace(claim, subscriptions=tuple(active))

    def forget(self, conversation_id: str) -> None:
        """The conversation is gone: nothing is ever due there again."""
        with self._sessions.begin() as session:
            end_all(session, conversation_id, self._clock.now())

    def _take_over(self, conversation_id: str, day: date, lease: datetime) -> Claim | None:
        try:
            with self._sessions.begin() as session:
                return self._taken_over(session, conversation_id, day, lease)
        except _Undone:
            return None

    def _taken_over(self, session: Session, conversation_id: str, day: date, lease: datetime) -> Claim | None:
        row = session.execute(
            update(Digest)
            .where(
                Digest.conversation_id == conversation_id,
                Digest.day == day,
                Digest.state == CLAIMED,
                Digest.lease_until <= self._wall.now(),
                Digest.attempts < MOST_ATTEMPTS,
            )
            .values(lease_until=lease, attempts=Digest.attempts + 1)
            .returning(Digest.id, Digest.attempts)
        ).one_or_none()
        return self._claimed(session, row.id, row.attempts, conversation_id, day) if row else None

    def _claimed(self, session: Session, digest_id: int, attempt: int, conversation_id: str, day: date) -> Claim | None:
        local = self._clock.now().astimezone(CHINA)
        ready = [each for each in self._active(session, conversation_id) if _consented_before(each, local)]
        if not ready:
            raise _Undone
        return Claim(digest_id, attempt, conversation_id, day, tuple(ready))

    @staticmethod
    def _active(session: Session, conversation_id: str) -> list[Subscription]:
        """On PostgreSQL 退订 waits until the digest is settled, or the digest sees it; on SQLite there is one writer anyhow."""
        found = select(Subscription).where(Subscription.conversation_id == conversation_id, Subscription.status == ACTIVE)
        return list(session.scalars(found.order_by(Subscription.id).with_for_update()))


def _consented_before(each: Subscription, local: datetime) -> bool:
    """Whether consent was given before today's hour: who subscribes at noon is not sent the morning's digest."""
    return each.consented_at is not None and each.consented_at <= datetime.combine(local.date(), time(each.hour), CHINA)

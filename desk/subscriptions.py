"""Subscriptions: asked for, consented to, changed, ended at once; erased and exported with a person's data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.errors import TooManySubscriptions
from desk.push_models import Digest, Subscription, SubscriptionDelivery

POSTINGS = "postings"
EVENTS = "events"
ASKED = "asked"
ACTIVE = "active"
ENDED = "ended"
DEFAULT_HOUR = 9
MOST = 10
"""How many one conversation may have."""


class Subscriptions:
    """The graduate's side of the push; every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def ask(
        self, conversation_id: str, kind: str, criteria: dict[str, Any], label: str, hour: int | None = None, replaces: int | None = None
    ) -> Subscription:
        """Put a wish down until it is consented to; an earlier one that waits goes. The one that is active already for the same comes back as it is.

        `criteria` is JSON, `label` how it was said back, `hour` (0 to 23, China) that of the other subscriptions unless it is said.
        Raises TooManySubscriptions.
        """
        with self._sessions.begin() as session:
            active = self._of(session, conversation_id, ACTIVE)
            same = next((each for each in active if (each.kind, each.criteria) == (kind, criteria) and hour in (None, each.hour)), None)
            if same is not None:
                return same
            if len(active) >= MOST and replaces is None:
                raise TooManySubscriptions(f"{MOST} subscriptions in one conversation")
            self._drop_asked(session, conversation_id)
            wish = Subscription(
                conversation_id=conversation_id,
                kind=kind,
                criteria=criteria,
                label=label[:300],
                hour=hour if hour is not None else active[0].hour if active else DEFAULT_HOUR,
                status=ASKED,
                replaces=replaces,
                created_at=self._clock.now(),
            )
            session.add(wish)
            session.flush()
            return wish

    def consent(self, conversation_id: str) -> Subscription | None:
        """Make the wish that waits an active subscription, dated; None where none waits. The one that it replaces ends."""
        with self._sessions.begin() as session:
            waiting = self._of(session, conversation_id, ASKED)
            if not waiting:
                return None
            wish, now = waiting[-1], self._clock.now()
            for other in self._of(session, conversation_id, ACTIVE):
                other.hour = wish.hour
                if other.id == wish.replaces or (other.kind, other.criteria) == (wish.kind, wish.criteria):
                    other.status, other.ended_at = ENDED, now
            wish.status, wish.consented_at = ACTIVE, now
            return wish

    def decline(self, conversation_id: str) -> bool:
        """Forget the wish that waits; whether there was one."""
        with self._sessions.begin() as session:
            return self._drop_asked(session, conversation_id)

    def active(self, conversation_id: str) -> list[Subscription]:
        """The subscriptions in force, the oldest first."""
        with self._sessions() as session:
            return self._of(session, conversation_id, ACTIVE)

    def end(self, conversation_id: str, only: Collection[int] | None = None) -> list[Subscription]:
        """End all subscriptions, or only those with these ids, and forget a wish that waits; gives those that ended."""
        with self._sessions.begin() as session:
            ending = [each for each in self._of(session, conversation_id, ACTIVE) if only is None or each.id in only]
            for each in ending:
                each.status, each.ended_at = ENDED, self._clock.now()
            if only is None:
                self._drop_asked(session, conversation_id)
            return ending

    def set_hour(self, conversation_id: str, hour: int) -> bool:
        """Move the digest to another hour (0 to 23, China); whether there was a subscription or a wish to move."""
        with self._sessions.begin() as session:
            moved = [*self._of(session, conversation_id, ACTIVE), *self._of(session, conversation_id, ASKED)]
            for each in moved:
                each.hour = hour
            return bool(moved)

    def erase(self, conversation_id: str) -> int:
        """Remove everything that is kept about a conversation's subscriptions; how many rows went."""
        with self._sessions.begin() as session:
            gone = 0
            for table in (SubscriptionDelivery, Digest, Subscription):
                result: Any = session.execute(delete(table).where(table.conversation_id == conversation_id))
                gone += result.rowcount
            return gone

    def export(self, conversation_id: str) -> dict[str, Any]:
        """Everything that is kept about a conversation's subscriptions, as JSON."""
        with self._sessions() as session:
            wishes = session.scalars(select(Subscription).where(Subscription.conversation_id == conversation_id).order_by(Subscription.id))
            sent = session.scalars(select(SubscriptionDelivery).where(SubscriptionDelivery.conversation_id == conversation_id))
            return {
                "subscriptions": [_exported(each) for each in wishes],
                "delivered": [{"kind": each.kind, "id": each.item_id, "at": each.delivered_at.isoformat()} for each in sent],
            }

    @staticmethod
    def _of(session: Session, conversation_id: str, status: str) -> list[Subscription]:
        found = select(Subscription).where(Subscription.conversation_id == conversation_id, Subscription.status == status)
        return list(session.scalars(found.order_by(Subscription.id)))

    @staticmethod
    def _drop_asked(session: Session, conversation_id: str) -> bool:
        result: Any = session.execute(delete(Subscription).where(Subscription.conversation_id == conversation_id, Subscription.status == ASKED))
        return bool(result.rowcount)


def end_all(session: Session, conversation_id: str, at: datetime) -> None:
    """End a conversation's subscriptions within a transaction of the caller's."""
    active = (Subscription.conversation_id == conversation_id, Subscription.status == ACTIVE)
    session.execute(update(Subscription).where(*active).values(status=ENDED, ended_at=at))


def _exported(each: Subscription) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "label": each.label,
        "criteria": each.criteria,
        "hour": each.hour,
        "status": each.status,
        "created_at": each.created_at.isoformat(),
        "consented_at": each.consented_at.isoformat() if each.consented_at else None,
        "ended_at": each.ended_at.isoformat() if each.ended_at else None,
    }

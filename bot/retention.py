"""Nothing of graduates is kept for ever (PIPL, articles 19 and 47): what nobody has touched for the set time is erased by itself.

A conversation goes whole, requests and all, once its last word and the end of its last request are long enough ago. The wish is
put on record and carried out like a graduate's own (`bot.personal_data`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.gateway import Gateway
from bot.models import Conversation, Message
from core.clock import Clock
from core.settings import Settings
from desk.erasure_models import Erasure
from desk.models import Ticket
from desk.notify.outbox import Outbox
from desk.personal_data import RETENTION, PersonalData
from desk.personal_holdings import is_emptied
from desk.push_models import Subscription
from desk.subscriptions import ACTIVE

ROUND_SECONDS = 3_600.0
BATCH = 200
"""So many conversations a round are put down for erasing: an old database is cleared over some hours, not in one breath."""

Forgetting = Callable[[sessionmaker[Session], datetime], int]
"""Removes what is kept no longer than until now; how much went."""

_log = structlog.get_logger(__name__)


class Retention:
    """Finds what is due. Goes by the clock that dates messages, and never ahead of the real time: a demonstration's day erases nothing."""

    def __init__(
        self, data: PersonalData, sessions: sessionmaker[Session], settings: Settings, clock: Clock, wall: Clock, others: Sequence[Forgetting] = ()
    ) -> None:
        """`others` have a time of their own, beside that of the conversation."""
        self._others = others
        self._outbox = Outbox(sessions, clock)
        self._data, self._sessions, self._clock, self._wall = data, sessions, clock, wall
        self._conversations = timedelta(days=settings.keep_conversations)
        self._requests = timedelta(days=settings.keep_requests)

    async def run(self, gateway: Gateway) -> None:
        """Work for ever, once an hour."""
        while True:
            try:
                await gateway.blocking(self.work)
            except SQLAlchemyError as error:
                _log.warning("retention waits", error=type(error).__name__)
            await asyncio.sleep(ROUND_SECONDS)

    def work(self) -> int:
        """Put down what is due; how many conversations. Raises SQLAlchemyError."""
        now = min(self._clock.now(), self._wall.now())
        for forget in self._others:
            forget(self._sessions, now)
        with self._sessions() as session:
            due = [*self._silent_conversations(session, now), *self._old_requests(session, now)]
        for conversation_id in dict.fromkeys(due):
            self._data.ask_erasure(conversation_id, RETENTION)
        notified = self._outbox.prune(now - self._requests)
        if due or notified:
            _log.info("retention", conversations=len(due), notifications=notified)
        return len(due)

    def _silent_conversations(self, session: Session, now: datetime) -> list[str]:
        since = now - self._conversations
        query = select(Conversation.id).where(
            Conversation.created_at < since,
            ~exists().where(Message.conversation_id == Conversation.id, Message.created_at >= since),
            ~exists().where(Ticket.conversation_id == Conversation.id, self._still_needed(now)),
            ~exists().where(Subscription.conversation_id == Conversation.id, Subscription.status == ACTIVE),
            ~exists().where(Erasure.conversation_id == Conversation.id),
        )
        return list(session.scalars(query.order_by(Conversation.created_at).limit(BATCH)))

    def _old_requests(self, session: Session, now: datetime) -> list[str]:
        """Requests without a conversation of ours, such as those the care files made."""
        theirs = Ticket.conversation_id
        query = select(theirs).where(
            ~is_emptied(),
            ~exists().where(Conversation.id == theirs),
            ~exists().where(Erasure.conversation_id == theirs),
        )
        grouped = query.group_by(theirs)
        needed = select(theirs).where(self._still_needed(now))
        return list(session.scalars(grouped.where(theirs.not_in(needed)).limit(BATCH)))

    def _still_needed(self, now: datetime) -> ColumnElement[bool]:
        return or_(Ticket.closed_at.is_(None), Ticket.closed_at >= now - self._requests)

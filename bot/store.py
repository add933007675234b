"""The record of conversations: inbox and outbox in one table, each turn two short transactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import CursorResult, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.choices import find_choice, is_command, next_offers
from bot.messages import CONTACT, Incoming, MessageView, Reply
from bot.models import DONE, PENDING, Conversation, Feedback, Message
from core.clock import Clock

_PLAIN = {"synchronize_session": False}
"""No object of ours is in the session while it updates: there is nothing to bring in line."""

LEASE = timedelta(seconds=60)
"""How long the process that took a message in may work on it before another may try."""


class UnknownConversation(LookupError):
    """No conversation has this id: it was erased, or the database is another one."""


@dataclass(frozen=True)
class Received:
    """A message in the inbox; `fresh` is false when its client_id was there before."""

    message: Message
    fresh: bool


class ConversationStore:
    """Reads and writes conversations. Every method is one transaction and blocks; call it from a thread.

    All methods may raise sqlalchemy.exc.SQLAlchemyError when the database cannot be reached or is locked.
    """

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, wall: Clock) -> None:
        """`clock` dates messages; `wall`, never set to another day, measures leases."""
        self._sessions = sessions
        self._clock = clock
        self._wall = wall

    def open(self, channel: str) -> str:
        """Begin a conversation and return its id."""
        conversation_id = uuid4().hex
        with self._sessions.begin() as session:
            session.execute(insert(Conversation).values(id=conversation_id, channel=channel, created_at=self._clock.now(), last_seq=0, offers=[]))
        return conversation_id

    def receive(self, incoming: Incoming) -> Received:
        """Put a message into the inbox, or find the one that has the same client_id.

        Raises UnknownConversation.
        """
        try:
            with self._sessions.begin() as session:
                return Received(self._take_in(session, incoming), fresh=True)
        except IntegrityError:
            known = self.find(incoming.conversation_id, incoming.client_id)
            if known is None:
                raise
            return Received(known, fresh=False)

    def find(self, conversation_id: str, client_id: str) -> Message | None:
        """The graduate's message with this client_id."""
        with self._sessions() as session:
            return session.scalar(select(Message).where(Message.conversation_id == conversation_id, Message.client_id == client_id))

    def answer(self, message: Message, replies: Sequence[Reply]) -> list[MessageView] | None:
        """Store the replies to a message and mark it done; None when somebody else already did."""
        with self._sessions.begin() as session:
            closed = session.execute(
                update(Message)
                .where(Message.id == message.id, Message.handling == PENDING)
                .values(handling=DONE, command=None)
                .execution_options(**_PLAIN)
            )
            if not _touched(closed):
                return None
            return self._append(session, message, replies)

    def postpone(self, message: Message, reply: Reply | None, retry_at: datetime | None) -> list[MessageView] | None:
        """Leave a message pending: say `reply` unless it was said before, let a worker try again at `retry_at`.

        Returns everything said about the message so far; None when it has been answered meanwhile.
        """
        with self._sessions.begin() as session:
            lease = {"lease_until": retry_at} if retry_at else {"attempts": Message.attempts}
            kept = session.execute(update(Message).where(Message.id == message.id, Message.handling == PENDING).values(lease))
            if not _touched(kept):
                return None
            said = self._replies(session, message)
            if reply is None or any(view.id == reply.id for view in said):
                return said
            return said + self._append(session, message, [reply])

    def replies(self, message: Message) -> tuple[bool, list[MessageView]]:
        """Whether a message is answered, and everything said in reply to it so far."""
        with self._sessions() as session:
            handling = session.scalar(select(Message.handling).where(Message.id == message.id))
            return handling != PENDING, self._replies(session, message)

    def due(self, limit: int) -> list[Message]:
        """Pending messages that nobody works on, oldest first."""
        with self._sessions() as session:
            rows = session.scalars(
                select(Message).where(Message.handling == PENDING, self._is_free()).order_by(Message.created_at, Message.seq).limit(limit)
            )
            return list(rows)

    def claim(self, message: Message) -> Message | None:
        """Take a due message to work on it; None when another worker was quicker."""
        with self._sessions.begin() as session:
            return session.scalar(
                update(Message)
                .where(Message.id == message.id, Message.handling == PENDING, self._is_free())
                .values(lease_until=self._wall.now() + LEASE, attempts=Message.attempts + 1)
                .returning(Message)
                .execution_options(**_PLAIN)
            )

    def messages_after(self, conversation_id: str, seq: int, limit: int = 200) -> list[MessageView]:
        """The messages of a conversation after `seq`, in order."""
        with self._sessions() as session:
            rows = session.scalars(
                select(Message).where(Message.conversation_id == conversation_id, Message.seq > seq).order_by(Message.seq).limit(limit)
            )
            return [MessageView.of(row) for row in rows]

    def latest(self, conversation_id: str, limit: int) -> list[MessageView]:
        """The last `limit` messages of a conversation, in order."""
        with self._sessions() as session:
            rows = session.scalars(select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq.desc()).limit(limit))
            return [MessageView.of(row) for row in reversed(list(rows))]

    def heads(self, conversation_ids: Sequence[str]) -> dict[str, int]:
        """The last `seq` of each of the conversations."""
        with self._sessions() as session:
            rows = session.execute(select(Conversation.id, Conversation.last_seq).where(Conversation.id.in_(conversation_ids)))
            return {row.id: row.last_seq for row in rows}

    def record_feedback(self, conversation_id: str, message_id: str, helpful: bool, comment: str | None) -> bool:
        """Keep the thumb on a message of the bot or a counsellor; False when the conversation has no such message."""
        with self._sessions.begin() as session:
            message = session.get(Message, message_id)
            if message is None or message.conversation_id != conversation_id or message.role == "user":
                return False
            session.merge(
                Feedback(
                    message_id=message_id,
                    conversation_id=conversation_id,
                    helpful=helpful,
                    comment=comment,
                    created_at=self._clock.now(),
                )
            )
            return True

    def check(self) -> None:
        """Prove that the database can be written: take its write lock and change nothing."""
        with self._sessions() as session:
            session.execute(update(Conversation).where(Conversation.id == "").values(last_seq=0))
            session.rollback()

    def _take_in(self, session: Session, incoming: Incoming) -> Message:
        row = session.execute(
            update(Conversation)
            .where(Conversation.id == incoming.conversation_id)
            .values(last_seq=Conversation.last_seq + 1)
            .returning(Conversation.last_seq, Conversation.offers, Conversation.expects)
            .execution_options(**_PLAIN)
        ).one_or_none()
        if row is None:
            raise UnknownConversation(incoming.conversation_id)
        message = Message(
            id=uuid4().hex,
            conversation_id=incoming.conversation_id,
            seq=row.last_seq,
            role="user",
            kind="text",
            text=incoming.text,
            payload=None,
            created_at=incoming.created_at,
            client_id=incoming.client_id,
            handling=PENDING,
            attempts=0,
            lease_until=self._wall.now() + LEASE,
            verdict=incoming.verdict,
            topic=incoming.topic,
            ready_reply=incoming.ready_reply,
        )
        if not incoming.in_danger:
            _apply_choice(message, row.offers)
            if row.expects == CONTACT and incoming.contact and message.command is None:
                message.command, message.verdict, message.ready_reply = incoming.contact, "pass", None
        session.add(message)
        return message

    def _append(self, session: Session, message: Message, replies: Sequence[Reply]) -> list[MessageView]:
        head = session.execute(
            update(Conversation)
            .where(Conversation.id == message.conversation_id)
            .values(last_seq=Conversation.last_seq + len(replies))
            .returning(Conversation.last_seq, Conversation.offers, Conversation.expects)
            .execution_options(**_PLAIN)
        ).one()
        offers = next_offers(head.offers, replies)
        expects = next((reply.expects for reply in replies if reply.expects), None)
        if (offers, expects) != (head.offers, head.expects):
            session.execute(
                update(Conversation)
                .where(Conversation.id == message.conversation_id)
                .values(offers=offers, expects=expects)
                .execution_options(**_PLAIN)
            )
        rows = [
            Message(
                id=reply.id,
                conversation_id=message.conversation_id,
                seq=head.last_seq - len(replies) + position,
                role=reply.role,
                kind=reply.kind,
                text=reply.text,
                payload=reply.payload,
                created_at=self._clock.now(),
                in_reply_to=message.id,
                handling=DONE,
                attempts=0,
            )
            for position, reply in enumerate(replies, start=1)
        ]
        session.add_all(rows)
        return [MessageView.of(row) for row in rows]

    def _replies(self, session: Session, message: Message) -> list[MessageView]:
        rows = session.scalars(
            select(Message).where(Message.conversation_id == message.conversation_id, Message.in_reply_to == message.id).order_by(Message.seq)
        )
        return [MessageView.of(row) for row in rows]

    def _is_free(self) -> Any:
        return or_(Message.lease_until.is_(None), Message.lease_until <= self._wall.now())


def _apply_choice(message: Message, offers: list[dict[str, Any]]) -> None:
    """Let a choice on offer through, under its title; stop any other slash command."""
    choice = find_choice(offers, message.text)
    if choice is not None:
        message.text, message.command = choice.title, choice.value
        message.verdict, message.topic, message.ready_reply = "pass", None, None
    elif is_command(message.text):
        message.verdict, message.ready_reply = "blocked", None


def _touched(result: Any) -> bool:
    return cast("CursorResult[Any]", result).rowcount == 1

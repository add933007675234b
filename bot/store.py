"""The record of conversations: inbox and outbox in one table, each turn two short transactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import CursorResult, Select, insert, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot import checks
from bot.choices import find_choice, is_command, next_offers
from bot.messages import CONTACT, HELD_CONTACT, LEFT, PICTURE, Incoming, MessageView, Reply, notice_id
from bot.models import DONE, PENDING, Conversation, Feedback, Message
from core.clock import Clock
from desk import takeover
from desk.requests import listening

_PLAIN = {"synchronize_session": False}
"""No object of ours is in the session while it updates: there is nothing to bring in line."""

LEASE = timedelta(seconds=60)
"""How long the process that took a message in may work on it before another may try."""


class UnknownConversation(LookupError):
    """No conversation has this id: it was erased, or the database is another one."""


class ConversationHeld(Exception):
    """A counsellor holds this conversation: the bot says nothing in it."""


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
        with self._sessions.begin() as session:
            return self.opened(session, channel)

    def opened(self, session: Session, channel: str) -> str:
        """The same in a transaction of the caller's."""
        conversation_id = uuid4().hex
        session.execute(insert(Conversation).values(id=conversation_id, channel=channel, created_at=self._clock.now(), last_seq=0, offers=[]))
        return conversation_id

    def receive(self, incoming: Incoming) -> Received:
        """Put a message into the inbox, or find the one that has the same client_id.

        Raises UnknownConversation.
        """
        with self._sessions.begin() as session:
            if not self.lock(session, incoming.conversation_id):
                raise UnknownConversation(incoming.conversation_id)
            # Looked for, not left to the unique index: on PostgreSQL that would wait for whoever just answers the message, who waits for this lock.
            known = session.scalar(_sent_as(incoming.conversation_id, incoming.client_id))
            return Received(known or self._take_in(session, incoming), fresh=known is None)

    def find(self, conversation_id: str, client_id: str) -> Message | None:
        """The graduate's message with this client_id."""
        with self._sessions() as session:
            return session.scalar(_sent_as(conversation_id, client_id))

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
            heard = self._let_through(session, message.conversation_id, replies)
            return self._append(session, message.conversation_id, message.id, _not_said_yet(session, heard))

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
            if not reply.urgent and self._held(session, message.conversation_id):
                return said
            return said + self._append(session, message.conversation_id, message.id, [reply])

    def replies(self, message: Message) -> tuple[bool, list[MessageView]]:
        """Whether a message is answered, and everything said in reply to it so far."""
        with self._sessions() as session:
            handling = session.scalar(select(Message.handling).where(Message.id == message.id))
            return handling != PENDING, self._replies(session, message)

    def unanswered(self, conversation_id: str) -> bool:
        """Whether the conversation has a message that is not answered yet."""
        with self._sessions() as session:
            waits = select(Message.id).where(Message.conversation_id == conversation_id, Message.handling == PENDING)
            return session.scalar(waits.limit(1)) is not None

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

    def held(self, conversation_id: str) -> bool:
        """Whether a counsellor holds the conversation, so that nobody need work out an answer."""
        with self._sessions() as session:
            return takeover.held(session, conversation_id) is not None

    def say(self, session: Session, conversation_id: str, replies: Sequence[Reply]) -> None:
        """Put something of the bot's on record that answers no message, in a transaction of the caller's.

        Raises UnknownConversation, and ConversationHeld where a counsellor holds it.
        """
        if self._held(session, conversation_id):
            raise ConversationHeld(conversation_id)
        self._append(session, conversation_id, None, replies)

    def say_for_desk(self, session: Session, conversation_id: str, replies: Sequence[Reply]) -> list[MessageView]:
        """Put on record what the desk says, in a transaction of the caller's; choices in it are on offer from then on.

        Raises UnknownConversation.
        """
        return self._append(session, conversation_id, None, replies, offering=True)

    def lock(self, session: Session, conversation_id: str) -> bool:
        """Keep everybody else from adding to a conversation until the caller's transaction ends; False without such a conversation."""
        kept = update(Conversation).where(Conversation.id == conversation_id).values(last_seq=Conversation.last_seq)
        return _touched(session.execute(kept.execution_options(**_PLAIN)))

    def numbered(self, conversation_id: str, seqs: Sequence[int]) -> list[MessageView]:
        """The messages of a conversation with these numbers, in order."""
        with self._sessions() as session:
            found = select(Message).where(Message.conversation_id == conversation_id, Message.seq.in_(seqs)).order_by(Message.seq)
            return [MessageView.of(row) for row in session.scalars(found)]

    def known(self, session: Session, ids: Sequence[str]) -> list[MessageView]:
        """Which of these messages are on record, in order."""
        return [MessageView.of(row) for row in session.scalars(select(Message).where(Message.id.in_(ids)).order_by(Message.seq))]

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
        ).one()
        message = Message(
            id=uuid4().hex,
            conversation_id=incoming.conversation_id,
            seq=row.last_seq,
            role="user",
            kind="text",
            text=incoming.text,
            payload={PICTURE: True} if incoming.picture else None,
            created_at=incoming.created_at,
            client_id=incoming.client_id,
            channel=incoming.channel,
            handling=PENDING,
            attempts=0,
            lease_until=self._wall.now() + LEASE,
            verdict=incoming.verdict,
            topic=incoming.topic,
            ready_reply=incoming.ready_reply,
        )
        if not incoming.in_danger and incoming.verdict != LEFT:
            _apply_choice(message, [] if incoming.picture else row.offers)
            if message.command is None and message.verdict == "pass":
                message.command = checks.command(incoming.pasted, row.expects)
            if row.expects == CONTACT and incoming.contact and message.command is None:
                message.command, message.verdict, message.ready_reply = incoming.contact, "pass", None
            if row.expects == HELD_CONTACT:
                self._take_held_contact(session, message, incoming)
        session.add(message)
        listening.said(session, incoming.conversation_id, [message.seq], self._clock.now(), by_graduate=True)
        return message

    def _take_held_contact(self, session: Session, message: Message, incoming: Incoming) -> None:
        """Only the next message may be the contact, and only for the counsellor who is there: what comes later is hidden like any other."""
        session.execute(update(Conversation).where(Conversation.id == incoming.conversation_id).values(expects=None).execution_options(**_PLAIN))
        if incoming.contact and message.command is None and takeover.held(session, incoming.conversation_id) is not None:
            message.command, message.verdict, message.ready_reply = incoming.contact, "pass", None

    def _held(self, session: Session, conversation_id: str) -> bool:
        """Whether a counsellor holds the conversation; it stays so until the transaction ends (`desk.takeover`)."""
        return self.lock(session, conversation_id) and takeover.held(session, conversation_id) is not None

    def _let_through(self, session: Session, conversation_id: str, replies: Sequence[Reply]) -> list[Reply]:
        """The replies that may be said: while a counsellor holds the conversation only words for somebody in danger, once, and not as the
        bot's, and what belongs there."""
        hold = takeover.held(session, conversation_id) if self.lock(session, conversation_id) else None
        if hold is None:
            return [reply for reply in replies if not reply.held_only]
        through = [replace(reply, role="system", once=True) if reply.urgent else reply for reply in replies if reply.urgent or reply.held_only]
        return [replace(reply, id=notice_id(conversation_id, hold.token, reply.text)) if reply.once else reply for reply in through]

    def _append(
        self, session: Session, conversation_id: str, in_reply_to: str | None, replies: Sequence[Reply], *, offering: bool = False
    ) -> list[MessageView]:
        if not replies:
            return []
        head = session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(last_seq=Conversation.last_seq + len(replies))
            .returning(Conversation.last_seq, Conversation.offers, Conversation.expects)
            .execution_options(**_PLAIN)
        ).one_or_none()
        if head is None:
            raise UnknownConversation(conversation_id)
        offers, expects = head.offers, head.expects
        if in_reply_to is not None or offering:
            offers = next_offers(head.offers, replies)
        if in_reply_to is not None:  # what is said unasked leaves a question open that was asked before
            expects = next((reply.expects for reply in replies if reply.expects), None)
        if (offers, expects) != (head.offers, head.expects):
            session.execute(
                update(Conversation).where(Conversation.id == conversation_id).values(offers=offers, expects=expects).execution_options(**_PLAIN)
            )
        rows = [
            Message(
                id=reply.id,
                conversation_id=conversation_id,
                seq=head.last_seq - len(replies) + position,
                role=reply.role,
                kind=reply.kind,
                text=reply.text,
                payload=reply.payload,
                created_at=self._clock.now(),
                in_reply_to=in_reply_to,
                handling=DONE,
                attempts=0,
            )
            for position, reply in enumerate(replies, start=1)
        ]
        session.add_all(rows)
        listening.said(session, conversation_id, [row.seq for row in rows], self._clock.now(), by_graduate=False)
        return [MessageView.of(row) for row in rows]

    def _replies(self, session: Session, message: Message) -> list[MessageView]:
        rows = session.scalars(
            select(Message).where(Message.conversation_id == message.conversation_id, Message.in_reply_to == message.id).order_by(Message.seq)
        )
        return [MessageView.of(row) for row in rows]

    def _is_free(self) -> Any:
        return or_(Message.lease_until.is_(None), Message.lease_until <= self._wall.now())


def _sent_as(conversation_id: str, client_id: str) -> Select[Message]:
    return select(Message).where(Message.conversation_id == conversation_id, Message.client_id == client_id)


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


def _not_said_yet(session: Session, replies: Sequence[Reply]) -> list[Reply]:
    """The replies without those that are to be said once and are on record."""
    once = [reply.id for reply in replies if reply.once]
    known = set(session.scalars(select(Message.id).where(Message.id.in_(once)))) if once else set()
    return [reply for reply in replies if reply.id not in known]

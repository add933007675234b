"""The conversation's tables: conversations, messages (the inbox and the record in one), feedback."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

PENDING = "pending"
"""`Message.handling` of a graduate's message that nobody has answered yet."""
DONE = "done"
"""`Message.handling` of an answered message, and of everything the bot or a counsellor says."""


class Conversation(Base):
    """One conversation; its id is the chat API's session id and Rasa's sender id."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seq: Mapped[int] = mapped_column(default=0)
    expects: Mapped[str | None] = mapped_column(String(16))
    """What the bot has just asked for, where the safety screen must know: "contact", "held_contact"."""
    offers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Choices put before the graduate lately: [{"title", "value", "fresh"}]; see `bot.choices`."""


class Message(Base):
    """One message. A graduate's message also carries all that is needed to answer it after a restart."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id", name="uq_messages_conversation_id_client_id"),
        Index("ix_messages_handling_lease_until", "handling", "lease_until"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int]
    role: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    in_reply_to: Mapped[str | None] = mapped_column(String(32))

    client_id: Mapped[str | None] = mapped_column(String(64))
    channel: Mapped[str | None] = mapped_column(String(16))
    """By which channel a graduate's message came; null for what is said to them, and in messages older than the column."""
    handling: Mapped[str] = mapped_column(String(12), default=DONE)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then somebody is at work on the message; afterwards the backlog worker may take it."""
    verdict: Mapped[str | None] = mapped_column(String(16))
    topic: Mapped[str | None] = mapped_column(String(64))
    ready_reply: Mapped[str | None] = mapped_column(Text)
    """The safety screen's reply, where the message is not for Rasa."""
    command: Mapped[str | None] = mapped_column(Text)
    """What Rasa is told in place of the text: the value of a choice, or a contact that was asked for.

    Emptied once the message is answered, so that a contact stays on the request it was given for and nowhere else.
    """


class Feedback(Base):
    """A graduate's thumb on one message; a second one replaces the first."""

    __tablename__ = "feedback"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    helpful: Mapped[bool]
    comment: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""The outbox of notifications."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Enum, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime


class DeliveryState(StrEnum):
    """Where a notification stands."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    """Given up after too many tries; somebody may send it again."""
    UNKNOWN = "unknown"
    """Sent perhaps: whoever sent it ended, or heard nothing back, before it was known whether the robot took it."""
    OFF = "off"
    """There was nowhere to send it to."""


class Delivery(Base):
    """One notification, written in the transaction of what it tells of. It carries no personal data."""

    __tablename__ = "notification_outbox"
    __table_args__ = (Index("ix_notification_outbox_state_next_at", "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, str | None]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """`desk.notify.texts` makes the sentence of it: number, priority, category, college, due."""
    state: Mapped[DeliveryState] = mapped_column(
        Enum(DeliveryState, native_enum=False, length=8, values_callable=lambda members: [member.value for member in members])
    )
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it is tried next; while it is being sent, when its worker counts as dead."""
    claim: Mapped[str | None] = mapped_column(String(32))
    """Of the worker that is sending it."""
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When that worker was about to send it, committed before it did; empty while it is certain that nothing went out."""
    error: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""Tables of what is said unasked: announcements, subscriptions with what was delivered for them, and recommendations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime


class Announcement(Base):
    """Something that counsellors tell everybody from a day until a day."""

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_valid_until", "valid_until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`announcement`, or `alert` of a risk to those who look for work (求职预警)."""
    text: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    """The last day, in China, on which it is shown."""
    by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(100))


class Subscription(Base):
    """What a graduate wants to be told of. Nothing is sent for one without `consented_at`, nor for an ended one."""

    __tablename__ = "subscriptions"
    __table_args__ = (Index("ix_subscriptions_conversation_id_status", "conversation_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(20))
    """`postings` or `events`."""
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    """`Criteria.to_json()` or `EventQuery.to_json()`."""
    label: Mapped[str] = mapped_column(String(300))
    """The criteria as they were said back to the graduate."""
    hour: Mapped[int] = mapped_column(Integer)
    """The hour of the day, in China, from which the digest is sent."""
    status: Mapped[str] = mapped_column(String(12))
    """`asked` until consent, then `active`, at last `ended`."""
    replaces: Mapped[int | None] = mapped_column(Integer)
    """The subscription that ends when this one is consented to."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Digest(Base):
    """A conversation's digest of one day, claimed by one worker: at most one a day, whoever works."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("conversation_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(128))
    day: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12))
    """`claimed`, then `sent` or `nothing` (there was nothing new that day)."""
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """Until then the worker that claimed it is at it; afterwards another may take over."""
    attempts: Mapped[int] = mapped_column(Integer, default=1)
    items: Mapped[int] = mapped_column(Integer, default=0)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SubscriptionDelivery(Base):
    """Something that was pushed into a conversation: it is never pushed there again."""

    __tablename__ = "subscription_deliveries"
    __table_args__ = (UniqueConstraint("conversation_id", "kind", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int] = mapped_column(Integer)
    subscription_id: Mapped[int] = mapped_column(Integer)
    delivered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Recommendation(Base):
    """Which postings were offered to a graduate in care, by whom and when."""

    __tablename__ = "recommendations"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(128), index=True)
    """The conversation, or an opaque reference of the ledger; never a name or a number of a person."""
    by: Mapped[str] = mapped_column(String(100))
    """`assistant`, or who of the staff."""
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    posting_ids: Mapped[list[int]] = mapped_column(JSON)
    wanted: Mapped[int] = mapped_column(Integer)
    """How many there should have been at least."""
    ticket: Mapped[str | None] = mapped_column(String(20))
    """The number of the follow-up that was opened because there were fewer."""
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)

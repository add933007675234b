"""Tables of the events: the calendar, what was decided about an event, and whose events pass by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

PLANNED = "planned"
CANCELLED = "cancelled"
POSTPONED = "postponed"
PUBLISHED = "published"
"""The one standing in which graduates see an event."""


class Event(Base):
    """One fair or talk. An event that recurs is a row for each time, so that asking by date needs no rule."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("source", "source_uid"), Index("ix_events_starts_at", "starts_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(100))
    source_uid: Mapped[str] = mapped_column(String(200))
    """What the source calls it: a number of a table, a UID with the time it recurs at, else a digest of title, place and time."""
    key: Mapped[str] = mapped_column(String(64), index=True)
    """What two sources that announce the same event agree on, as a digest (`record.key_of`)."""
    checksum: Mapped[str] = mapped_column(String(64))
    """Of the row as understood: an unchanged one is passed over."""
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    """One of `record.KINDS`."""
    city: Mapped[str] = mapped_column(String(50), default="")
    """The short name, as in `knowledge.language.places`; empty where it is held online alone or not said."""
    district: Mapped[str] = mapped_column(String(100), default="")
    place: Mapped[str] = mapped_column(String(300), default="")
    online: Mapped[bool] = mapped_column(Boolean, default=False)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """For an event of whole days the first moment of the first day in China."""
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Null where it is not said; for an event of whole days the first moment after the last."""
    all_day: Mapped[bool] = mapped_column(Boolean, default=False)
    audience: Mapped[str] = mapped_column(String(300), default="")
    organiser: Mapped[str] = mapped_column(String(200), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(20), default=PLANNED)
    """`planned`, `cancelled` or `postponed`."""
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """Rises with every change, for calendars that subscribe (RFC 5545, 3.8.7.4)."""
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When a source last said so."""
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    standing: Mapped[str] = mapped_column(String(20), default=PUBLISHED, index=True)
    """`waiting`, `published`, `held`, `rejected` or `withdrawn`; graduates see `published` alone."""
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What the screening found: kind, phrase, field (`knowledge.postings.screening`)."""
    issues: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What is odd about it, in Chinese for the reviewer."""
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last screened or decided upon."""
    reviewed_by: Mapped[str | None] = mapped_column(String(100))
    """Who decided; null where the screening did."""


class EventDecision(Base):
    """What was decided about an event, by whom and why. Rows are only ever added."""

    __tablename__ = "event_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    standing: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(100))
    """Null: the screening."""
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class EventSource(Base):
    """Where events come from: whether its clean ones pass by themselves."""

    __tablename__ = "event_sources"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    trusted: Mapped[bool] = mapped_column(Boolean)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

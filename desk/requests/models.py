"""The desk's tables beside the ticket: who holds a conversation, notes, labels, canned replies, viewers, what graduates said of themselves."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

_STRUCTURED = JSON().with_variant(JSONB(), "postgresql")


class Hold(Base):
    """A conversation in a counsellor's hands: while the row is there the bot says nothing in it."""

    __tablename__ = "conversation_holds"

    conversation_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    staff_id: Mapped[int]
    token: Mapped[str] = mapped_column(String(32))
    """Another one each time a conversation is taken over."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class TicketNote(Base):
    """A private note: staff read it, graduates never."""

    __tablename__ = "ticket_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    staff_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TicketLabel(Base):
    """A word that staff have put on a ticket."""

    __tablename__ = "ticket_labels"
    __table_args__ = (Index("ix_ticket_labels_label", "label"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    label: Mapped[str] = mapped_column(String(20), primary_key=True)


class TicketViewer(Base):
    """Who looks at a ticket, and until when they count as typing; renewed by the console while the page is open."""

    __tablename__ = "ticket_viewers"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    typing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CannedReply(Base):
    """A reply that is written often; `text` may hold {姓名}, {学院}, {编号}, {老师}."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    college: Mapped[str | None] = mapped_column(String(60))
    """Whose it is; everybody's where empty."""
    updated_by: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GraduateProfile(Base):
    """What a graduate said of where they belong, in one conversation; it decides who is asked to answer."""

    __tablename__ = "graduate_profiles"

    conversation_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    college: Mapped[str | None] = mapped_column(String(60))
    cohort: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoutingDuty(Base):
    """What somebody answers for beside their college: categories of questions, years of graduation, and how much at once."""

    __tablename__ = "routing_duties"

    staff_id: Mapped[int] = mapped_column(primary_key=True)
    categories: Mapped[list[str]] = mapped_column(_STRUCTURED)
    cohorts: Mapped[list[int]] = mapped_column(_STRUCTURED)
    capacity: Mapped[int]


class StaffEvent(Base):
    """Something that the console is to show at once; ids rise in the order of commits. No words of a graduate."""

    __tablename__ = "staff_events"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str | None] = mapped_column(String(20))
    college: Mapped[str | None] = mapped_column(String(60))
    staff_id: Mapped[int | None]
    """For this one alone."""
    leading: Mapped[bool]
    """For those alone who assign requests."""
    data: Mapped[dict[str, object]] = mapped_column(_STRUCTURED)


class Deadline(Base):
    """A day that does not wait; requests with one of the words in them go first from `days_ahead` days before it."""

    __tablename__ = "deadlines"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(40))
    words: Mapped[list[str]] = mapped_column(_STRUCTURED)
    day: Mapped[date]
    days_ahead: Mapped[int]
    college: Mapped[str | None] = mapped_column(String(60))
    """Whose graduates it concerns; everybody's where empty."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""Tables of trainings: what is offered, and who wants to come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime


class Training(Base):
    """A training that graduates may put themselves down for."""

    __tablename__ = "trainings"
    __table_args__ = (Index("ix_trainings_ends_on", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    provider: Mapped[str] = mapped_column(String(100))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    hours: Mapped[str] = mapped_column(String(100))
    """The hours of the day in words, such as 每天 9:00–17:00."""
    place: Mapped[str] = mapped_column(String(150))
    fee: Mapped[str] = mapped_column(String(100))
    subsidy: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text)
    seats: Mapped[int | None]
    """Empty: as many as want to."""
    sign_up_until: Mapped[date] = mapped_column(Date)
    keep_days: Mapped[int]
    """So long after the last day names and contacts are kept."""
    by_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When staff took it back."""


class TrainingInterest(Base):
    """One person who wants to come; the order of the ids is the order of the list."""

    __tablename__ = "training_interests"
    __table_args__ = (
        UniqueConstraint("training_id", "conversation_id", name="uq_training_interests_conversation"),
        UniqueConstraint("training_id", "contact", name="uq_training_interests_contact"),
        Index("ix_training_interests_conversation_id", "conversation_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("trainings.id"))
    conversation_id: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(30))
    contact: Mapped[str] = mapped_column(String(100))
    college: Mapped[str | None] = mapped_column(String(60))
    cohort: Mapped[int | None]
    waited: Mapped[bool]
    """On the waiting list, as far as the graduate was told."""
    consented_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

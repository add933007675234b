"""Tables of the ledger: visits to employers, what they need, which postings came of it, and what became of candidates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime


class EmployerVisit(Base):
    """One person's visit to an employer on one day; of two who went together each has a row."""

    __tablename__ = "employer_visits"
    __table_args__ = (UniqueConstraint("employer_id", "visited_on", "visitor"), Index("ix_employer_visits_visited_on", "visited_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"))
    visited_on: Mapped[date] = mapped_column(Date)
    visitor: Mapped[str] = mapped_column(String(100))
    level: Mapped[str] = mapped_column(String(20))
    """`principal`, `school`, `college` or `other` (record.Level)."""
    college: Mapped[str] = mapped_column(String(100), default="")
    is_new: Mapped[bool | None] = mapped_column(Boolean)
    """Whether the employer was new to the school at this visit; null: nobody said, so it was where no visit was earlier."""
    posts_gained: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EmployerNeed(Base):
    """What an employer wants people for."""

    __tablename__ = "employer_needs"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    post: Mapped[str] = mapped_column(String(200))
    headcount: Mapped[int | None] = mapped_column(Integer)
    majors: Mapped[str] = mapped_column(Text, default="")
    degree: Mapped[str] = mapped_column(String(50), default="")
    needed_by: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NeedPosting(Base):
    """A posting that answers a need."""

    __tablename__ = "need_postings"

    need_id: Mapped[int] = mapped_column(ForeignKey("employer_needs.id"), primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), primary_key=True, index=True)
    linked_by: Mapped[str] = mapped_column(String(100))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NeedCandidate(Base):
    """What became of a candidate for a need, as somebody said it. Rows are only ever added; the newest of a candidate counts."""

    __tablename__ = "need_candidates"
    __table_args__ = (Index("ix_need_candidates_need_id", "need_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("employer_needs.id"))
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("postings.id"))
    reference: Mapped[str] = mapped_column(String(60))
    """The school's own word for a person; no name, no number of theirs."""
    outcome: Mapped[str] = mapped_column(String(20))
    """One of record.OUTCOMES."""
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(String(100))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

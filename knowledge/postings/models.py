"""Tables of the postings: what is open, where it came from, what was decided about it, and by which columns a source is read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, UtcDateTime


class Employer(Base):
    """An employer, and what was found out about it."""

    __tablename__ = "employers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    """The name folded: width, blanks and script do not tell two employers apart."""
    type: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(50))
    credit_code: Mapped[str | None] = mapped_column(String(18), index=True)
    site: Mapped[str | None] = mapped_column(String(300))
    mail_domain: Mapped[str | None] = mapped_column(String(100))
    address: Mapped[str | None] = mapped_column(String(300))
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What was checked, by whom, when, with what result."""
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Posting(Base):
    """One job, however many sources name it. The columns are those of `record.PostingFields`."""

    __tablename__ = "postings"
    __table_args__ = (Index("ix_postings_status_deadline", "status", "deadline"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(100), default="")
    """The id that its first source gave it."""
    key: Mapped[str] = mapped_column(String(64), index=True)
    """What two sources that name the same job agree on, as a digest (`matching`)."""
    status: Mapped[str] = mapped_column(String(20))
    """`waiting`, `published`, `held`, `rejected` or `withdrawn`; graduates see `published` alone."""
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What the screening found: kind, phrase, field."""
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was last screened or decided upon."""
    checked_by: Mapped[str | None] = mapped_column(String(100))
    """Who decided; null where the screening did."""
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employers.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(200))
    employer_type: Mapped[str | None] = mapped_column(String(20))
    employer_type_text: Mapped[str] = mapped_column(String(50), default="")
    cities: Mapped[list[str]] = mapped_column(JSON, default=list)
    district: Mapped[str] = mapped_column(String(100), default="")
    place_text: Mapped[str] = mapped_column(String(200), default="")
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    salary_text: Mapped[str] = mapped_column(String(100), default="")
    salary_min: Mapped[int | None] = mapped_column(Integer)
    """Yuan a month, as `salary_max`."""
    salary_max: Mapped[int | None] = mapped_column(Integer)
    salary_months: Mapped[int] = mapped_column(Integer, default=12)
    salary_period: Mapped[str | None] = mapped_column(String(10))
    day_min: Mapped[int | None] = mapped_column(Integer)
    """Yuan a day, as `day_max`."""
    day_max: Mapped[int | None] = mapped_column(Integer)
    negotiable: Mapped[bool] = mapped_column(Boolean, default=False)
    open_ended: Mapped[bool] = mapped_column(Boolean, default=False)
    education_text: Mapped[str] = mapped_column(String(100), default="")
    education: Mapped[int | None] = mapped_column(Integer)
    """`record.Degree`."""
    majors_text: Mapped[str] = mapped_column(Text, default="")
    majors: Mapped[list[str]] = mapped_column(JSON, default=list)
    any_major: Mapped[bool] = mapped_column(Boolean, default=False)
    cohort_text: Mapped[str] = mapped_column(String(200), default="")
    cohorts: Mapped[list[int]] = mapped_column(JSON, default=list)
    any_cohort: Mapped[bool] = mapped_column(Boolean, default=False)
    cohort_condition: Mapped[str] = mapped_column(String(200), default="")
    headcount_text: Mapped[str] = mapped_column(String(50), default="")
    headcount: Mapped[int | None] = mapped_column(Integer)
    traits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """`record.TraitName` → [value, evidence]; what is not mentioned is left out."""
    description: Mapped[str] = mapped_column(Text, default="")
    benefits: Mapped[str] = mapped_column(Text, default="")
    posted_on: Mapped[date | None] = mapped_column(Date)
    deadline: Mapped[date | None] = mapped_column(Date)
    deadline_text: Mapped[str] = mapped_column(String(100), default="")
    deadline_state: Mapped[str] = mapped_column(String(20), default="unknown")
    contact: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    extra: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    issues: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What the import found odd about the row, in Chinese for the reviewer."""
    revision: Mapped[int] = mapped_column(Integer, index=True)
    """The `PostingState.revision` at which it last changed: the index takes in what is newer than itself."""
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    origins: Mapped[list[PostingOrigin]] = relationship(back_populates="posting", cascade="all, delete-orphan", passive_deletes=True)


class PostingOrigin(Base):
    """A row of a source that names a posting: importing the same row again changes nothing."""

    __tablename__ = "posting_origins"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(String(100))
    external_id: Mapped[str] = mapped_column(String(100))
    """What the source calls it, else a digest of the row."""
    checksum: Mapped[str] = mapped_column(String(64))
    """Of the row as read: an unchanged row is passed over."""
    file: Mapped[str] = mapped_column(String(300), default="")
    line: Mapped[int | None] = mapped_column(Integer)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posting: Mapped[Posting] = relationship(back_populates="origins")


class PostingDecision(Base):
    """What was decided about a posting, by whom and why. Rows are only ever added."""

    __tablename__ = "posting_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(100))
    """Null: the screening."""
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class PostingSource(Base):
    """Where postings come from: whether its clean ones pass by themselves, and what its columns are called."""

    __tablename__ = "posting_sources"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    trusted: Mapped[bool] = mapped_column(Boolean)
    columns: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """The source's column → our field, as saved at the last import with a mapping."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PostingState(Base):
    """A single row whose `revision` rises with every change of a posting, so that running processes see it at the next question."""

    __tablename__ = "posting_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)

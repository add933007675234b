"""Tables of the care ledger. What was said, done and changed is only ever added; it goes when a graduate's file is erased, and not before.

The database itself refuses to change an entry or a change, and to delete one of a file that was not erased, by triggers of the migration.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

_STRUCTURED = JSON().with_variant(JSONB(), "postgresql")


class Graduate(Base):
    """The file of one graduate. Empty text means that nothing is known; the fields and their bounds are those of `desk.care.fields`."""

    __tablename__ = "graduates"
    __table_args__ = (Index("ix_graduates_college_id", "college", "id"), Index("ix_graduates_next_contact_on", "next_contact_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    student_number: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    college: Mapped[str] = mapped_column(String(60))
    class_name: Mapped[str] = mapped_column(String(60), default="")
    cohort: Mapped[int | None] = mapped_column(Integer)
    """The year of graduation (届)."""
    degree: Mapped[str] = mapped_column(String(20), default="")
    major: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    hometown: Mapped[str] = mapped_column(String(60), default="")
    left_school_on: Mapped[date | None] = mapped_column(Date)

    wish: Mapped[str] = mapped_column(String(20), default="")
    wish_place: Mapped[str] = mapped_column(String(100), default="")
    wish_work: Mapped[str] = mapped_column(String(200), default="")
    wish_note: Mapped[str] = mapped_column(Text, default="")

    goal: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    next_contact_on: Mapped[date | None] = mapped_column(Date)

    destination: Mapped[str] = mapped_column(String(20), default="")
    destination_unit: Mapped[str] = mapped_column(String(200), default="")
    destination_on: Mapped[date | None] = mapped_column(Date)
    destination_evidence: Mapped[str] = mapped_column(Text, default="")
    """What the destination rests on: the number of an agreement, who confirmed it and how."""

    categories: Mapped[list[str]] = mapped_column(_STRUCTURED, default=list)
    """Key groups (重点群体), set by staff alone; never in a list, and in a file only for those who may see it."""
    categories_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When staff last settled whether the graduate belongs to a key group; empty: nobody has."""

    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_reason: Mapped[str] = mapped_column(String(20), default="")
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """When somebody last changed the file or wrote an entry."""
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CareEntry(Base):
    """Something said or done for a graduate: rows are added, never changed."""

    __tablename__ = "care_entries"
    __table_args__ = (Index("ix_care_entries_graduate_id_at", "graduate_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    graduate_id: Mapped[int] = mapped_column(ForeignKey("graduates.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    """One of `desk.care.texts.KINDS`."""
    text: Mapped[str] = mapped_column(Text)


class CareChange(Base):
    """Who changed what of a file, when, and what it was before: rows are added, never changed."""

    __tablename__ = "care_changes"
    __table_args__ = (Index("ix_care_changes_graduate_id_id", "graduate_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    graduate_id: Mapped[int] = mapped_column(ForeignKey("graduates.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(30))
    before: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)
    after: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)


class Pairing(Base):
    """Who cares for a graduate (一帮一, 结对): one at a time, of the staff or of the school's leadership."""

    __tablename__ = "care_pairings"
    __table_args__ = (
        Index(
            "uq_care_pairings_open",
            "graduate_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_care_pairings_helper_staff_id", "helper_staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    graduate_id: Mapped[int] = mapped_column(ForeignKey("graduates.id"))
    helper: Mapped[str] = mapped_column(String(80))
    """The name; with the post where the helper has no account here (某处处长)."""
    helper_staff_id: Mapped[int | None] = mapped_column(Integer)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(80))


class CareLink(Base):
    """A conversation that is known to be a graduate's; through it their tickets are on the file."""

    __tablename__ = "care_links"

    conversation_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    graduate_id: Mapped[int] = mapped_column(ForeignKey("graduates.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(80))

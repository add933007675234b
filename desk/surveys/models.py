"""Tables of surveys: what is asked, and what each conversation answered to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

_STRUCTURED = JSON().with_variant(JSONB(none_as_null=True), "postgresql")


class Survey(Base):
    """Questions with their purpose. Once published nothing of it changes, so that everybody consented to the same words."""

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(Text)
    """What the answers are for, as the graduate reads it before consenting."""
    questions: Mapped[list[dict[str, Any]]] = mapped_column(_STRUCTURED)
    """`desk.surveys.questions.Question.to_json()` each."""
    college: Mapped[str | None] = mapped_column(String(60))
    cohort: Mapped[int | None]
    """Whom it is for; everybody where both are empty."""
    opens_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    """The last day, in China, on which it can be answered."""
    keep_days: Mapped[int]
    """So long after the end each person's answers are kept; the counts, which lead to nobody, stay."""
    by_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"))
    """The counts with small cells already out of them (`desk.surveys.results`), made once when it has ended."""


class SurveyAnswer(Base):
    """What one conversation answered; goes when it is withdrawn, erased or its time is over."""

    __tablename__ = "survey_answers"
    __table_args__ = (
        UniqueConstraint("survey_id", "conversation_id", name="uq_survey_answers_survey_id"),
        Index("ix_survey_answers_conversation_id", "conversation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    conversation_id: Mapped[str] = mapped_column(String(128))
    college: Mapped[str | None] = mapped_column(String(60))
    cohort: Mapped[int | None]
    answers: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)
    """Question id → the answer: an option, a list of options, a number, a text with personal numbers masked."""
    consented_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

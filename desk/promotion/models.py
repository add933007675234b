"""The tables of drafts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

_STRUCTURED = JSON().with_variant(JSONB(), "postgresql")


class DraftState(StrEnum):
    """Where a draft stands; graduates are answered from approved ones alone."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETIRED = "retired"


class KnowledgeDraft(Base):
    """An entry that somebody wrote; `fields` are those of `drafting.DraftForm`."""

    __tablename__ = "knowledge_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)
    ticket: Mapped[str | None] = mapped_column(String(20))
    """The request whose reply it was."""
    state: Mapped[str] = mapped_column(String(12), index=True)
    author_id: Mapped[int]
    author: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewer_id: Mapped[int | None]
    reviewer: Mapped[str | None] = mapped_column(String(80))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was sent back or retired."""
    entry_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    """Its id among the entries, once it was approved."""

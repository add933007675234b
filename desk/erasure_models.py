"""The table of erasures: what graduates asked to be erased, carried out by a worker and kept as a receipt without a person in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime


class Erasure(Base):
    """One wish to be erased. Once it is carried out nothing in the row leads to anybody."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    """The receipt that the graduate was given."""
    conversation_id: Mapped[str | None] = mapped_column(String(128), unique=True)
    """Whose data; empty once it is done."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"), default=dict)
    """How many rows of each holding went."""

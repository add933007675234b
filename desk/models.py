"""The desk's tables: tickets, and an append-only record of everything that happened to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, UtcDateTime


class Priority(StrEnum):
    """How soon a person must look, most urgent first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"

    @property
    def rank(self) -> int:
        """0 for the most urgent; a smaller rank goes first."""
        return list(Priority).index(self)


class Status(StrEnum):
    """Where a ticket stands; queued and claimed are open."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where an open ticket stands for the staff: to be worked on, waiting for the graduate, put off, done."""

    OPEN = "open"
    PENDING = "pending"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class Satisfaction(StrEnum):
    """What a graduate thought of how a request was handled."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


class Reason(StrEnum):
    """Why a person is needed."""

    REQUESTED = "requested"
    REFUSED = "refused"
    CRISIS = "crisis"
    URGENT = "urgent"
    COMPLAINT = "complaint"
    DATA_DELETION = "data_deletion"
    DATA_EXPORT = "data_export"
    FOLLOW_UP = "follow_up"
    """Fewer postings were found for a graduate in care than must be recommended."""


class Queue(StrEnum):
    """The line a ticket waits in: a graduate has at most one open ticket in each."""

    SUPPORT = "support"
    COMPLAINT = "complaint"
    DATA_DELETION = "data_deletion"
    DATA_EXPORT = "data_export"
    FOLLOW_UP = "follow_up"


def _words(length: int, kind: type[StrEnum]) -> Enum:
    """A column of plain words, so that a console may add one without a change of the database's types."""
    return Enum(kind, native_enum=False, length=length, values_callable=lambda members: [m.value for m in members])


_STRUCTURED = JSON().with_variant(JSONB(), "postgresql")


class Ticket(Base):
    """One request of one graduate for a person; open while `closed_at` is empty."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "uq_tickets_open",
            "conversation_id",
            "queue",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_tickets_waiting", "status", "promise_due"),
        Index("ix_tickets_assignee_id_state", "assignee_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    conversation_id: Mapped[str] = mapped_column(String(128), index=True)
    queue: Mapped[Queue] = mapped_column(_words(20, Queue))
    reason: Mapped[Reason] = mapped_column(_words(20, Reason))
    priority: Mapped[Priority] = mapped_column(_words(10, Priority))
    status: Mapped[Status] = mapped_column(_words(12, Status))
    topic: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text)
    transcript: Mapped[list[dict[str, str]]] = mapped_column(_STRUCTURED)
    times_asked: Mapped[int] = mapped_column(default=1)
    contact: Mapped[str | None] = mapped_column(String(120))
    contact_consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    promise_due: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    state: Mapped[State] = mapped_column(_words(12, State), default=State.OPEN)
    college: Mapped[str | None] = mapped_column(String(60))
    """The graduate's, where they said it; without one the ticket is everybody's."""
    cohort: Mapped[int | None]
    """The year of graduation, where they said it."""
    category: Mapped[str] = mapped_column(String(20), default="其他")
    """What it is about, of `desk.requests.categories`."""
    assignee_id: Mapped[int | None]
    """The staff member who has claimed it."""
    offered_to_id: Mapped[int | None]
    """The staff member it was routed to and who has not claimed it yet."""
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed_over: Mapped[list[int]] = mapped_column(_STRUCTURED, default=list)
    """Staff who gave it back, let it lie, or did not take it when it was offered: others are asked first."""
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the graduate has waited for the assignee; None while it is the graduate's turn."""
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a person first answered, by a message or by resolving it."""
    promise_kept: Mapped[bool | None]
    """Whether that was by `promise_due`; None while nobody has answered."""
    apologised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the graduate was told that nobody came in time."""
    satisfaction_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    satisfaction: Mapped[Satisfaction | None] = mapped_column(_words(12, Satisfaction))
    satisfaction_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_into_id: Mapped[int | None]
    """The ticket of the same person that goes on in this one's place."""
    deadline_id: Mapped[int | None]
    """The deadline that it goes by (`desk.requests.deadlines`)."""

    events: Mapped[list[TicketEvent]] = relationship(order_by="TicketEvent.id", lazy="raise")

    # Two writers never overwrite each other: the second one fails and reads again.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.closed_at is None


class TicketEvent(Base):
    """Who did what to a ticket, when, and what it was before and after. Rows are added, never changed.

    The database itself refuses every UPDATE and DELETE, by triggers that the migration of the table makes.

    `before` and `after` hold states alone (priority, status, reason, due time), never words of the graduate nor their
    contact, so that erasing a graduate's data does not need to touch this record.
    """

    __tablename__ = "ticket_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)
    after: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)

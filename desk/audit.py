"""The record of what staff did, and what they read of a graduate. Rows are added, never changed.

The database itself refuses every UPDATE and DELETE, by triggers that the migration of the table makes. `before` and `after`
hold states and the names of fields, never a graduate's words: what must be erased one day cannot stand where nothing is ever
erased. Whatever looks like a personal number is masked nevertheless.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, String, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from core.clock import Clock
from core.database import Base, UtcDateTime
from core.text.masking import mask
from desk.staff.policy import Actor
from knowledge.witness import State, Witness

LONGEST_VALUE = 200
"""Characters of a value that the record keeps."""

_STRUCTURED = JSON().with_variant(JSONB(), "postgresql")


class AuditEvent(Base):
    """One thing done or read: who, what, on what, when, from where, and what changed."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_subject_id", "subject", "id"), Index("ix_audit_events_staff_id_id", "staff_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int | None]
    """No foreign key: the record must stand whatever becomes of the account."""
    actor: Mapped[str] = mapped_column(String(80))
    role: Mapped[str | None] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    before: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)
    after: Mapped[dict[str, Any]] = mapped_column(_STRUCTURED)


@dataclass(frozen=True)
class AuditFilter:
    """What to show of the record; everything that is None does not narrow."""

    staff_id: int | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class Audit:
    """Writes the record in the transaction of what it tells of, and reads it; `wall` is the real time, whatever stands in for today."""

    def __init__(self, sessions: sessionmaker[Session], wall: Clock) -> None:
        self._sessions = sessions
        self._wall = wall

    def record(
        self,
        session: Session,
        actor: Actor,
        action: str,
        subject: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a row: `action` as noun.verb ("ticket.claim", "graduate.read"), `subject` as kind:id ("graduate:12"); only what differs is kept."""
        old, new = _difference(before or {}, after or {})
        session.add(
            AuditEvent(
                at=self._wall.now(),
                staff_id=actor.staff_id,
                actor=actor.name[:80],
                role=actor.role.value if actor.role else None,
                address=actor.address[:64],
                action=action,
                subject=mask(subject)[:120],
                before=old,
                after=new,
            )
        )

    def witness(self, actor: Actor, action: str, kind: str) -> Witness:
        """Adds a row for each thing of a kind that a service of the knowledge changes, in the service's own transaction; notes are left out."""

        def record(session: Session, number: int, before: State, after: State) -> None:
            self.record(session, actor, action, f"{kind}:{number}", _without_notes(before), _without_notes(after))

        return record

    def record_alone(self, actor: Actor, action: str, subject: str) -> None:
        """Add a row in a transaction of its own: for what was only read."""
        with self._sessions.begin() as session:
            self.record(session, actor, action, subject)

    def page(self, wanted: AuditFilter, page: int, page_size: int) -> tuple[list[AuditEvent], int]:
        """A page of the record, newest first, and how many rows there are in all; `page` counts from 1."""
        query = select(AuditEvent)
        for condition in _conditions(wanted):
            query = query.where(condition)
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            rows = session.scalars(query.order_by(AuditEvent.id.desc()).limit(page_size).offset((page - 1) * page_size)).all()
        return list(rows), total


def _conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.staff_id is not None:
        yield AuditEvent.staff_id == wanted.staff_id
    if wanted.action is not None:
        yield AuditEvent.action == wanted.action
    if wanted.subject is not None:
        yield AuditEvent.subject == wanted.subject
    if wanted.since is not None:
        yield AuditEvent.at >= wanted.since
    if wanted.until is not None:
        yield AuditEvent.at < wanted.until


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    missing = object()
    changed = [key for key in {**before, **after} if before.get(key, missing) != after.get(key, missing)]
    return {key: _plain(before[key]) for key in changed if key in before}, {key: _plain(after[key]) for key in changed if key in after}


def _without_notes(state: State) -> State:
    """What staff wrote freely may name people, and this record cannot be erased."""
    return {name: value for name, value in state.items() if name != "note"}


def _plain(value: Any) -> Any:
    """A value as JSON holds it, personal numbers masked."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return mask(str(value))[:LONGEST_VALUE]

"""How a change of a file is kept: who, when, what it was before; and the audit, which learns that but never a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from core.clock import Clock
from desk.audit import Audit
from desk.care import texts
from desk.care.fields import write_field
from desk.care.models import CareChange, Graduate
from desk.errors import CareConflict
from desk.staff.policy import Actor

_Result = TypeVar("_Result")
_ATTEMPTS = 8


class CareRecord:
    """What the services of the ledger share: sessions, the clock, the audit, and the one way to change a file."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self.sessions, self.clock, self.audit = sessions, clock, audit

    def write(self, attempt: Callable[[Session], _Result]) -> _Result:
        """Run `attempt` in a transaction, again where another writer was faster. Raises CareConflict when that goes on."""
        for _ in range(_ATTEMPTS):
            try:
                with self.sessions.begin() as session:
                    return attempt(session)
            except (IntegrityError, StaleDataError):
                continue
        raise CareConflict(texts.CHANGED_MEANWHILE)

    def change(self, session: Session, actor: Actor, graduate: Graduate, action: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set fields of a file and keep what they were; the fields that differ, with their new values. Nothing is kept where none does."""
        before = {field: getattr(graduate, field) for field, value in values.items() if getattr(graduate, field) != value}
        if not before:
            return {}
        after = {field: values[field] for field in before}
        for field, value in after.items():
            setattr(graduate, field, value)
        self.note(session, actor, graduate, action, before, after)
        return after

    def note(self, session: Session, actor: Actor, graduate: Graduate, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Keep a change on the file, and in the audit that there was one and of which fields."""
        now = self.touch(graduate)
        session.flush()
        kept = {"before": _shown(before), "after": _shown(after)}
        session.add(CareChange(graduate_id=graduate.id, at=now, staff_id=actor.staff_id, by=actor.name[:80], action=action, **kept))
        fields = sorted({*before, *after} - {"categories"})
        self.audit.record(session, actor, f"graduate.{action}", f"graduate:{graduate.id}", after={"fields": fields} if fields else None)

    def touch(self, graduate: Graduate) -> datetime:
        """Note that somebody is at work on the file; the moment."""
        graduate.touched_at = self.clock.now()
        return graduate.touched_at


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {field: write_field(field, value) if field in texts.FIELDS else value for field, value in values.items()}

"""Every change of a ticket goes through here: its event on record, the console told, those outside notified, in the change's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from desk.models import Priority, Ticket, TicketEvent
from desk.notify import outbox
from desk.requests import feed

GRADUATE = "graduate"
"""The actor of what the graduate caused."""
PROGRAM = "program"
"""The actor of what nobody did: a time that ran out."""

_NOTIFIED = {"registered": "new", "requeued": "requeued", "overdue": "overdue", "reopened": "new"}


def staff_actor(staff_id: int | None) -> str:
    """How staff stand in the record."""
    return f"staff:{staff_id}" if staff_id is not None else PROGRAM


def state_of(ticket: Ticket) -> dict[str, Any]:
    """The facts of a ticket that the record keeps; no words of the graduate, no contact."""
    return {
        "status": ticket.status.value,
        "priority": ticket.priority.value,
        "reason": ticket.reason.value,
        "promise_due": ticket.promise_due.isoformat(),
        "times_asked": ticket.times_asked,
        "has_contact": ticket.contact is not None,
        "state": ticket.state.value if ticket.state else None,
        "assignee": ticket.assignee_id,
        "offered_to": ticket.offered_to_id,
        "snoozed_until": ticket.snoozed_until.isoformat() if ticket.snoozed_until else None,
    }


def record(
    session: Session, ticket: Ticket, actor: str, action: str, before: dict[str, Any], now: datetime, more: dict[str, Any] | None = None
) -> None:
    """Put on record what was done to a ticket; `more` is added to what it was afterwards."""
    ticket.updated_at = now
    after = state_of(ticket) | (more or {})
    session.add(TicketEvent(ticket_id=ticket.id, at=now, actor=actor, action=action, before=before, after=after))
    feed.tell(session, "ticket", now, ticket, {"change": action})
    code = _NOTIFIED.get(action)
    if action == "raised" and ticket.priority is Priority.URGENT and before.get("priority") != Priority.URGENT.value:
        code = "raised"
    if code is not None:
        outbox.put(session, code, ticket, now)

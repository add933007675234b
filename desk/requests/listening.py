"""What is said in a conversation, as far as its tickets and the console are concerned; in the transaction that puts it on record.

The caller has locked the conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from desk.models import State, Status, Ticket
from desk.requests import feed


def said(session: Session, conversation_id: str, seqs: Sequence[int], now: datetime, *, by_graduate: bool) -> None:
    """Tell the console of messages in a conversation with open tickets; what a graduate says wakes a claimed ticket."""
    opened = session.execute(select(Ticket.id, Ticket.number, Ticket.college, Ticket.status).where(_open(conversation_id))).all()
    if not opened:
        return
    if by_graduate and any(row.status is Status.CLAIMED for row in opened):
        _wake(session, conversation_id, now)
    for row in opened:
        feed.tell_of(session, "message", now, row.number, row.college, {"conversation": conversation_id, "seqs": list(seqs)})


def _wake(session: Session, conversation_id: str, now: datetime) -> None:
    session.execute(
        update(Ticket)
        .where(_open(conversation_id), Ticket.status == Status.CLAIMED)
        .values(
            state=State.OPEN,
            snoozed_until=None,
            waiting_since=func.coalesce(Ticket.waiting_since, now, type_=Ticket.waiting_since.type),
            version=Ticket.version + 1,
        )
        .execution_options(synchronize_session=False)
    )


def _open(conversation_id: str) -> ColumnElement[bool]:
    return (Ticket.conversation_id == conversation_id) & Ticket.closed_at.is_(None)

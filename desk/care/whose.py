"""Whose conversation it is, for the other parts of the desk: the college that a request goes to, and whether it goes before others."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.care.models import CareLink, Graduate

_PREFIX = "care:"


def reference_of(graduate_id: int) -> str:
    """What a recommendation and its follow-up call a graduate who has no conversation here."""
    return f"{_PREFIX}{graduate_id}"


def graduate_of(session: Session, conversation_id: str) -> Graduate | None:
    """The graduate whose conversation this is known to be, or whom the ledger's own reference means; None for anybody else."""
    number = conversation_id.removeprefix(_PREFIX)
    if conversation_id.startswith(_PREFIX) and number.isdecimal():
        found = session.get(Graduate, int(number))
    else:
        found = session.scalar(
            select(Graduate).join(CareLink, CareLink.graduate_id == Graduate.id).where(CareLink.conversation_id == conversation_id)
        )
    return None if found is None or found.erased_at is not None else found

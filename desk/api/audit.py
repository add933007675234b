"""The record of who did and read what, to be looked at. There is no way to change it, here or below."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from desk.api.fields import Moment
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.audit import AuditEvent, AuditFilter
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/audit", tags=["desk: audit"])
_Word = Annotated[str | None, Query(max_length=120, pattern=r"^[^\x00]*$")]


class AuditEntry(BaseModel):
    """One row of the record."""

    id: int
    at: datetime
    staff_id: int | None
    actor: str
    role: str | None
    address: str
    action: str
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]


@router.get("")
def list_entries(
    actor: Annotated[Actor, Depends(allowed(Permission.AUDIT_READ))],
    services: WithServices,
    paging: WithPaging,
    staff_id: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    action: _Word = None,
    subject: _Word = None,
    since: Moment | None = None,
    until: Moment | None = None,
) -> Page[AuditEntry]:
    """The record, newest first; that it was looked at is on record too."""
    services.audit.record_alone(actor, "audit.read", "audit")
    rows, total = services.audit.page(AuditFilter(staff_id, action, subject, since, until), paging.page, paging.page_size)
    return Page[AuditEntry](items=[_entry(row) for row in rows], total=total)


def _entry(row: AuditEvent) -> AuditEntry:
    return AuditEntry.model_validate(row, from_attributes=True)

"""What somebody answers for beside their college: subjects, years of graduation, and how much at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from desk.api.errors import Refused, not_found
from desk.api.fields import WHOLE
from desk.api.paging import LARGEST_ID
from desk.api.rules import WithServices, allowed
from desk.requests.categories import CATEGORIES
from desk.requests.models import RoutingDuty
from desk.requests.routing import CAPACITY
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/staff", tags=["desk: staff"])
UNKNOWN_CATEGORY = "没有这个类别，可以选：{known}。"
_StaffId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


class Duties(BaseModel):
    """Requests of these categories and years are offered to them first, at most `capacity` at once."""

    categories: Annotated[list[str], Field(max_length=20)] = []
    cohorts: Annotated[list[Annotated[int, Field(ge=2000, le=2100), WHOLE]], Field(max_length=20)] = []
    capacity: Annotated[int, Field(ge=1, le=100), WHOLE] = CAPACITY


@router.get("/{staff_id}/duties", dependencies=[Depends(allowed(Permission.STAFF_READ))])
def get_duties(staff_id: _StaffId, services: WithServices) -> Duties:
    """What somebody answers for."""
    with services.sessions() as session:
        row = session.get(RoutingDuty, staff_id)
    return Duties() if row is None else Duties(categories=row.categories, cohorts=row.cohorts, capacity=row.capacity)


@router.put("/{staff_id}/duties")
def set_duties(staff_id: _StaffId, body: Duties, actor: Annotated[Actor, Depends(allowed(Permission.STAFF_LEAVE))], services: WithServices) -> Duties:
    """Say what somebody answers for."""
    if services.staff.get(staff_id) is None:
        raise not_found()
    if not set(body.categories) <= set(CATEGORIES):
        raise Refused(422, "invalid", UNKNOWN_CATEGORY.format(known="、".join(CATEGORIES)))
    with services.sessions.begin() as session:
        row = session.get(RoutingDuty, staff_id)
        before = {"categories": row.categories, "cohorts": row.cohorts, "capacity": row.capacity} if row is not None else {}
        session.merge(RoutingDuty(staff_id=staff_id, **body.model_dump()))
        services.audit.record(session, actor, "staff.duties", f"staff:{staff_id}", before, body.model_dump())
    return body

"""The outbox of notifications at the console: what waits, what was given up, and sending it again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel

from desk.api.errors import not_found
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.notify.models import Delivery, DeliveryState
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/deliveries", tags=["desk: deliveries"])


class DeliveryShown(BaseModel):
    """One notification."""

    id: int
    code: str
    number: str | None
    state: DeliveryState
    attempts: int
    next_at: datetime
    error: str | None
    created_at: datetime
    sent_at: datetime | None


@router.get("", dependencies=[Depends(allowed(Permission.DELIVERIES_READ))])
def list_deliveries(services: WithServices, paging: WithPaging, state: DeliveryState | None = None) -> Page[DeliveryShown]:
    """Notifications, newest first; `state=dead` are those given up."""
    rows, total = services.requests.outbox.page(state, paging.page, paging.page_size)
    return Page[DeliveryShown](items=[_shown(row) for row in rows], total=total)


@router.post("/{delivery_id}/resend")
def resend(
    delivery_id: Annotated[int, Path(ge=1, le=LARGEST_ID)],
    actor: Annotated[Actor, Depends(allowed(Permission.DELIVERIES_RESEND))],
    services: WithServices,
) -> DeliveryShown:
    """Try a dead notification anew, at once."""
    with services.sessions.begin() as session:
        row = services.requests.outbox.resend(session, delivery_id)
        if row is None:
            raise not_found()
        services.audit.record(session, actor, "delivery.resend", f"delivery:{delivery_id}")
    return _shown(row)


def _shown(row: Delivery) -> DeliveryShown:
    return DeliveryShown(
        id=row.id,
        code=row.code,
        number=row.facts.get("number"),
        state=row.state,
        attempts=row.attempts,
        next_at=row.next_at,
        error=row.error,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )

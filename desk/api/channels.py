"""How a ticket's graduate is reached, and what has not reached them yet."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict

from desk.api.errors import not_found
from desk.api.paging import LARGEST_ID
from desk.api.rules import WithServices, allowed
from desk.channels import Reach
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/tickets", tags=["desk: tickets"])

_Number = Annotated[str, Path(pattern=r"^[A-Z0-9-]{1,20}$", description="请求编号")]


class UndeliveredShown(BaseModel):
    """Part of something said that has not reached the graduate, or perhaps not."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    text: str
    state: Literal["waiting", "pending", "unknown", "dead"]
    error: str | None
    created_at: datetime


class ReachShown(BaseModel):
    """The channel of a ticket and what it can carry."""

    channel: Literal["web", "wechat"]
    account: str | None
    following: bool
    can_send: bool
    window_until: datetime | None
    window_left: int
    consents: int
    undelivered: list[UndeliveredShown]


@router.get("/{number}/channel")
def channel(number: _Number, actor: Annotated[Actor, Depends(allowed(Permission.TICKETS_READ))], services: WithServices) -> ReachShown:
    """By which channel replies go, what it still takes and until when, and what waits."""
    ticket = services.requests.listing.one(actor, number).ticket
    return _shown(services.channels.reach(ticket.conversation_id))


@router.post("/{number}/channel/{part_id}/resend")
def resend(
    number: _Number,
    part_id: Annotated[int, Path(ge=1, le=LARGEST_ID)],
    actor: Annotated[Actor, Depends(allowed(Permission.TICKETS_WORK))],
    services: WithServices,
) -> ReachShown:
    """Send a part anew that was given up, or of which it is not known whether it arrived."""
    ticket = services.requests.listing.one(actor, number).ticket
    with services.sessions.begin() as session:
        if not services.channels.resend(session, ticket.conversation_id, part_id):
            raise not_found()
        services.audit.record(session, actor, "ticket.resend", f"ticket:{number}")
    return _shown(services.channels.reach(ticket.conversation_id))


def _shown(reach: Reach) -> ReachShown:
    return ReachShown.model_validate(reach, from_attributes=True)

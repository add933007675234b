"""For graduates who cannot do it in the chat any more, because that conversation has ended: the copy of their data, and its erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel

from desk.api.errors import not_found
from desk.api.paging import Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.erasure_models import Erasure
from desk.personal_texts import readable
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

router = APIRouter(tags=["desk: personal data"])
Leading = Annotated[Actor, Depends(allowed(Permission.PERSONAL_DATA))]
Number = Annotated[str, Path(max_length=20, pattern=r"^[A-Za-z0-9-]+$", description="求助单编号")]


class Receipt(BaseModel):
    """A wish to be erased, carried out where `done_at` is set: how much of what went, and nothing of whose it was."""

    number: str
    asked_at: datetime
    done_at: datetime | None
    counts: dict[str, int]


class Asked(BaseModel):
    """The wish is on record; it waits while an urgent request of the graduate is open."""

    number: str
    waits: bool


@router.get("/erasures", dependencies=[Depends(allowed(Permission.PERSONAL_DATA))])
def list_erasures(services: WithServices, paging: WithPaging) -> Page[Receipt]:
    """What was erased, the newest first: a graduate may ask by the number of the receipt."""
    rows, total = services.personal_data.receipts(paging.page, paging.page_size)
    return Page[Receipt](items=[_receipt(row) for row in rows], total=total)


@router.get("/personal-data/{ticket}", response_class=Response, responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}})
def export_personal_data(ticket: Number, actor: Leading, services: WithServices) -> PlainTextResponse:
    """Everything that is kept of whoever made this request, as a file to hand over."""
    exported = services.personal_data.export_by_staff(actor, ticket, _conversation(services, ticket))
    headers = {"Content-Disposition": f'attachment; filename="{ticket}.txt"'}
    return PlainTextResponse(readable(exported, services.clock.now()), headers=headers)


@router.post("/personal-data/{ticket}/erase", status_code=202)
def erase_personal_data(ticket: Number, actor: Leading, services: WithServices) -> Asked:
    """Have everything erased that is kept of whoever made this request."""
    wish = services.personal_data.erase_by_staff(actor, ticket, _conversation(services, ticket))
    return Asked(number=wish.number, waits=wish.waits)


def _conversation(services: DeskServices, ticket: str) -> str:
    found = services.personal_data.conversation_of(ticket)
    if found is None:
        raise not_found()
    return found


def _receipt(row: Erasure) -> Receipt:
    return Receipt(number=row.number, asked_at=row.asked_at, done_at=row.done_at, counts=row.counts)

"""Days that do not wait: requests that are about them go first once they are near."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, Field

from desk.api.fields import WHOLE, Day
from desk.api.paging import LARGEST_ID
from desk.api.rules import WithServices, allowed
from desk.requests.deadlines import DeadlineWritten, day_of
from desk.requests.models import Deadline
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/deadlines", tags=["desk: tickets"])
MOST_DAYS_AHEAD = 60
_NO_NUL = r"^[^\x00]*$"
_Leading = Annotated[Actor, Depends(allowed(Permission.TICKETS_ASSIGN))]
_Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Word = Annotated[str, Field(min_length=2, max_length=20, pattern=_NO_NUL)]


class DeadlineForm(BaseModel):
    """A deadline: requests with one of the words in them go first from `days_ahead` days before it; no college is every college."""

    title: Annotated[str, Field(min_length=2, max_length=40, pattern=_NO_NUL)]
    words: Annotated[list[_Word], Field(min_length=1, max_length=10)]
    day: Day
    days_ahead: Annotated[int, Field(ge=0, le=MOST_DAYS_AHEAD), WHOLE] = 7
    college: Annotated[str | None, Field(max_length=60, pattern=_NO_NUL)] = None


class DeadlineShown(BaseModel):
    """A deadline, and how many days are left; below 0 where it has passed."""

    id: int
    title: str
    words: list[str]
    day: date
    days_ahead: int
    college: str | None
    days_left: int


class DeadlineList(BaseModel):
    """The next first, those that have passed last."""

    items: list[DeadlineShown]
    total: int


@router.get("", dependencies=[Depends(allowed(Permission.TICKETS_READ))])
def list_deadlines(services: WithServices) -> DeadlineList:
    """All deadlines that staff keep."""
    items = [_shown(services, row) for row in services.requests.deadlines.all()]
    return DeadlineList(items=items, total=len(items))


@router.post("", status_code=201)
def add_deadline(body: DeadlineForm, actor: _Leading, services: WithServices) -> DeadlineShown:
    """Keep a new one."""
    return _shown(services, services.requests.deadlines.save(actor, None, _written(body)))


@router.put("/{deadline_id}")
def change_deadline(deadline_id: _Id, body: DeadlineForm, actor: _Leading, services: WithServices) -> DeadlineShown:
    """Change one."""
    return _shown(services, services.requests.deadlines.save(actor, deadline_id, _written(body)))


@router.delete("/{deadline_id}", status_code=204, response_class=Response)
def delete_deadline(deadline_id: _Id, actor: _Leading, services: WithServices) -> None:
    """Take one away."""
    services.requests.deadlines.delete(actor, deadline_id)


def _written(body: DeadlineForm) -> DeadlineWritten:
    return DeadlineWritten(body.title, body.words, body.day, body.days_ahead, body.college)


def _shown(services: WithServices, row: Deadline) -> DeadlineShown:
    days_left = (row.day - day_of(services.clock.now())).days
    return DeadlineShown(
        id=row.id, title=row.title, words=list(row.words), day=row.day, days_ahead=row.days_ahead, college=row.college, days_left=days_left
    )

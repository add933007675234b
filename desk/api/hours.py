"""Working hours around today, so that the console can count down a promise in working time without asking again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from desk.api.rules import WithServices, allowed
from desk.staff.policy import Permission
from desk.working_hours import shifts_between

router = APIRouter(prefix="/hours", tags=["desk: tickets"])

_BACK: Final = timedelta(days=30)
"""How far back a promise that was not kept is still told by working time."""
_AHEAD: Final = timedelta(days=30)
"""Longer than the longest holiday and the longest promise together."""


class Shift(BaseModel):
    """A stretch of working time."""

    opens: datetime
    closes: datetime


class Hours(BaseModel):
    """The desk's own time, and the working time around it in order."""

    now: datetime
    shifts: list[Shift]


@router.get("", dependencies=[Depends(allowed(Permission.OWN_ACCOUNT))])
def get_hours(services: WithServices) -> Hours:
    """The working time of the month before and the month to come."""
    now = services.clock.now()
    shifts = shifts_between(now - _BACK, now + _AHEAD)
    return Hours(now=now, shifts=[Shift(opens=opens, closes=closes) for opens, closes in shifts])

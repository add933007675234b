"""Accounts: everybody sees colleagues, administrators make and change them, supervisors say who is on leave."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from desk.api.errors import Refused, not_found
from desk.api.fields import WHOLE, Day, Flag
from desk.api.paging import LARGEST_ID
from desk.api.rules import WithServices, allowed
from desk.api.texts import FORBIDDEN
from desk.staff.models import Presence, Role, Staff
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/staff", tags=["desk: staff"])
_Text = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_LEAVE = {"leave_until", "stand_in_id"}


class Colleague(BaseModel):
    """One account as colleagues see it."""

    id: int
    name: str
    display_name: str
    role: Role
    college: str | None
    active: bool
    presence: Presence
    leave_until: date | None
    stand_in_id: int | None
    totp: bool
    single_sign_on: bool


class Colleagues(BaseModel):
    """All accounts, those in use first."""

    items: list[Colleague]
    total: int


class NewColleague(BaseModel):
    """A new account; without a password it signs in by single sign-on alone."""

    name: _Text
    role: Role
    college: _Text | None = None
    display_name: _Text | None = None
    password: Annotated[str | None, Field(max_length=200)] = None


class Change(BaseModel):
    """What of an account is to change; what is not named stays."""

    display_name: _Text | None = None
    role: Role | None = None
    college: _Text | None = None
    active: Flag | None = None
    leave_until: Day | None = None
    stand_in_id: Annotated[int | None, Field(ge=1, le=LARGEST_ID), WHOLE] = None
    password: Annotated[str | None, Field(max_length=200)] = None


@router.get("", dependencies=[Depends(allowed(Permission.STAFF_READ))])
def list_staff(services: WithServices) -> Colleagues:
    """Everybody at the desk."""
    items = [_colleague(staff) for staff in services.staff.all()]
    return Colleagues(items=items, total=len(items))


@router.post("", status_code=201)
def add_staff(body: NewColleague, actor: Annotated[Actor, Depends(allowed(Permission.STAFF_MANAGE))], services: WithServices) -> Colleague:
    """Make an account."""
    staff = services.staff.add(actor, body.name, body.role, password=body.password, college=body.college, display_name=body.display_name)
    return _colleague(staff)


@router.patch("/{staff_id}")
def change_staff(
    staff_id: _Number, body: Change, actor: Annotated[Actor, Depends(allowed(Permission.STAFF_LEAVE))], services: WithServices
) -> Colleague:
    """Change an account: leave and stand-in by a supervisor too, everything else by an administrator."""
    changes = body.model_dump(exclude_unset=True)
    if set(changes) - _LEAVE and not actor.may(Permission.STAFF_MANAGE):
        raise Refused(403, "forbidden", FORBIDDEN)
    if services.staff.get(staff_id) is None:
        raise not_found()
    password = changes.pop("password", None)
    not_to_be_empty = ("display_name", "role", "active")
    staff = services.staff.change(actor, staff_id, {key: value for key, value in changes.items() if value is not None or key not in not_to_be_empty})
    if password is not None:
        services.staff.set_password(actor, staff_id, password)
    return _colleague(staff)


@router.delete("/{staff_id}/totp")
def turn_totp_off(staff_id: _Number, actor: Annotated[Actor, Depends(allowed(Permission.STAFF_MANAGE))], services: WithServices) -> Colleague:
    """Turn the second factor off for somebody whose device is lost."""
    if services.staff.get(staff_id) is None:
        raise not_found()
    services.second_factor.turn_off(actor, staff_id)
    staff = services.staff.get(staff_id)
    assert staff is not None
    return _colleague(staff)


def _colleague(staff: Staff) -> Colleague:
    return Colleague(
        id=staff.id,
        name=staff.name,
        display_name=staff.display_name,
        role=staff.role,
        college=staff.college,
        active=staff.active,
        presence=staff.presence,
        leave_until=staff.leave_until,
        stand_in_id=staff.stand_in_id,
        totp=staff.totp_confirmed_at is not None,
        single_sign_on=staff.oidc_subject is not None,
    )

"""One's own second factor: turned on with an authenticator, turned off with the password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from desk.api.rules import WithServices, allowed
from desk.api.session import Done, confirm_password, own_id
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/session/totp", tags=["desk: session"])
Oneself = Annotated[Actor, Depends(allowed(Permission.OWN_ACCOUNT))]


class PasswordAgain(BaseModel):
    """The password, typed once more."""

    password: Annotated[str, Field(max_length=200)]


class Enrolling(BaseModel):
    """What an authenticator scans (`picture`: SVG as a data URI) or has typed in (`secret`: base32)."""

    secret: str
    uri: str
    picture: str


class FirstCode(BaseModel):
    """A code that the authenticator shows now."""

    code: Annotated[str, Field(max_length=40)]


class TurnedOn(BaseModel):
    """Codes for the day the device is lost, each good for once; they are shown now and never again."""

    recovery_codes: list[str]


@router.post("")
def begin(body: PasswordAgain, actor: Oneself, services: WithServices) -> Enrolling:
    """A new secret; nothing changes until a code of it was confirmed."""
    confirm_password(services, actor, body.password)
    enrolment = services.second_factor.begin(actor)
    return Enrolling(secret=enrolment.secret, uri=enrolment.uri, picture=enrolment.picture)


@router.post("/confirm")
def confirm(body: FirstCode, actor: Oneself, services: WithServices) -> TurnedOn:
    """Turn it on: from the next sign-in on a code is asked for."""
    return TurnedOn(recovery_codes=services.second_factor.confirm(actor, body.code))


@router.post("/off")
def turn_off(body: PasswordAgain, actor: Oneself, services: WithServices) -> Done:
    """Turn it off."""
    confirm_password(services, actor, body.password)
    services.second_factor.turn_off(actor, own_id(actor))
    return Done()

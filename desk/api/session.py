"""Signing in and out, and one's own sessions, password and presence."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, Field

from desk.api.errors import Refused, not_found
from desk.api.paging import LARGEST_ID
from desk.api.rules import COOKIE, WithServices, address_of, allowed, anyone, set_cookie
from desk.errors import CodeNeeded, SignInRefused, TooManyAttempts
from desk.services import DeskServices
from desk.staff import texts
from desk.staff.models import Presence, Role, Staff
from desk.staff.policy import POLICY, Actor, Permission
from desk.staff.sessions import new_token

router = APIRouter(prefix="/session", tags=["desk: session"])
Oneself = Annotated[Actor, Depends(allowed(Permission.OWN_ACCOUNT))]
_LONGEST_TYPED = 200
_NO_NUL = r"^[^\x00]*$"


class Me(BaseModel):
    """Who is signed in, and what the policy lets them do, so that the console shows no button in vain."""

    id: int
    name: str
    display_name: str
    role: Role
    college: str | None
    totp: bool
    presence: Presence
    permissions: list[Permission]


class SessionState(BaseModel):
    """Who is signed in, if anybody, and the token that unsafe requests must carry in X-CSRF-Token."""

    staff: Me | None
    csrf: str
    single_sign_on: bool
    """Whether the school's own sign-in is set up: /api/desk/oidc/start leads there."""


class SignIn(BaseModel):
    """Name, password, and the code of the second factor where it is asked for."""

    name: Annotated[str, Field(min_length=1, max_length=_LONGEST_TYPED, pattern=_NO_NUL)]
    password: Annotated[str, Field(min_length=1, max_length=_LONGEST_TYPED)]
    code: Annotated[str | None, Field(max_length=40)] = None


class OwnSession(BaseModel):
    """One browser that is signed in."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str
    agent: str
    current: bool


class OwnSessions(BaseModel):
    """The browsers that are signed in, the one seen last first."""

    items: list[OwnSession]
    total: int


class NewPassword(BaseModel):
    """The present password and the one that replaces it."""

    current: Annotated[str, Field(max_length=_LONGEST_TYPED)]
    new: Annotated[str, Field(max_length=_LONGEST_TYPED)]


class NewPresence(BaseModel):
    """Whether one takes requests now."""

    state: Presence


class Done(BaseModel):
    """It was done."""

    status: str = "ok"


def confirm_password(services: DeskServices, actor: Actor, password: str) -> None:
    """Refuse unless it is their password: an open console on an empty desk must not be enough."""
    try:
        services.signing_in.confirm(actor, password)
    except TooManyAttempts as error:
        raise too_many(error) from error
    except SignInRefused as error:
        raise Refused(422, "wrong", texts.PASSWORD_WRONG) from error


def too_many(error: TooManyAttempts) -> Refused:
    """429 with the minutes to wait."""
    message = texts.TOO_MANY_ATTEMPTS.format(minutes=math.ceil(error.seconds / 60))
    return Refused(429, "too_many_attempts", message, headers={"Retry-After": str(error.seconds)})


def begin_session(request: Request, response: Response, services: DeskServices, staff: Staff) -> str:
    """End what the browser had and hand it a new session; gives its token."""
    services.staff_sessions.end(request.cookies.get(COOKIE, ""))
    token = services.staff_sessions.open(staff, address_of(request), request.headers.get("user-agent", ""))
    set_cookie(request, response, token)
    return token


@router.get("", dependencies=[Depends(anyone)])
def get_session(request: Request, response: Response, services: WithServices) -> SessionState:
    """Who is signed in; gives a page that nobody has signed in on its cookie and token too."""
    token = request.cookies.get(COOKIE, "")
    row = services.staff_sessions.find(token) if token else None
    if not token:
        token = new_token()
        set_cookie(request, response, token)
    return _state(services, row.staff if row else None, token)


@router.post("", dependencies=[Depends(anyone)])
def sign_in(request: Request, response: Response, body: SignIn, services: WithServices) -> SessionState:
    """Sign in: a new cookie and a new token, whatever the browser had before."""
    try:
        staff = services.signing_in.sign_in(body.name, body.password, body.code, address_of(request))
    except TooManyAttempts as error:
        raise too_many(error) from error
    except CodeNeeded as error:
        raise Refused(401, "code_needed", texts.CODE_NEEDED) from error
    except SignInRefused as error:
        raise Refused(401, "wrong", texts.WRONG) from error
    return _state(services, staff, begin_session(request, response, services, staff))


@router.delete("", dependencies=[Depends(anyone)])
def sign_out(request: Request, response: Response, services: WithServices) -> SessionState:
    """Sign out; doing it twice is harmless."""
    services.staff_sessions.end(request.cookies.get(COOKIE, ""))
    token = new_token()
    set_cookie(request, response, token)
    return _state(services, None, token)


@router.get("/sessions")
def list_sessions(actor: Oneself, services: WithServices) -> OwnSessions:
    """Where one is signed in."""
    rows = services.staff_sessions.all_of(own_id(actor))
    items = [
        OwnSession(
            id=row.id,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            address=row.address,
            agent=row.agent,
            current=row.id == actor.session_id,
        )
        for row in rows
    ]
    return OwnSessions(items=items, total=len(items))


@router.delete("/sessions/{session_id}")
def end_session(session_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], actor: Oneself, services: WithServices) -> Done:
    """Sign out somewhere else."""
    if not services.staff_sessions.end_one(own_id(actor), session_id):
        raise not_found()
    return Done()


@router.post("/password")
def change_password(body: NewPassword, actor: Oneself, services: WithServices) -> Done:
    """Change one's own password; every other session of the account ends."""
    confirm_password(services, actor, body.current)
    services.staff.set_password(actor, own_id(actor), body.new, keep_session=actor.session_id)
    return Done()


@router.put("/presence")
def set_presence(body: NewPresence, actor: Oneself, services: WithServices) -> Done:
    """Say whether one takes requests now."""
    services.staff.set_presence(own_id(actor), body.state)
    return Done()


def own_id(actor: Actor) -> int:
    """The number of whoever is signed in."""
    assert actor.staff_id is not None
    return actor.staff_id


def _state(services: DeskServices, staff: Staff | None, token: str) -> SessionState:
    return SessionState(
        staff=_me(staff) if staff else None,
        csrf=services.staff_sessions.csrf(token),
        single_sign_on=services.single_sign_on is not None,
    )


def _me(staff: Staff) -> Me:
    granted = [permission for permission, roles in POLICY.items() if staff.role in roles]
    return Me(
        id=staff.id,
        name=staff.name,
        display_name=staff.display_name,
        role=staff.role,
        college=staff.college,
        totp=staff.totp_confirmed_at is not None,
        presence=staff.presence,
        permissions=granted,
    )

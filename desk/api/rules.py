"""The rule of a route: who may call it. Every route of the desk names one; `desk.api.routers` refuses to be built otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import Depends, Request, Response

from desk.api import texts
from desk.api.errors import Refused
from desk.services import DeskServices
from desk.staff.policy import POLICY, Actor, Permission

COOKIE = "zhiwen_desk"
COOKIE_PATH = "/api/desk"
CSRF_HEADER = "X-CSRF-Token"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def services_of(request: Request) -> DeskServices:
    """The desk's services. A coroutine, for FastAPI sends plain functions to a thread."""
    services: DeskServices = request.app.state.parts.desk
    return services


WithServices = Annotated[DeskServices, Depends(services_of)]


@dataclass(frozen=True)
class Rule:
    """A dependency that lets in whoever the permission is granted to, and gives the Actor. 401, 403."""

    permission: Permission

    def __call__(self, request: Request, services: WithServices) -> Actor:
        token = request.cookies.get(COOKIE, "")
        row = services.staff_sessions.find(token) if token else None
        if row is None:
            raise Refused(401, "not_signed_in", texts.NOT_SIGNED_IN)
        refuse_forged(request, services, token)
        if row.staff.role not in POLICY[self.permission]:
            raise Refused(403, "forbidden", texts.FORBIDDEN)
        staff = row.staff
        return Actor(staff.id, staff.display_name, staff.role, staff.college, address_of(request), row.id)


@dataclass(frozen=True)
class OpenRule:
    """A dependency of the few routes that somebody not signed in must reach; unsafe ones still need the token of their page."""

    def __call__(self, request: Request, services: WithServices) -> None:
        refuse_forged(request, services, request.cookies.get(COOKIE, ""))


@cache
def allowed(permission: Permission) -> Rule:
    """The rule of a route: `actor: Annotated[Actor, Depends(allowed(Permission.X))]`."""
    return Rule(permission)


anyone = OpenRule()
"""The rule of a route that needs no account: `Depends(anyone)`."""


def refuse_forged(request: Request, services: DeskServices, token: str) -> None:
    """403 where an unsafe request does not carry the token that belongs to its cookie."""
    if request.method in _SAFE_METHODS:
        return
    if not token or not services.staff_sessions.is_genuine(token, request.headers.get(CSRF_HEADER, "")):
        raise Refused(403, "csrf", texts.CSRF)


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy uvicorn has put the client's own address there."""
    return request.client.host if request.client else ""


def set_cookie(request: Request, response: Response, token: str) -> None:
    """Hand out a token: not readable by scripts, not sent from other sites, and over HTTPS never without it."""
    response.set_cookie(COOKIE, token, path=COOKIE_PATH, httponly=True, samesite="strict", secure=request.url.scheme == "https")

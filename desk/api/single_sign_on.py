"""The two ends of single sign-on: to the provider, and back."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse

from desk.api.errors import not_found
from desk.api.rules import WithServices, address_of, anyone
from desk.api.session import begin_session
from desk.errors import ProviderFailed, SignInRefused
from desk.staff.single_sign_on import ATTEMPT_SECONDS, SingleSignOn

router = APIRouter(prefix="/oidc", tags=["desk: session"])
_CONSOLE, _REFUSED, _AWAY = "/desk/", "/desk/?sign_in=refused", "/desk/?sign_in=unavailable"
_COOKIE = "zhiwen_desk_oidc"
_PATH = "/api/desk/oidc"
_Answer = Annotated[str, Query(max_length=4_000, pattern=r"^[^\x00]*$")]

_log = structlog.get_logger(__name__)


@router.get("/start", dependencies=[Depends(anyone)], response_class=RedirectResponse, status_code=303)
def start(request: Request, services: WithServices) -> RedirectResponse:
    """Go to the school's sign-in."""
    single = _configured(services.single_sign_on)
    try:
        attempt = single.begin(str(request.url_for("finish_oidc")))
    except ProviderFailed as error:
        _log.error("single sign-on failed", error=str(error))
        return RedirectResponse(_AWAY, 303)
    response = RedirectResponse(attempt.address, 303)
    # Lax: the answer comes by a link from the provider's site, and brings no Strict cookie along.
    secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, attempt.cookie, max_age=ATTEMPT_SECONDS, path=_PATH, httponly=True, samesite="lax", secure=secure)
    return response


@router.get("/callback", dependencies=[Depends(anyone)], response_class=RedirectResponse, status_code=303, name="finish_oidc")
def finish(request: Request, services: WithServices, state: _Answer = "", code: _Answer = "") -> RedirectResponse:
    """Back from it: a session of ours, or back to the way in with the reason."""
    single = _configured(services.single_sign_on)
    response = RedirectResponse(_CONSOLE, 303)
    try:
        staff = single.finish(request.cookies.get(_COOKIE, ""), state, code, address_of(request))
        begin_session(request, response, services, staff)
    except SignInRefused as error:
        _log.warning("single sign-on refused", reason=str(error))
        response = RedirectResponse(_REFUSED, 303)
    except ProviderFailed as error:
        _log.error("single sign-on failed", error=str(error))
        response = RedirectResponse(_AWAY, 303)
    response.delete_cookie(_COOKIE, path=_PATH)
    return response


def _configured(single: SingleSignOn | None) -> SingleSignOn:
    if single is None:
        raise not_found()
    return single

"""How the desk's API says no: `{"code", "message"}`, the message a Chinese sentence; a conflict may say more."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from desk.api import texts
from desk.errors import AnnouncementRefused, CareConflict, CareNotFound, CareRefused, ReportRefused, RequestRefused, StaffRefused, TicketConflict
from desk.requests import texts as request_texts
from knowledge.errors import DocumentRefused, LedgerRefused, ReviewRefused


class ErrorSaid(BaseModel):
    """What went wrong: `code` for the program, `message` for the person."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str


class Refused(Exception):
    """A request that the desk does not carry out; raise it anywhere below a route."""

    def __init__(self, status: int, code: str, message: str, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.headers, self.more = status, code, message, headers, more


ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorSaid} for status in (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)}

_CODES = {  # `malformed` is what does not fit the description; what is refused for its meaning says so by another code
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    422: "malformed",
    503: "unavailable",
}

_UNFIT = frozenset({"invalid", "no_such_colleague", "same_colleague", "on_leave", "no_attachment", "not_the_same_person", "no_consent"})
"""What is wrong with the request itself; everything else is refused because of how things stand."""


def not_found(message: str = texts.NOT_FOUND) -> Refused:
    """What is not there and what is not theirs to see are refused alike, so that guessing numbers tells nothing."""
    return Refused(404, "not_found", message)


def body(status: int, message: str) -> dict[str, str]:
    """The body of an error that was raised outside the desk."""
    return {"code": _CODES.get(status, "failed"), "message": message}


def install(app: FastAPI) -> None:
    """Make the application answer the desk's errors."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(StaffRefused, _staff_refused)
    app.add_exception_handler(CareNotFound, _not_found)
    app.add_exception_handler(CareConflict, _conflict)
    app.add_exception_handler(CareRefused, _staff_refused)
    app.add_exception_handler(ReportRefused, _staff_refused)
    for said in (DocumentRefused, ReviewRefused, LedgerRefused):
        app.add_exception_handler(said, _staff_refused)
    app.add_exception_handler(AnnouncementRefused, _announcement_refused)
    app.add_exception_handler(RequestRefused, _request_refused)
    app.add_exception_handler(TicketConflict, _ticket_conflict)


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return JSONResponse({"code": error.code, "message": error.message, **error.more}, error.status, error.headers)


async def _staff_refused(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"code": "refused", "message": str(error)}, 422)


async def _announcement_refused(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"code": "invalid", "message": texts.ANNOUNCEMENT}, 422)


async def _not_found(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"code": "not_found", "message": str(error)}, 404)


async def _conflict(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"code": "conflict", "message": str(error)}, 409)


async def _request_refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestRefused)
    status = 404 if error.code == "not_found" else 422 if error.code in _UNFIT else 409
    holder = {"holder": error.holder} if error.holder is not None else {}
    return JSONResponse({"code": error.code, "message": error.message, **holder}, status)


async def _ticket_conflict(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"code": "conflict", "message": request_texts.CONFLICT}, 409)

"""Every error of the public API as a Chinese sentence: `{"detail": "…"}`, under /api/desk `{"code", "message"}`."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot import texts
from bot.sessions import InvalidToken
from bot.store import UnknownConversation
from desk.api import errors as desk_errors
from desk.api.routers import PREFIX as DESK

_SENTENCES = {404: texts.NOT_FOUND, 405: texts.METHOD_NOT_ALLOWED, 413: texts.TOO_LARGE}
_AUTHENTICATE = {"WWW-Authenticate": "Bearer"}

_log = structlog.get_logger(__name__)


def say(path: str, status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error response, in the shape of the API that the path belongs to."""
    content = desk_errors.body(status, detail) if path.startswith(DESK) else {"detail": detail}
    return JSONResponse(content, status, headers)


def install(app: FastAPI) -> None:
    """Make `app` answer every error in Chinese, without a word of its inside."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(InvalidToken, _session)
    app.add_exception_handler(UnknownConversation, _session)
    app.add_exception_handler(SQLAlchemyError, _database)
    app.add_exception_handler(Exception, _unexpected)
    desk_errors.install(app)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    own_words = error.detail if not error.detail.isascii() else ""
    return say(
        request.url.path,
        error.status_code,
        own_words or _SENTENCES.get(error.status_code, texts.BAD_REQUEST),
        dict(error.headers) if error.headers else None,
    )


async def _validation(request: Request, _error: Exception) -> JSONResponse:
    return say(request.url.path, 422, texts.BAD_REQUEST)


async def _session(request: Request, _error: Exception) -> JSONResponse:
    return say(request.url.path, 401, texts.BAD_TOKEN, _AUTHENTICATE)


async def _database(request: Request, error: Exception) -> JSONResponse:
    _log.error("database failed", path=request.url.path, error=type(error).__name__)
    return say(request.url.path, 503, texts.DATABASE_DOWN, {"Retry-After": "60"})


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    _log.error("request failed", path=request.url.path, exc_info=error)
    return say(request.url.path, 500, texts.SERVER_ERROR)

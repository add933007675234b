"""The chat API of the page and the widget (docs: contract, "Chat API")."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field, StringConstraints

from bot import screening, texts
from bot.channels.events import event_stream
from bot.messages import Incoming, MessageView
from bot.origins import asking_origin
from bot.parts import Parts
from bot.sessions import Session
from core.text.masking import mask

MAX_COMMENT = 1_000
LARGEST_SEQ = 2**31 - 1

router = APIRouter(prefix="/api/chat", tags=["chat"])
_bearer = HTTPBearer(auto_error=False, description="会话令牌，只放在 Authorization 头里")


class SessionOpened(BaseModel):
    """A new conversation and the token that speaks in it."""

    session_id: str
    token: str
    expires_at: datetime


class Opening(BaseModel):
    """What the page knows of whoever opens it: the college in its address."""

    college: Annotated[str | None, Field(max_length=60, pattern=r"^[^\x00]*$")] = None


class NewMessage(BaseModel):
    """What a graduate says; `client_id` makes a repetition harmless."""

    text: str
    client_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Messages(BaseModel):
    """Messages in the order of their `seq`."""

    messages: list[MessageView]


class NewFeedback(BaseModel):
    """A thumb on one message."""

    message_id: Annotated[str, StringConstraints(max_length=64)]
    helpful: bool
    comment: Annotated[str | None, Field(max_length=MAX_COMMENT)] = None


class FeedbackKept(BaseModel):
    """The thanks for a thumb."""

    status: str
    detail: str


class ErrorSaid(BaseModel):
    """What went wrong, as a sentence for the graduate."""

    detail: str


ERRORS: dict[int | str, dict[str, object]] = {status: {"model": ErrorSaid} for status in (401, 403, 404, 413, 422, 429, 500, 503)}


async def parts_of(request: Request) -> Parts:
    """The application's parts. A coroutine, for FastAPI sends plain functions to a thread."""
    parts: Parts = request.app.state.parts
    return parts


WithParts = Annotated[Parts, Depends(parts_of)]


async def session_of(request: Request, parts: WithParts, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Session:
    """The session of the bearer token; 401 without one that is valid for the page that shows it."""
    if credentials is None:
        raise HTTPException(401, texts.NO_TOKEN, {"WWW-Authenticate": "Bearer"})
    return parts.tokens.read(credentials.credentials, asking_origin(request.headers))


WithSession = Annotated[Session, Depends(session_of)]


@router.post("/sessions", status_code=201, responses=ERRORS)
async def open_session(request: Request, parts: WithParts, body: Opening | None = None) -> SessionOpened:
    """Begin a conversation; with a college, requests from it go to that college's counsellors."""
    refuse_too_fast(request, parts, None)
    conversation_id = await parts.gateway.blocking(parts.store.open, "web")
    if body is not None and body.college:
        await parts.gateway.blocking(parts.tickets.opened_for, conversation_id, body.college)
    return opened(parts, conversation_id, asking_origin(request.headers))


@router.post("/sessions/renewal", responses=ERRORS)
async def renew_session(request: Request, parts: WithParts, session: WithSession) -> SessionOpened:
    """A new token for the conversation of one that is still valid, so that it can go on for another day."""
    refuse_too_fast(request, parts, session.conversation_id)
    return opened(parts, session.conversation_id, session.origin)


@router.post("/messages", responses=ERRORS)
async def post_message(request: Request, body: NewMessage, parts: WithParts, session: WithSession) -> Response:
    """Say something; the reply comes back within five seconds, what takes longer over the event stream."""
    text = screening.clean(body.text)
    if not text:
        raise HTTPException(422, texts.EMPTY_TEXT)
    # In a thread: the screen's sentence encoder takes milliseconds, in which others' messages go on.
    incoming = await asyncio.to_thread(screening.incoming, session.conversation_id, body.client_id, text, parts.clock)
    _not_too_much(request, parts, incoming)
    return shown(await parts.gateway.receive(incoming))


@router.get("/messages", responses=ERRORS)
async def get_messages(parts: WithParts, session: WithSession, after: Annotated[int, Query(ge=0, le=LARGEST_SEQ)] = 0) -> Response:
    """The messages of the conversation after a `seq`, at most 200 at a time."""
    return shown(await parts.gateway.blocking(parts.store.messages_after, session.conversation_id, after))


@router.get("/events", responses=ERRORS, response_class=StreamingResponse)
async def get_events(parts: WithParts, session: WithSession, last_event_id: Annotated[str | None, Header()] = None) -> StreamingResponse:
    """New messages as server-sent events; each event's id is the message's `seq`."""
    if parts.hub.watching(session.conversation_id) >= parts.limits.streams:
        raise HTTPException(429, texts.TOO_MANY_STREAMS)
    start = _seq(last_event_id)
    return StreamingResponse(
        event_stream(parts, session, start),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"},
    )


@router.post("/feedback", responses=ERRORS)
async def post_feedback(body: NewFeedback, parts: WithParts, session: WithSession) -> FeedbackKept:
    """Keep a thumb; a second one on the same message replaces the first."""
    comment = mask(screening.clean(body.comment)) if body.comment else None
    kept = await parts.gateway.blocking(parts.store.record_feedback, session.conversation_id, body.message_id, body.helpful, comment)
    if not kept:
        raise HTTPException(404, texts.NO_SUCH_MESSAGE)
    return FeedbackKept(status="ok", detail=texts.FEEDBACK_KEPT)


def opened(parts: Parts, conversation_id: str, origin: str) -> SessionOpened:
    token, expires_at = parts.tokens.issue(conversation_id, origin)
    return SessionOpened(session_id=conversation_id, token=token, expires_at=expires_at)


def _seq(last_event_id: str | None) -> int:
    """The `seq` in a Last-Event-ID; 0, which is before everything, for what is none of ours."""
    if not last_event_id or not last_event_id.isascii() or not last_event_id.isdigit():
        return 0
    seq = int(last_event_id)
    return seq if seq <= LARGEST_SEQ else 0


def shown(messages: list[MessageView]) -> Response:
    """Messages as the body of a response."""
    # Built by hand: the views come from our own tables, and validating them again would cost a turn a millisecond.
    return Response(Messages.model_construct(messages=messages).model_dump_json(), media_type="application/json")


def _not_too_much(request: Request, parts: Parts, incoming: Incoming) -> None:
    """429 for a flood; never for somebody in danger."""
    if incoming.in_danger:
        return
    refuse_too_fast(request, parts, incoming.conversation_id)
    if parts.gateway.waiting(incoming.conversation_id) >= parts.limits.in_work:
        raise HTTPException(429, texts.TOO_MANY_OPEN, {"Retry-After": "5"})


def refuse_too_fast(request: Request, parts: Parts, conversation_id: str | None) -> None:
    """429 for an address or a session that is too fast; `conversation_id` is None for a new session."""
    address = request.client.host if request.client else ""
    seconds = parts.throttle.seconds_to_wait(address, conversation_id)
    if seconds:
        raise HTTPException(429, texts.TOO_FAST.format(seconds=seconds), {"Retry-After": str(seconds)})

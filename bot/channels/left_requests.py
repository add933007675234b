"""The widget's offline form: whether somebody is on duty, and a question left for a person with a way to reach its writer."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from bot import left, screening, texts
from bot.channels.web import ERRORS, WithParts, WithSession, refuse_too_fast, shown
from bot.messages import UNSAVED_SEQ
from desk import texts as desk_texts
from desk.contacts import contact_in
from desk.working_hours import is_working_moment, next_working_moment

LONGEST_CONTACT = 100
_RETRY_SECONDS = "5"

router = APIRouter(prefix="/api/chat", tags=["chat"])


class Duty(BaseModel):
    """Whether people are at their desks, and when they are next."""

    on_duty: bool
    next_duty: datetime


class LeftRequest(BaseModel):
    """A question for a person; `contact` only with consent; `client_id` makes a repetition harmless."""

    text: Annotated[str, Field(max_length=texts.MAX_CHARACTERS)]
    contact: Annotated[str | None, Field(max_length=LONGEST_CONTACT)] = None
    consent: bool = False
    client_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


@router.get("/duty", responses=ERRORS)
async def get_duty(parts: WithParts) -> Duty:
    """Whether somebody is on duty now; the widget also learns from it that it may be where it is."""
    now = parts.clock.now()
    return Duty(on_duty=is_working_moment(now), next_duty=next_working_moment(now))


@router.post("/requests", responses=ERRORS)
async def leave_request(request: Request, body: LeftRequest, parts: WithParts, session: WithSession) -> Response:
    """Register a question for the counsellors. 503 until it is on record together with its contact: then the same is sent again."""
    text, contact = _checked(body)
    taken = await asyncio.to_thread(left.incoming, session.conversation_id, body.client_id, text, parts.clock)
    if not taken.in_danger:
        refuse_too_fast(request, parts, session.conversation_id)
    messages = await parts.gateway.receive(taken)
    on_record = not messages or any(message.seq > UNSAVED_SEQ for message in messages)
    if on_record and contact is not None:
        on_record = await parts.gateway.blocking(parts.tickets.add_contact, session.conversation_id, contact, parts.clock.now()) is not None
    if not on_record:
        raise HTTPException(503, texts.NOT_REGISTERED_YET, {"Retry-After": _RETRY_SECONDS})
    return shown(messages)


def _checked(body: LeftRequest) -> tuple[str, str | None]:
    """The question and the contact in plain form. Raises HTTPException."""
    text = screening.clean(body.text)
    if not text:
        raise HTTPException(422, texts.EMPTY_TEXT)
    if not (body.contact or "").strip():
        return text, None
    if not body.consent:
        raise HTTPException(422, texts.NO_CONSENT)
    contact = contact_in(body.contact or "")
    if contact is None:
        raise HTTPException(422, desk_texts.CONTACT_INVALID)
    return text, contact

"""The way from another channel to the page: a link's code for a session of the same conversation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, Field

from bot import texts
from bot.channels.web import ERRORS, ErrorSaid, SessionOpened, WithParts, opened, refuse_too_fast
from bot.origins import OWN, asking_origin
from bot.wechat.links import LinkUnusable

router = APIRouter(prefix="/api/chat", tags=["chat"])


class Entry(BaseModel):
    """The code of a link."""

    code: Annotated[str, Field(min_length=1, max_length=100)]


@router.post("/sessions/enter", responses={**ERRORS, 410: {"model": ErrorSaid, "description": "链接用过或过期"}})
async def enter_session(request: Request, body: Entry, parts: WithParts) -> SessionOpened:
    """Go on with a conversation that began elsewhere, by a link that is good once; 410 for one that is used or too old."""
    refuse_too_fast(request, parts, None)
    origin = asking_origin(request.headers)
    if parts.links is None or origin != OWN:
        raise HTTPException(410, texts.LINK_UNUSABLE)
    try:
        conversation_id = await parts.gateway.blocking(parts.links.enter, body.code)
    except LinkUnusable as error:
        raise HTTPException(410, texts.LINK_UNUSABLE) from error
    return opened(parts, conversation_id, origin)

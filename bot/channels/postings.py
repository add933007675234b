"""The chat API's way to postings that a graduate has saved: how they stand today."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from orjson import dumps

from bot import texts
from bot.channels.web import ERRORS, LARGEST_SEQ, WithParts, WithSession, refuse_too_fast

MOST_IDS = 100
_DIGITS = len(str(LARGEST_SEQ))

router = APIRouter(prefix="/api/chat", tags=["chat"])


@router.get("/postings", responses=ERRORS)
async def get_postings(
    request: Request,
    parts: WithParts,
    session: WithSession,
    ids: Annotated[str, Query(max_length=MOST_IDS * (_DIGITS + 1), pattern=r"^\d+(,\d+)*$", description="岗位编号，用逗号隔开，至多一百个")],
) -> Response:
    """How postings stand now: open, expired or withdrawn, with what the cards show. One that never was published is left out."""
    refuse_too_fast(request, parts, session.conversation_id)
    numbers = [int(number) for number in ids.split(",") if len(number) <= _DIGITS and int(number) <= LARGEST_SEQ]
    if len(numbers) > MOST_IDS:
        raise HTTPException(422, texts.BAD_REQUEST)
    if parts.postings is None:
        raise HTTPException(503, texts.SERVER_ERROR)
    views = await parts.gateway.blocking(parts.postings.get_many, numbers)
    items: list[dict[str, Any]] = [view.as_item() | {"detail": view.as_detail()} for view in views]
    return Response(dumps({"items": items}), media_type="application/json")

"""The chat API's way to a copy of one's own data (PIPL, article 45): for the bearer of the conversation's token alone."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from orjson import OPT_INDENT_2, dumps

from bot.channels.web import ERRORS, WithParts, WithSession, refuse_too_fast
from desk.personal_texts import readable

router = APIRouter(prefix="/api/chat", tags=["chat"])
_TYPES = {"text": "text/plain; charset=utf-8", "json": "application/json"}
_NAMES = {"text": "zhiwen-my-data.txt", "json": "zhiwen-my-data.json"}


@router.get("/my-data", responses=ERRORS, response_class=Response)
async def get_my_data(
    request: Request, parts: WithParts, session: WithSession, format: Annotated[Literal["text", "json"], Query(description="文本，或 JSON")] = "text"
) -> Response:
    """Everything that is kept of this conversation, as a file."""
    refuse_too_fast(request, parts, session.conversation_id)
    exported = await parts.gateway.blocking(parts.desk.personal_data.export, session.conversation_id)
    now = parts.clock.now()
    body = readable(exported, now) if format == "text" else dumps({"exported_at": now.isoformat(), "data": exported}, option=OPT_INDENT_2)
    return Response(body, media_type=_TYPES[format], headers={"Content-Disposition": f'attachment; filename="{_NAMES[format]}"'})

"""The chat API's way for pictures: a screenshot of an advertisement or a chat, as the bytes of the picture file."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from bot import texts
from bot.channels.web import ERRORS, WithParts, WithSession, refuse_too_fast, shown
from bot.pictures import TooManyPictures
from knowledge.ingest.readers.sniffing import is_picture

PATH = "/api/chat/pictures"
MAX_PICTURE_BYTES = 8 * 1024 * 1024
UPLOAD_SECONDS = 60.0
RETRY_SECONDS = 10

router = APIRouter(tags=["chat"])
_ERRORS = ERRORS | dict.fromkeys((408, 415), ERRORS[413])


@router.post(PATH, responses=_ERRORS, openapi_extra={"requestBody": {"required": True, "content": {"image/*": {"schema": {"format": "binary"}}}}})
async def post_picture(
    request: Request,
    parts: WithParts,
    session: WithSession,
    client_id: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="使重复发送无害")],
) -> Response:
    """Send a picture (JPEG, PNG, WebP, BMP, GIF or TIFF, at most 8 MB): its text is answered as if typed, the picture is not kept."""
    refuse_too_fast(request, parts, session.conversation_id)
    try:
        parts.pictures.refuse_too_many(session.conversation_id, client_id)
        picture = await _body(request)
        if not picture:
            raise HTTPException(422, texts.EMPTY_PICTURE)
        if not is_picture(picture):
            raise HTTPException(415, texts.NO_PICTURE)
        return shown(await parts.pictures.receive(session.conversation_id, client_id, picture))
    except TooManyPictures as error:
        raise HTTPException(429, texts.TOO_MANY_PICTURES, {"Retry-After": str(RETRY_SECONDS)}) from error


async def _body(request: Request) -> bytes:
    """The body as it comes in, never more than a picture may have: it is read after the token was checked."""
    picture = bytearray()
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            async for piece in request.stream():
                picture += piece
                if len(picture) > MAX_PICTURE_BYTES:
                    raise HTTPException(413, texts.PICTURE_TOO_LARGE)
    except TimeoutError as error:
        raise HTTPException(408, texts.UPLOAD_TOO_SLOW) from error
    return bytes(picture)

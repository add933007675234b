"""Where WeChat's servers verify the address and deliver what followers say and do."""

from __future__ import annotations

import asyncio
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request, Response

from bot import texts
from bot.channels.web import WithParts
from bot.parts import Parts
from bot.wechat.envelope import Envelope, Refused, text_reply
from bot.wechat.envelope import Query as Signed
from bot.wechat.reading import heard
from core.wechat_account import MAIN

SUCCESS = "success"
"""Tells WeChat that the callback was taken, and the follower nothing."""
_LONGEST_ECHO = 256

router = APIRouter(include_in_schema=False)
_log = structlog.get_logger(__name__)

_Word = Annotated[str, Query()]


@router.get("/wechat")
@router.get("/wechat/{name}")
async def verify(
    parts: WithParts, name: str = MAIN, signature: _Word = "", timestamp: _Word = "", nonce: _Word = "", echostr: _Word = ""
) -> Response:
    """What WeChat asks when the address is entered in its console: the echo proves that we know the token."""
    try:
        envelope = _envelope(parts, name)
        envelope.verify(Signed(signature, timestamp, nonce))
        if len(echostr) > _LONGEST_ECHO:
            raise Refused("echo too long", 400)
    except Refused as error:
        return _refused(name, error)
    return Response(echostr, media_type="text/plain")


@router.post("/wechat")
@router.post("/wechat/{name}")
async def receive(
    request: Request,
    parts: WithParts,
    name: str = MAIN,
    signature: _Word = "",
    timestamp: _Word = "",
    nonce: _Word = "",
    encrypt_type: _Word = "",
    msg_signature: _Word = "",
) -> Response:
    """A message or an event: answered within 4.8 seconds."""
    began = asyncio.get_running_loop().time()
    query = Signed(signature, timestamp, nonce, encrypt_type, msg_signature)
    try:
        envelope = _envelope(parts, name)
        envelope.verify(query)
        opened = envelope.open(query, await request.body())
        said = heard(opened.xml)
    except Refused as error:
        return _refused(name, error)
    account = parts.settings.wechat[name]
    address = request.client.host if request.client else ""
    try:
        text = await parts.wechat_turns.answer(account, said, query.digest, began, address)
    except Refused as error:
        return _refused(name, error)
    except Exception as error:  # no fault of ours becomes WeChat's notice of a fault: the follower is told, and what to do in danger
        _log.error("wechat callback failed", account=name, exc_info=error)
        text = texts.SERVER_ERROR
    if text is None:
        return Response(SUCCESS, media_type="text/plain")
    if await request.is_disconnected():
        parts.wechat_turns.unheard(account, said)
    reply = text_reply(said.openid, said.own_id, text, int(parts.wall.now().timestamp()))
    return Response(envelope.seal(reply, opened), media_type="text/xml")


def _envelope(parts: Parts, name: str) -> Envelope:
    envelope = parts.wechat_envelopes.get(name)
    if envelope is None:
        raise Refused("no such account", 404)
    return envelope


def _refused(account: str, error: Refused) -> Response:
    """No word of why: whoever is not WeChat learns nothing; the log says it."""
    _log.warning("wechat callback refused", account=account[:40], reason=str(error))
    return Response(status_code=error.status)

"""WeChat's API as the server calls it, with its limits and return codes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.wechat.stand_in.record import NOTICE, SERVICE, Got, Record
from tests.wechat.stand_in.service import BAD_MEDIA, BAD_SECRET, BAD_TOKEN, NO_LEAVE, OK, Service

_NEVER = 3_600.0
_Call = Callable[[Request], Awaitable[Response]]


def routes(record: Record, app_id: str) -> list[Route]:
    """Everything under https://api.weixin.qq.com that is spoken here."""
    service = record.service

    async def token(request: Request) -> Response:
        asked = await request.json()
        if (asked.get("grant_type"), asked.get("appid"), asked.get("secret")) != ("client_credential", app_id, service.secret):
            return _code(BAD_SECRET)
        return JSONResponse({"access_token": service.fetched(bool(asked.get("force_refresh"))), "expires_in": service.token_seconds})

    async def custom(request: Request) -> Response:
        body = await request.json()
        assert body["msgtype"] == "text"
        openid, text = body["touser"], body["text"]["content"]
        return await _taken(service, lambda: service.spend(openid, text), lambda: record.add(Got(openid, text, SERVICE)))

    async def notice(request: Request) -> Response:
        body = await request.json()
        openid, words = body["touser"], "｜".join(field["value"] for field in body["data"].values())
        return await _taken(service, lambda: service.spend_consent(openid), lambda: record.add(Got(openid, words, NOTICE)))

    async def menu(request: Request) -> Response:
        error = service.next_error() if service.permitted else NO_LEAVE
        if error == OK:
            service.menu = await request.json()
        return _code(error)

    async def media(request: Request) -> Response:
        kind, content = service.media.get(request.query_params.get("media_id", ""), ("", b""))
        return Response(content, media_type=kind) if kind else _code(BAD_MEDIA)

    return [
        Route("/cgi-bin/stable_token", token, methods=["POST"]),
        Route("/cgi-bin/message/custom/send", _with_token(service, custom), methods=["POST"]),
        Route("/cgi-bin/message/subscribe/bizsend", _with_token(service, notice), methods=["POST"]),
        Route("/cgi-bin/menu/create", _with_token(service, menu), methods=["POST"]),
        Route("/cgi-bin/media/get", _with_token(service, media), methods=["GET"]),
    ]


def _with_token(service: Service, call: _Call) -> _Call:
    async def checked(request: Request) -> Response:
        given = request.query_params.get("access_token")
        return await call(request) if given and given == service.token else _code(BAD_TOKEN)

    return checked


async def _taken(service: Service, spend: Callable[[], int], note: Callable[[], Any]) -> Response:
    error = service.next_error()
    if error >= 500 and error < 600:
        return Response(status_code=error)
    if error != OK:
        return _code(error)
    await asyncio.sleep(service.seconds)
    code = spend()
    if code == OK:
        note()
    if service.silent:
        await asyncio.sleep(_NEVER)
    return _code(code)


def _code(code: int) -> Response:
    return JSONResponse({"errcode": code, "errmsg": "ok" if code == OK else "refused"})

"""Live events for the console: server-sent, resumed by Last-Event-ID, read from the table that every process writes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse
from sqlalchemy.exc import SQLAlchemyError

from desk.api.rules import COOKIE, WithServices, allowed
from desk.api.ticket_views import message_shown, viewer_shown
from desk.requests import texts
from desk.requests.feed import POLL_SECONDS, concerns
from desk.requests.models import StaffEvent
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/events", tags=["desk: events"])

PING_SECONDS = 15.0
LOOK_SECONDS = 3.0
"""How often it is looked whether the session still is one, and still of the same role and college: so soon a stream ends otherwise."""
RECONNECT_MILLISECONDS = 1_000
BATCH = 200
_LARGEST_ID = 2**31 - 1


@router.get("", response_class=StreamingResponse)
async def get_events(
    request: Request,
    actor: Annotated[Actor, Depends(allowed(Permission.LIVE_EVENTS))],
    services: WithServices,
    last_event_id: Annotated[str | None, Header()] = None,
) -> StreamingResponse:
    """What happens to tickets that are theirs to see: `ticket`, `message`, `viewers`, `notice`."""
    stream = _Stream(services, actor, request.cookies.get(COOKIE, ""))
    return StreamingResponse(
        stream.events(_number(last_event_id)), media_type="text/event-stream", headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    )


class _Stream:
    """One browser's stream."""

    def __init__(self, services: DeskServices, actor: Actor, token: str) -> None:
        self._services, self._actor, self._token = services, actor, token
        self._feed, self._newest = services.requests.feed, services.requests.newest

    async def events(self, last_seen: int | None) -> AsyncIterator[str]:
        """Until the browser goes, its session ends, or the process stops; a database that is away delays and loses nothing."""
        loop = asyncio.get_running_loop()
        next_ping, next_look = loop.time() + PING_SECONDS, loop.time() + LOOK_SECONDS
        yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
        seen: int | None = None
        while not self._services.stopping():
            try:
                if loop.time() >= next_look:
                    if not await asyncio.to_thread(self._still_stands):
                        return
                    next_look = loop.time() + LOOK_SECONDS
                if seen is None:
                    seen, first = await self._start(last_seen)
                    yield first
                if await self._newest.id() > seen:
                    for row in await asyncio.to_thread(self._feed.after, seen, BATCH):
                        for event in await asyncio.to_thread(self._told, row):
                            yield event
                        seen = row.id
                    continue
                if loop.time() >= next_ping:
                    next_ping = loop.time() + PING_SECONDS
                    yield f"id: {seen}\n: ping\n\n"
            except SQLAlchemyError:
                pass  # the next look finds what there is
            await asyncio.sleep(POLL_SECONDS)

    def _still_stands(self) -> bool:
        """Whether whoever listens still may, as who they were: the browser comes back by itself, as who they are now."""
        row = self._services.staff_sessions.find(self._token)
        return row is not None and (row.staff.role, row.staff.college) == (self._actor.role, self._actor.college)

    async def _start(self, last_seen: int | None) -> tuple[int, str]:
        """Where to read on from, and the word for it: from now on for who is new, with the advice to read anew for who has missed too much."""
        if last_seen is not None and await asyncio.to_thread(self._feed.reaches_back_to, last_seen):
            return last_seen, f"id: {last_seen}\n\n"
        head = await asyncio.to_thread(self._feed.head)
        if last_seen is None:
            return head, f"id: {head}\n\n"
        return head, _event("notice", {"code": "reload", "number": None, "text": texts.notice("reload", None)}, head)

    def _told(self, row: StaffEvent) -> list[str]:
        """An event as it is sent; of several messages the last one alone bears the id, so that none is skipped if the line breaks between them."""
        data = self._data(row) if concerns(row, self._actor) else []
        return [_event(row.kind, one, row.id if one is data[-1] else None) for one in data]

    def _data(self, row: StaffEvent) -> list[dict[str, Any]]:
        """What an event says, words read from where they stand now: they may have been erased meanwhile."""
        if row.kind == "message":
            seqs = [int(str(seq)) for seq in _list(row.data.get("seqs"))]
            messages = self._services.requests.chat.messages(str(row.data.get("conversation")), seqs)
            return [{"number": row.number, "message": message_shown(message).model_dump(mode="json")} for message in messages]
        if row.kind == "viewers":
            viewers = self._services.requests.looking.viewers(row.number or "")
            return [{"number": row.number, "viewers": [viewer_shown(viewer).model_dump() for viewer in viewers]}]
        if row.kind == "notice":
            code = str(row.data["code"])
            return [{"number": row.number, "code": code, "text": texts.notice(code, row.number)}]
        return [{"number": row.number, "change": row.data.get("change")}]


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _event(kind: str, data: dict[str, Any], number: int | None) -> str:
    numbered = f"id: {number}\n" if number is not None else ""
    return f"{numbered}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _number(last_event_id: str | None) -> int | None:
    """The id in a Last-Event-ID; None, which is from now on, for what is none of ours."""
    if not last_event_id or not last_event_id.isascii() or not last_event_id.isdigit() or len(last_event_id) > 12:
        return None
    return min(int(last_event_id), _LARGEST_ID)

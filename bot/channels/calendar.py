"""The calendar of fairs and talks for calendar programs: one event to download, all of a city or kind to subscribe to. Public data, no token."""

from __future__ import annotations

from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from bot import texts
from bot.channels.web import LARGEST_SEQ, ErrorSaid, WithParts
from bot.parts import Parts
from knowledge.events.calendar_file import calendar_of
from knowledge.events.models import Event
from knowledge.events.record import KINDS

router = APIRouter(prefix="/api", tags=["events"])
_CALENDAR = "text/calendar; charset=utf-8"
_ERRORS: dict[int | str, dict[str, object]] = {status: {"model": ErrorSaid} for status in (404, 422, 429, 500, 503)}
_OK: dict[int | str, dict[str, object]] = {200: {"content": {"text/calendar": {}}, "description": "iCalendar"}}


@router.get("/events.ics", responses=_OK | _ERRORS, response_class=Response)
async def get_calendar(
    request: Request,
    parts: WithParts,
    city: Annotated[str, Query(max_length=20, description="城市，如 长沙；不写就是全部")] = "",
    kind: Annotated[str, Query(max_length=10, description="种类，如 双选会")] = "",
) -> Response:
    """The events from half a year ago on as a calendar to subscribe to."""
    _not_too_fast(request, parts)
    city = city.strip().removesuffix("市")
    if kind and kind not in KINDS:
        raise HTTPException(422, texts.UNKNOWN_KIND.format(kinds="、".join(KINDS)))
    found = await parts.gateway.blocking(parts.events.calendar, city, kind)
    return _calendar(found, f"{city}{kind}")


@router.get("/events/{event_id}.ics", responses=_OK | _ERRORS, response_class=Response)
async def get_event(request: Request, parts: WithParts, event_id: Annotated[int, Path(ge=1, le=LARGEST_SEQ)]) -> Response:
    """One event as a file for a calendar."""
    _not_too_fast(request, parts)
    found = await parts.gateway.blocking(parts.events.get, event_id)
    if found is None:
        raise HTTPException(404, texts.NO_SUCH_EVENT)
    return _calendar([found], "", f"event-{event_id}.ics")


def _calendar(events: list[Event], what: str, name: str = "") -> Response:
    headers = {"Cache-Control": "public, max-age=300"}
    if events:
        headers["Last-Modified"] = format_datetime(max(event.updated_at for event in events), usegmt=True)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(calendar_of(events, what), media_type=_CALENDAR, headers=headers)


def _not_too_fast(request: Request, parts: Parts) -> None:
    seconds = parts.throttle.seconds_to_wait(request.client.host if request.client else "", None)
    if seconds:
        raise HTTPException(429, texts.TOO_FAST.format(seconds=seconds), {"Retry-After": str(seconds)})

"""Rosters into the ledger, and the ledger out as a table."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from desk.api import texts
from desk.api.errors import ERRORS, Refused
from desk.api.rules import WithServices, allowed
from desk.care.roster import RowResult, read_roster
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

router = APIRouter(tags=["desk: graduates"])
IMPORT_PATH = "/api/desk/roster/import"
MAX_ROSTER_BYTES = 8 * 1024 * 1024
UPLOAD_SECONDS = 60.0
_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


class RowView(BaseModel):
    """What became of a line: new, updated, unchanged or refused, with the reason or what to look at."""

    line: int
    result: str
    name: str
    note: str


class Taken(BaseModel):
    """What became of a roster; `rows` are those that somebody should look at, `ignored` the columns that are none of ours."""

    new: int
    updated: int
    unchanged: int
    refused: int
    ignored: list[str]
    rows: list[RowView]


@router.post("/roster/import", openapi_extra=_BODY, responses={408: ERRORS[413]})
async def import_roster(
    request: Request,
    actor: Annotated[Actor, Depends(allowed(Permission.CARE_IMPORT))],
    services: WithServices,
    name: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "名册",
) -> Taken:
    """Take a roster in (CSV or XLSX as the body, at most 8 MB); the same roster again changes nothing."""
    content = await body_of(request, MAX_ROSTER_BYTES)
    return await asyncio.to_thread(_take, services, actor, name, content)


@router.get(
    "/graduates/export", response_class=Response, responses={200: {"content": {kind: {} for kind in _TYPES.values()}}}, name="export_graduates"
)
def export(
    actor: Annotated[Actor, Depends(allowed(Permission.CARE_EXPORT))], services: WithServices, format: Literal["csv", "xlsx"] = "csv"
) -> Response:
    """All files that this person may see; the export is on record, and comes in again unchanged."""
    content = services.care.rosters.export(actor, format)
    return Response(content, media_type=_TYPES[format], headers={"Content-Disposition": f'attachment; filename="graduates.{format}"'})


async def body_of(request: Request, most: int) -> bytes:
    """The body as it comes in, never more than `most` bytes: it is read after the rule of the route. Raises Refused."""
    content = bytearray()
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            async for piece in request.stream():
                content += piece
                if len(content) > most:
                    raise Refused(413, "too_large", texts.FILE_TOO_LARGE.format(most=most // 1024 // 1024))
    except TimeoutError as error:
        raise Refused(408, "too_slow", texts.UPLOAD_TOO_SLOW) from error
    return bytes(content)


def _take(services: DeskServices, actor: Actor, name: str, content: bytes) -> Taken:
    roster = read_roster(name, content)
    results = list(services.care.rosters.take(actor, roster))

    def count(result: str) -> int:
        return sum(one.result == result for one in results)

    return Taken(
        new=count("new"),
        updated=count("updated"),
        unchanged=count("unchanged"),
        refused=count("refused"),
        ignored=list(roster.ignored),
        rows=[_row(one) for one in results if one.note],
    )


def _row(result: RowResult) -> RowView:
    return RowView(line=result.line, result=result.result, name=result.name, note=result.note)

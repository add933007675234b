"""Reports: figures with their definitions, for charts and as CSV, and a table of conversations without their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from desk.api.rules import WithServices, allowed
from desk.reports import texts
from desk.reports.periods import Kind, Period, period_of
from desk.reports.service import SMALL, Report
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/reports", tags=["desk: reports"])
_CSV = "text/csv; charset=utf-8"
_Day = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2099, 12, 31))]
_CSV_RESPONSE: dict[int | str, dict[str, Any]] = {200: {"content": {_CSV: {}}}}


class FigureView(BaseModel):
    """A figure, how it is counted, and its value; null where nothing was there to count, or where it is hidden."""

    name: str
    label: str
    unit: str
    definition: str
    value: float | int | None


class CellView(BaseModel):
    """A part of a figure; null where it is too small to be shown."""

    name: str
    value: int | None


class BreakdownView(BaseModel):
    """What a figure is made up of."""

    name: str
    label: str
    of: str
    cells: list[CellView]


class ReportView(BaseModel):
    """A report; `note` says that small cells are hidden, where they are."""

    period: Kind
    first: date
    last: date
    figures: list[FigureView]
    breakdowns: list[BreakdownView]
    note: str


@router.get("/conversations", response_class=StreamingResponse, responses=_CSV_RESPONSE)
def export_conversations(
    actor: Annotated[Actor, Depends(allowed(Permission.CARE_EXPORT))],
    services: WithServices,
    from_: Annotated[date | None, Query(alias="from", ge=date(2000, 1, 1), le=date(2099, 12, 31))] = None,
    to: _Day = None,
) -> StreamingResponse:
    """The conversations that began in a span, by default this month, one row each; no word that was said."""
    lines = services.reports.conversations_csv(actor, _span(services, Kind.MONTH, from_, to))
    first = next(lines)  # what is refused is refused before the answer begins
    return StreamingResponse(_all(first, lines), media_type=_CSV, headers=_attachment("conversations"))


@router.get("/{period}", response_model=ReportView, responses=_CSV_RESPONSE)
def report(
    period: Kind,
    actor: Annotated[Actor, Depends(allowed(Permission.REPORTS_READ))],
    services: WithServices,
    from_: Annotated[date | None, Query(alias="from", ge=date(2000, 1, 1), le=date(2099, 12, 31))] = None,
    to: _Day = None,
    format: Literal["json", "csv"] = "json",
) -> ReportView | Response:
    """The period that `from` lies in, by default the present one; with `to` exactly that span of days."""
    found = services.reports.report(actor, _span(services, period, from_, to))
    if format == "csv":
        return Response(services.reports.as_csv(found), media_type=_CSV, headers=_attachment(f"report-{period}-{found.period.first}"))
    return _view(period, found)


def _span(services: DeskServices, kind: Kind, first: date | None, last: date | None) -> Period:
    if last is not None:
        return Period(first or period_of(kind, last).first, last)
    return period_of(kind, first or services.clock.today())


def _view(kind: Kind, found: Report) -> ReportView:
    return ReportView(
        period=kind,
        first=found.period.first,
        last=found.period.last,
        figures=[
            FigureView(name=name, label=label, unit=unit, definition=said, value=found.values[name])
            for name, (label, unit, said) in texts.FIGURES.items()
        ],
        breakdowns=[
            BreakdownView(
                name=name, label=label, of=figure, cells=[CellView(name=cell, value=value) for cell, value in found.breakdowns[name].items()]
            )
            for name, (label, figure) in texts.BREAKDOWNS.items()
        ],
        note=texts.SMALL_CELLS.format(small=SMALL) if found.hides else "",
    )


def _all(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.csv"'}

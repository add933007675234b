"""The ledger of employers as a whole: one employer's file, the counts against their targets, tables in and out."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from desk.api.employers import EmployerKnown, EmployerTaken
from desk.api.errors import ERRORS
from desk.api.fields import WHOLE, Day
from desk.api.paging import LARGEST_ID
from desk.api.posting_reviews import CheckView
from desk.api.rosters import RowView, body_of
from desk.api.rules import WithServices, allowed
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission
from knowledge.employers.csv_files import Part, RowResult, read_table, take_table, write_table
from knowledge.employers.one_file import employer_file
from knowledge.employers.record import Level, Outcome, Trace
from knowledge.employers.report import visit_report
from knowledge.postings.standing import Status

router = APIRouter(prefix="/employers", tags=["desk: employers"])
MAX_TABLE_BYTES = 8 * 1024 * 1024
_CSV = "text/csv; charset=utf-8"
_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
_Reader = Annotated[Actor, Depends(allowed(Permission.EMPLOYERS_READ))]
_Writer = Annotated[Actor, Depends(allowed(Permission.EMPLOYERS_WRITE))]
_SEPTEMBER = 9


class PostingOfEmployer(BaseModel):
    """A posting as it stands."""

    id: int
    title: str
    status: Status


class CandidateView(BaseModel):
    """A candidate under the school's own word for them, as they were last spoken of; `history` the outcomes before."""

    reference: str
    outcome: Outcome
    note: str
    by: str
    at: datetime
    posting_id: int | None
    history: list[Outcome]


class VisitView(BaseModel):
    """A visit on record."""

    visited_on: date
    visitor: str
    level: Level
    college: str
    posts_gained: int
    note: str


class NeedView(BaseModel):
    """A need with what came of it."""

    id: int
    post: str
    headcount: int | None
    majors: str
    degree: str
    needed_by: date | None
    note: str
    postings: list[PostingOfEmployer]
    candidates: list[CandidateView]
    signed: int


class EmployerFileView(EmployerKnown):
    """Everything about one employer; visits and postings the newest first."""

    id: int
    visits: list[VisitView]
    needs: list[NeedView]
    postings: list[PostingOfEmployer]
    checks: list[CheckView]


class GoalView(BaseModel):
    """A target and how far it is reached."""

    name: str
    reached: float
    target: int
    met: bool
    definition: str


class VisitorCount(BaseModel):
    """Distinct employers somebody visited, how many of them new, and the posts gained."""

    visitor: str
    level: str
    college: str
    employers: int
    new: int
    posts: int


class VisitCounts(BaseModel):
    """The visits of a period, both days included, against the targets; `definitions` say what is counted."""

    start: date
    end: date
    employers: int
    new: int
    posts: int
    goals: list[GoalView]
    people: list[VisitorCount]
    definitions: list[str]


class LinkForm(BaseModel):
    """A posting that answers a need."""

    posting_id: Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]


class CandidateForm(BaseModel):
    """What became of a candidate. `reference` is the school's own word for them: no name, no number of theirs."""

    reference: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*\S[^\x00]*$")]
    outcome: Outcome
    posting_id: Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE] | None = None
    note: _Line = ""


class TableTaken(BaseModel):
    """What became of a table: which part of the ledger it is, and the rows that were refused."""

    part: Part
    new: int
    updated: int
    unchanged: int
    refused: int
    rows: list[RowView]


@router.get("/visits/counts")
def count_visits(_actor: _Reader, services: WithServices, start: Day | None = None, end: Day | None = None) -> VisitCounts:
    """The counts of 访企拓岗 against the targets; unless said otherwise, of this school year, which begins in September."""
    last = end or services.clock.today()
    report = visit_report(services.sessions, start or _school_year(last), last)
    counted = asdict(report) | {"goals": [asdict(goal) | {"met": goal.met} for goal in report.goals]}
    return VisitCounts.model_validate(counted)


@router.post("/import", openapi_extra=_BODY, responses={408: ERRORS[413]})
async def import_table(
    request: Request,
    actor: _Writer,
    services: WithServices,
    name: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "台账.csv",
) -> TableTaken:
    """Take a table in (CSV as the body, at most 8 MB): employers, visits, needs, links or candidates, known by its headings."""
    content = await body_of(request, MAX_TABLE_BYTES)
    return await asyncio.to_thread(_take, services, actor, name, content)


@router.get("/export", response_class=Response, responses={200: {"content": {_CSV: {}}}}, name="export_employers")
def export_table(actor: _Reader, services: WithServices, part: Part = "employers") -> Response:
    """A part of the ledger as CSV; it comes in again without a change."""
    content = "".join(write_table(services.sessions, part))
    services.audit.record_alone(actor, "employer.export", f"ledger:{part}")
    return Response(content, media_type=_CSV, headers={"Content-Disposition": f'attachment; filename="{part}.csv"'})


@router.get("/{employer_id}")
def get_employer(_actor: _Reader, services: WithServices, employer_id: _Number) -> EmployerFileView:
    """One employer: visits, needs with what came of them, postings, what was checked."""
    found = employer_file(services.sessions, employer_id)
    return EmployerFileView(
        **{name: getattr(found.record, name) for name in EmployerKnown.model_fields},
        id=found.id,
        visits=[VisitView.model_validate(visit, from_attributes=True) for visit in found.visits],
        needs=[_need(trace) for trace in services.knowledge.ledger.needs(found.record.name)],
        postings=[PostingOfEmployer.model_validate(posting, from_attributes=True) for posting in found.postings],
        checks=[CheckView(**asdict(check)) for check in found.checks],
    )


@router.post("/needs/{need_id}/links")
def link_posting(actor: _Writer, services: WithServices, need_id: _Number, form: LinkForm) -> EmployerTaken:
    """Say that a posting answers a need; the same again changes nothing."""
    change = services.knowledge.ledger.link(need_id, form.posting_id, actor.name)
    services.audit.record_alone(actor, "employer.link", f"need:{need_id}")
    return EmployerTaken(id=need_id, result=change)


@router.post("/needs/{need_id}/candidates")
def record_candidate(actor: _Writer, services: WithServices, need_id: _Number, form: CandidateForm) -> CandidateView:
    """Say what became of a candidate for a need; what was said before stays on record."""
    said = services.knowledge.ledger.record_candidate(need_id, form.reference, form.outcome, actor.name, posting_id=form.posting_id, note=form.note)
    services.audit.record_alone(actor, "employer.candidate", f"need:{need_id}")
    return CandidateView.model_validate(said, from_attributes=True)


def _school_year(day: date) -> date:
    return date(day.year if day.month >= _SEPTEMBER else day.year - 1, _SEPTEMBER, 1)


def _need(trace: Trace) -> NeedView:
    plain = ("post", "headcount", "majors", "degree", "needed_by", "note")
    return NeedView(
        **{name: getattr(trace.need, name) for name in plain},
        id=trace.need_id,
        postings=[PostingOfEmployer.model_validate(posting, from_attributes=True) for posting in trace.postings],
        candidates=[CandidateView.model_validate(said, from_attributes=True) for said in trace.candidates],
        signed=trace.signed,
    )


def _take(services: DeskServices, actor: Actor, name: str, content: bytes) -> TableTaken:
    table = read_table(name, content)
    results = list(take_table(services.knowledge.ledger, table, actor.name))
    services.audit.record_alone(actor, "employer.import", f"ledger:{table.part}")

    def count(result: str) -> int:
        return sum(one.result == result for one in results)

    return TableTaken(
        part=table.part,
        new=count("new"),
        updated=count("updated"),
        unchanged=count("unchanged"),
        refused=count("refused"),
        rows=[_row(one) for one in results if one.result == "refused"],
    )


def _row(result: RowResult) -> RowView:
    return RowView(line=result.line, result=result.result, name=result.name, note=result.reason)

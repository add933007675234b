"""The review of postings: the queue, one posting with all that is known of it, decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from desk.api.fields import WHOLE
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.staff.policy import Actor, Permission
from knowledge.postings import view_texts
from knowledge.postings.review import Reviewed
from knowledge.postings.screening.finding import Kind
from knowledge.postings.standing import Status
from knowledge.postings.views import PostingView

router = APIRouter(prefix="/postings", tags=["desk: postings"])
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Reader = Annotated[Actor, Depends(allowed(Permission.POSTINGS_READ))]
_Reviewer = Annotated[Actor, Depends(allowed(Permission.POSTINGS_DECIDE))]
_OPEN: list[Status] = ["waiting", "held"]
_LABELS = {
    "title": view_texts.TITLE,
    "education": view_texts.EDUCATION,
    "salary": view_texts.SALARY,
    "majors": view_texts.MAJORS,
    "cohort": view_texts.COHORT,
    "description": view_texts.DESCRIPTION,
    "benefits": view_texts.BENEFITS,
    "contact": view_texts.CONTACT,
}
"""Fields of findings by what the view calls them; a further column bears its own name in both."""


class QueuedPosting(BaseModel):
    """A posting that waits for a person: what the screening found, what the import found odd, since when."""

    id: int
    title: str
    employer: str
    cities: list[str]
    status: Status
    findings: list[dict[str, Any]]
    issues: list[str]
    since: datetime
    days: int


class DecisionView(BaseModel):
    """A decision on record; `by` is null where the screening decided."""

    status: Status
    reason: str
    by: str | None
    at: datetime
    findings: list[dict[str, Any]]


class CheckView(BaseModel):
    """Something checked of the employer; `by` is null where the system did."""

    what: str
    outcome: str
    note: str
    by: str | None
    at: str | None


class ReviewedPosting(BaseModel):
    """One posting with all that a reviewer needs."""

    id: int
    title: str
    employer: str
    employer_id: int | None
    status: Status
    fields: list[dict[str, Any]]
    sources: list[str]
    findings: list[dict[str, Any]]
    """As the screening stored them; `label` names the field of `fields` in which the phrase stands."""
    issues: list[str]
    decisions: list[DecisionView]
    checks: list[CheckView]


class PostingDecisionMade(BaseModel):
    """What becomes of a posting; a reason is needed to hold, reject or withdraw it."""

    status: Status
    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


class CleanChosen(BaseModel):
    """Postings to pass together."""

    ids: Annotated[list[Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]], Field(min_length=1, max_length=100)]


class CleanPassed(BaseModel):
    """Those that were passed, and those left for a person to read."""

    passed: list[int]
    left: list[int]


@router.get("/queue")
def list_queue(
    _actor: _Reader,
    services: WithServices,
    paging: WithPaging,
    status: Annotated[list[Status] | None, Query()] = None,
    kind: Kind | None = None,
    employer: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
    min_days: Annotated[int, Query(ge=0, le=3650)] = 0,
    clean: bool = False,
) -> Page[QueuedPosting]:
    """What waits for a person: the waiting before the held, of each the oldest first; `clean` keeps those in which nothing was found."""
    found = services.knowledge.review.queue(
        statuses=status or _OPEN, kind=kind, employer=employer, min_days=min_days, clean=clean, limit=paging.page_size, offset=paging.offset
    )
    return Page[QueuedPosting](items=[QueuedPosting.model_validate(row, from_attributes=True) for row in found.items], total=found.total)


@router.post("/pass")
def pass_clean(actor: _Reviewer, services: WithServices, chosen: CleanChosen) -> CleanPassed:
    """Publish those among the chosen that wait and in which nothing was found; what has a finding is read one by one."""
    passed = services.knowledge.review.publish_clean(chosen.ids, actor.name, services.audit.witness(actor, "posting.published", "posting"))
    return CleanPassed(passed=passed, left=[number for number in dict.fromkeys(chosen.ids) if number not in passed])


@router.get("/{posting_id}")
def get_posting(_actor: _Reader, services: WithServices, posting_id: _Number) -> ReviewedPosting:
    """Everything about one posting."""
    return _view(services.knowledge.review.detail(posting_id))


@router.post("/{posting_id}/decision")
def decide_posting(actor: _Reviewer, services: WithServices, posting_id: _Number, made: PostingDecisionMade) -> DecisionView:
    """Publish, hold, reject or withdraw a posting; graduates see the change with the next question."""
    witness = services.audit.witness(actor, f"posting.{made.status}", "posting")
    decision = services.knowledge.review.decide(posting_id, made.status, actor.name, made.reason, witness)
    return DecisionView.model_validate(decision, from_attributes=True)


def _view(found: Reviewed) -> ReviewedPosting:
    posting = found.posting
    people = [CheckView(**check) for check in (found.employer.checks if found.employer else [])]
    return ReviewedPosting(
        id=posting.id,
        title=posting.title,
        employer=posting.employer,
        employer_id=posting.employer_id,
        status=posting.status,  # type: ignore[arg-type]
        fields=PostingView(posting, "open").as_detail()["fields"],
        sources=[origin.source for origin in found.origins],
        findings=[{**finding, "label": _LABELS.get(finding["field"], finding["field"])} for finding in posting.findings],
        issues=list(posting.issues),
        decisions=[DecisionView.model_validate(decision, from_attributes=True) for decision in found.decisions],
        checks=[*(CheckView(**check.as_dict()) for check in found.own_checks), *people],
    )

"""The review of job fairs and talks: the queue, one event with all that is known of it, decisions. `/events` are the console's live news."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from desk.api.fields import WHOLE
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.staff.policy import Actor, Permission
from knowledge.events.review import Reviewed
from knowledge.events.review_texts import FIELDS
from knowledge.postings.standing import Status

router = APIRouter(prefix="/fairs", tags=["desk: fairs"])
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Reader = Annotated[Actor, Depends(allowed(Permission.FAIRS_READ))]
_Reviewer = Annotated[Actor, Depends(allowed(Permission.FAIRS_DECIDE))]
_OPEN: list[Status] = ["waiting", "held"]


class QueuedFair(BaseModel):
    """An event that waits for a person: what the screening found, what is odd, since when."""

    id: int
    title: str
    kind: str
    when: str
    where: str
    source: str
    standing: Status
    findings: list[dict[str, Any]]
    issues: list[str]
    since: datetime
    days: int


class FairDecisionView(BaseModel):
    """A decision on record; `by` is null where the screening decided."""

    standing: Status
    reason: str
    by: str | None
    at: datetime
    findings: list[dict[str, Any]]


class FairField(BaseModel):
    """Something that is known of an event, by the name that it bears on the page."""

    name: str
    label: str
    value: str


class ReviewedFair(BaseModel):
    """One event with all that a reviewer needs; `sequence` goes back with the decision."""

    id: int
    title: str
    standing: Status
    source: str
    sequence: int
    fields: list[FairField]
    findings: list[dict[str, Any]]
    """As the screening stored them; `label` names the field of `fields` in which the phrase stands."""
    issues: list[str]
    decisions: list[FairDecisionView]


class FairDecisionMade(BaseModel):
    """What becomes of an event; a reason is needed to hold, reject or withdraw it. With `sequence` only as it was read."""

    standing: Status
    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""
    sequence: Annotated[int, Field(ge=0, le=LARGEST_ID), WHOLE] | None = None


class FairsChosen(BaseModel):
    """Events to pass together."""

    ids: Annotated[list[Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]], Field(min_length=1, max_length=100)]


class FairsPassed(BaseModel):
    """Those that were passed, and those left for a person to read."""

    passed: list[int]
    left: list[int]


@router.get("/queue")
def list_fairs(
    _actor: _Reader,
    services: WithServices,
    paging: WithPaging,
    standing: Annotated[list[Status] | None, Query()] = None,
    words: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
    clean: bool = False,
) -> Page[QueuedFair]:
    """What waits for a person: the waiting before the held, of each the soonest first; `clean` keeps those in which nothing was found."""
    found = services.knowledge.event_review.queue(standings=standing or _OPEN, words=words, clean=clean, limit=paging.page_size, offset=paging.offset)
    return Page[QueuedFair](items=[QueuedFair.model_validate(row, from_attributes=True) for row in found.items], total=found.total)


@router.post("/pass")
def pass_fairs(actor: _Reviewer, services: WithServices, chosen: FairsChosen) -> FairsPassed:
    """Publish those among the chosen that wait and in which nothing was found; what is odd is read one by one."""
    passed = services.knowledge.event_review.publish_clean(chosen.ids, actor.name, services.audit.witness(actor, "fair.published", "event"))
    return FairsPassed(passed=passed, left=[number for number in dict.fromkeys(chosen.ids) if number not in passed])


@router.get("/{event_id}")
def get_fair(_actor: _Reader, services: WithServices, event_id: _Number) -> ReviewedFair:
    """Everything about one event."""
    return _view(services.knowledge.event_review.detail(event_id))


@router.post("/{event_id}/decision")
def decide_fair(actor: _Reviewer, services: WithServices, event_id: _Number, made: FairDecisionMade) -> FairDecisionView:
    """Publish, hold, reject or withdraw an event; graduates see the change with the next question."""
    witness = services.audit.witness(actor, f"fair.{made.standing}", "event")
    decision = services.knowledge.event_review.decide(event_id, made.standing, actor.name, made.reason, sequence=made.sequence, witness=witness)
    return FairDecisionView.model_validate(decision, from_attributes=True)


def _view(found: Reviewed) -> ReviewedFair:
    event = found.event
    return ReviewedFair(
        id=event.id,
        title=event.title,
        standing=event.standing,  # type: ignore[arg-type]
        source=event.source,
        sequence=event.sequence,
        fields=[FairField(name=name, label=label, value=value) for name, label, value in found.fields],
        findings=[{**finding, "label": FIELDS.get(finding["field"], finding["field"])} for finding in event.findings],
        issues=list(event.issues),
        decisions=[FairDecisionView.model_validate(decision, from_attributes=True) for decision in found.decisions],
    )

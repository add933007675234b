"""Drafts of the school's own entries: written by one, reviewed by another."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.promotion.drafting import DraftForm
from desk.promotion.models import DraftState, KnowledgeDraft
from desk.staff.policy import Actor, Permission
from knowledge.pack.topics import TOPICS

router = APIRouter(prefix="/drafts", tags=["desk: knowledge"])
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Reader = Annotated[Actor, Depends(allowed(Permission.KNOWLEDGE_READ))]
_Writer = Annotated[Actor, Depends(allowed(Permission.KNOWLEDGE_DRAFT))]
_Reviewer = Annotated[Actor, Depends(allowed(Permission.KNOWLEDGE_REVIEW))]


class DraftSubmitted(BaseModel):
    """A draft, and the number of the request whose reply it was."""

    entry: DraftForm
    ticket: Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9-]+$")] | None = None


class DraftReason(BaseModel):
    """Why a draft goes back or an entry goes out."""

    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class DraftTopic(BaseModel):
    """A topic that an entry may belong to, and what it is called."""

    value: str
    label: str


class DraftView(BaseModel):
    """A draft as it stands; `entry_id` is the number of the entry that it became."""

    id: int
    entry: dict[str, Any]
    ticket: str | None
    state: DraftState
    author: str
    author_id: int
    created_at: datetime
    reviewer: str | None
    reviewed_at: datetime | None
    reason: str
    entry_id: str | None


@router.get("/topics", dependencies=[Depends(allowed(Permission.KNOWLEDGE_READ))])
def list_topics() -> list[DraftTopic]:
    """The topics to choose from."""
    return [DraftTopic(value=value, label=label) for value, label in TOPICS.items()]


@router.get("")
def list_drafts(_actor: _Reader, services: WithServices, paging: WithPaging, state: DraftState | None = None) -> Page[DraftView]:
    """Drafts, the newest first."""
    rows, total = services.knowledge.promotion.page(state, paging.page_size, paging.offset)
    return Page[DraftView](items=[_view(row) for row in rows], total=total)


@router.get("/{draft_id}")
def get_draft(_actor: _Reader, services: WithServices, draft_id: _Number) -> DraftView:
    """One draft."""
    return _view(services.knowledge.promotion.get(draft_id))


@router.post("")
def submit_draft(actor: _Writer, services: WithServices, draft: DraftSubmitted) -> DraftView:
    """Put a draft before the reviewers."""
    return _view(services.knowledge.promotion.submit(actor, draft.entry, draft.ticket))


@router.put("/{draft_id}")
def rewrite_draft(actor: _Writer, services: WithServices, draft_id: _Number, entry: DraftForm) -> DraftView:
    """Put another wording before the reviewers."""
    return _view(services.knowledge.promotion.rewrite(actor, draft_id, entry))


@router.post("/{draft_id}/approve")
def approve_draft(actor: _Reviewer, services: WithServices, draft_id: _Number) -> DraftView:
    """Adopt a draft that somebody else wrote."""
    return _view(services.knowledge.promotion.approve(actor, draft_id))


@router.post("/{draft_id}/reject")
def reject_draft(actor: _Reviewer, services: WithServices, draft_id: _Number, why: DraftReason) -> DraftView:
    """Send a draft back with a reason."""
    return _view(services.knowledge.promotion.reject(actor, draft_id, why.reason))


@router.post("/{draft_id}/retire")
def retire_entry(actor: _Reviewer, services: WithServices, draft_id: _Number, why: DraftReason) -> DraftView:
    """Take an adopted entry out again."""
    return _view(services.knowledge.promotion.retire(actor, draft_id, why.reason))


def _view(row: KnowledgeDraft) -> DraftView:
    return DraftView.model_validate({**row.__dict__, "entry": row.fields})

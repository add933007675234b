"""What the knowledge lacks, what grows old in it, and why a search finds what it finds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from desk.api.paging import Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.staff.policy import Actor, Permission
from knowledge.answers.judging import ANSWERABLE
from knowledge.answers.model import Answer, Outcome, Reason
from knowledge.answers.standing import Status, clause_status
from knowledge.answers.texts import STATUS
from knowledge.search.pack_search import THRESHOLD
from knowledge.search.ranking import Found, Hit, shipped_weights
from knowledge.upkeep.asked import KEPT_DAYS
from knowledge.upkeep.explaining import Against, Explained, explain

router = APIRouter(tags=["desk: knowledge"])
_Reader = Annotated[Actor, Depends(allowed(Permission.KNOWLEDGE_READ))]
_Question = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*\S[^\x00]*$")]
_Writer = Annotated[Actor, Depends(allowed(Permission.KNOWLEDGE_DRAFT))]
_CSV = "text/csv; charset=utf-8"
_Back = Annotated[int, Query(ge=1, le=KEPT_DAYS)]


class GapView(BaseModel):
    """Something asked in vain: the question that stands for it, how often, why, when last, other wordings; `weeks` counts by each week's Monday."""

    question: str
    count: int
    reasons: dict[str, int]
    last_asked: datetime
    wordings: list[str]
    weeks: dict[str, int]


class ExpiringView(BaseModel):
    """A document that will end, on which day, and how many days that is from today."""

    document_id: int
    title: str
    last_day: date
    days: int


class StillAskedView(BaseModel):
    """A document past its time that was answered from all the same."""

    document_id: int
    title: str
    status_text: str
    count: int
    last_asked: datetime
    questions: list[str]


class Synonym(BaseModel):
    """A word of the question and the clause's word that stands for it."""

    word: str
    stands_for_it: str


class FoundClause(BaseModel):
    """A clause found and why: the words of the question in it or above it, the sentence's likeness, what put it before or behind another."""

    document_id: int
    document: str
    clause: str
    sentence: str
    score: float
    status: Status
    status_text: str
    words: list[str]
    heading_words: list[str]
    synonyms: list[Synonym]
    missing: list[str]
    similarity: float
    ahead: dict[str, float]
    behind: dict[str, float]
    against: Against


class FoundEntry(BaseModel):
    """An entry of the built-in knowledge, or of the school's own, that a question is like."""

    id: str
    title: str
    score: float
    school: str | None


class CitedView(BaseModel):
    """A clause that the answer quotes."""

    document_id: str
    title: str
    clause: str
    quote: str
    status: str


class GivenAnswer(BaseModel):
    """What the assistant would say: answered, refused with the reason, or asked back."""

    outcome: Outcome
    reason: Reason | None
    text: str
    confidence: float
    warnings: list[str]
    citations: list[CitedView]


class SearchTested(BaseModel):
    """What a search finds, in order, each with the reasons; `answerable` from `needed` on is answered. `answer` is what would be said."""

    answerable: float
    needed: float
    clauses: list[FoundClause]
    built_in: list[FoundEntry]
    built_in_needed: float
    answer: GivenAnswer | None


class MarkedGap(BaseModel):
    """A question that is answered wrong, and in which way."""

    question: _Question
    reason: Literal["wrong_answer", "wrong_source", "should_answer"]


@router.get("/gaps")
def list_gaps(_actor: _Reader, services: WithServices, paging: WithPaging, days: _Back = 30) -> Page[GapView]:
    """What graduates asked in vain, grouped by meaning, the most asked first."""
    found = services.knowledge.upkeep.gaps(days)
    items = found[paging.offset : paging.offset + paging.page_size]
    return Page[GapView](items=[GapView.model_validate(gap, from_attributes=True) for gap in items], total=len(found))


@router.get("/gaps/export", response_class=StreamingResponse, responses={200: {"content": {_CSV: {}}}})
def export_gaps(_actor: _Reader, services: WithServices, days: _Back = 30) -> StreamingResponse:
    """The gap list as CSV; the questions are masked and lead to nobody."""
    headers = {"Content-Disposition": 'attachment; filename="gaps.csv"'}
    return StreamingResponse(services.knowledge.upkeep.gaps_csv(days), media_type=_CSV, headers=headers)


@router.post("/gaps", status_code=204)
def mark_gap(actor: _Writer, services: WithServices, marked: MarkedGap) -> None:
    """Put a question that is answered wrong into the gap list."""
    services.knowledge.upkeep.mark(actor, marked.question, marked.reason)


@router.get("/expiring")
def list_expiring(_actor: _Reader, services: WithServices, paging: WithPaging, days: Annotated[int, Query(ge=1, le=730)] = 60) -> Page[ExpiringView]:
    """Documents that will end soon, the first to end first."""
    found, today = services.knowledge.upkeep.expiring(days), services.clock.today()
    items = [
        ExpiringView(document_id=item.document.id, title=item.document.display_title, last_day=item.last_day, days=(item.last_day - today).days)
        for item in found[paging.offset : paging.offset + paging.page_size]
    ]
    return Page[ExpiringView](items=items, total=len(found))


@router.get("/expired-asked")
def list_expired_but_asked(_actor: _Reader, services: WithServices, paging: WithPaging, days: _Back = 30) -> Page[StillAskedView]:
    """Documents past their time that graduates still ask about, the most asked first."""
    found = services.knowledge.upkeep.still_asked(days)
    items = [
        StillAskedView(
            document_id=item.document.id,
            title=item.document.display_title,
            status_text=STATUS[item.status],
            count=item.count,
            last_asked=item.last_asked,
            questions=list(item.questions),
        )
        for item in found[paging.offset : paging.offset + paging.page_size]
    ]
    return Page[StillAskedView](items=items, total=len(found))


@router.get("/search-test")
def test_search(
    _actor: _Reader,
    services: WithServices,
    q: Annotated[_Question, Query()],
    place: Annotated[str, Query(max_length=40, pattern=r"^[^\x00]*$")] = "",
) -> SearchTested:
    """What the search that answers graduates finds for a question, why in this order, and what a graduate (in a `place`) would be told."""
    finder = services.knowledge.finder
    found = finder.find(q) if finder else None
    entries = finder.built_in(q) if finder else []
    given = finder.answer(q, place=place.strip() or None) if finder else None
    return SearchTested(
        answerable=round(found.answerable, 3) if found else 0.0,
        needed=ANSWERABLE,
        clauses=_clauses(found, services.clock.today()) if found else [],
        built_in=[FoundEntry(id=hit.entry.id, title=hit.entry.title, score=round(hit.score, 3), school=hit.entry.school) for hit in entries],
        built_in_needed=THRESHOLD,
        answer=_answer(given) if given else None,
    )


def _clauses(found: Found, today: date) -> list[FoundClause]:
    return [_clause(hit, explained, today) for hit, explained in zip(found.hits, explain(found, shipped_weights()), strict=True)]


def _clause(hit: Hit, explained: Explained, today: date) -> FoundClause:
    status = clause_status(hit.entry, today)
    synonyms = [Synonym(word=word, stands_for_it=other) for word, other in explained.synonyms]
    own = {"synonyms": synonyms, "document_id": hit.entry.document.id, "status": status, "status_text": STATUS[status]}
    return FoundClause.model_validate({**explained.record(), **own})


def _answer(given: Answer) -> GivenAnswer:
    return GivenAnswer(
        outcome=given.outcome,
        reason=given.reason,
        text=given.text,
        confidence=round(given.confidence, 2),
        warnings=list(given.warnings),
        citations=[CitedView.model_validate(citation, from_attributes=True) for citation in given.citations],
    )

"""What goes with a reply at a click: clauses and open postings, found by words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from desk.api.rules import WithServices, allowed
from desk.requests.offering import OfferedClause
from desk.staff.policy import Permission

router = APIRouter(prefix="/insertions", tags=["desk: replies"], dependencies=[Depends(allowed(Permission.TICKETS_WORK))])
_Words = Annotated[str, Query(min_length=1, max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$")]


class ClauseOffered(BaseModel):
    """A clause with its citation as of today; `why_not` where it may not be sent."""

    id: int
    title: str
    doc_no: str | None
    clause: str
    quote: str
    standing: str
    why_not: str | None


class ClausesOffered(BaseModel):
    """The best first."""

    items: list[ClauseOffered]
    total: int


class PostingOffered(BaseModel):
    """An open posting; `uncertain` says why it may not be what was asked for."""

    id: int
    title: str
    employer: str
    city: str | None
    salary_text: str | None
    education: str | None
    deadline: str | None
    deadline_text: str | None
    uncertain: list[str]


class PostingsOffered(BaseModel):
    """The best first."""

    items: list[PostingOffered]
    total: int


@router.get("/clauses")
def find_clauses(services: WithServices, q: _Words) -> ClausesOffered:
    """Clauses for a reply; those that do not hold today are shown with the reason and refused when sent."""
    items = [_clause(offered) for offered in services.requests.offering.clauses(q)]
    return ClausesOffered(items=items, total=len(items))


@router.get("/postings")
def find_postings(services: WithServices, q: _Words) -> PostingsOffered:
    """Postings for a reply: reviewed, published and open today."""
    items = [_posting(item) for item in services.requests.offering.postings(q)]
    return PostingsOffered(items=items, total=len(items))


def _clause(offered: OfferedClause) -> ClauseOffered:
    cited = offered.citation
    return ClauseOffered(
        id=offered.id,
        title=cited.title,
        doc_no=cited.doc_no,
        clause=cited.clause,
        quote=cited.quote,
        standing=offered.standing,
        why_not=offered.why_not,
    )


def _posting(item: dict[str, Any]) -> PostingOffered:
    plain = {name: item[name] for name in PostingOffered.model_fields if name != "uncertain"}
    return PostingOffered(**plain, uncertain=[doubt["reason"] for doubt in item["uncertain"]])

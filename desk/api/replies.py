"""Help with answering: suggestions from the documents, replies written often, the same question asked by many, one person's tickets joined."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from desk.api.paging import LARGEST_ID
from desk.api.rules import WithServices, allowed
from desk.api.ticket_views import TicketRow, row_shown
from desk.requests.canned import VARIABLES, filled_in
from desk.requests.models import CannedReply
from desk.staff.policy import Actor, Permission

_canned = APIRouter(prefix="/canned-replies", tags=["desk: replies"])
_tickets = APIRouter(prefix="/tickets", tags=["desk: replies"])
ROUTERS = (_canned, _tickets)

_NO_NUL = r"^[^\x00]*$"
_NUMBER = r"^[A-Z0-9-]{1,20}$"
_Number = Annotated[str, Path(pattern=_NUMBER, description="请求编号")]
_Text = Annotated[str, Field(min_length=1, max_length=4_000, pattern=_NO_NUL)]
_ReplyId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Reader = Annotated[Actor, Depends(allowed(Permission.TICKETS_READ))]
_Merger = Annotated[Actor, Depends(allowed(Permission.TICKETS_MERGE))]
_CannedKeeper = Annotated[Actor, Depends(allowed(Permission.CANNED_MANAGE))]


class SuggestionShown(BaseModel):
    """A reply to a question of the graduate's; where it is not usable, why."""

    question: str
    text: str
    citations: list[dict[str, Any]]
    usable: bool
    why_not: str | None
    confidence: float


class Suggestions(BaseModel):
    """The newest question first."""

    items: list[SuggestionShown]
    total: int


class CannedShown(BaseModel):
    """A reply that is written often; `filled` is the text for the request that was named."""

    id: int
    title: str
    text: str
    filled: str
    college: str | None
    updated_at: datetime


class CannedList(BaseModel):
    """By title, and the names that may stand in braces."""

    items: list[CannedShown]
    total: int
    variables: list[str]


class NewCanned(BaseModel):
    """A reply to keep."""

    title: Annotated[str, Field(min_length=1, max_length=60, pattern=_NO_NUL)]
    text: _Text


class AlikeShown(TicketRow):
    """A ticket that asks much the same."""

    score: float


class AlikeList(BaseModel):
    """The most alike first."""

    items: list[AlikeShown]
    total: int


class OneAnswer(BaseModel):
    """One answer for several tickets; `client_id` makes a repetition harmless."""

    numbers: Annotated[list[Annotated[str, Field(pattern=_NUMBER)]], Field(min_length=1, max_length=100)]
    text: _Text
    client_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Skipped(BaseModel):
    """A ticket that was left alone."""

    number: str
    message: str


class OneAnswerSent(BaseModel):
    """What became of each."""

    answered: list[str]
    skipped: list[Skipped]


class JoinInto(BaseModel):
    """The ticket that goes on."""

    into: Annotated[str, Field(pattern=_NUMBER)]


@_canned.get("")
def list_canned(
    actor: Annotated[Actor, Depends(allowed(Permission.CANNED_READ))],
    services: WithServices,
    number: Annotated[str | None, Query(pattern=_NUMBER)] = None,
) -> CannedList:
    """Replies that are written often; with the number of a request, filled in for it."""
    ticket = services.requests.listing.one(actor, number).ticket if number and actor.may(Permission.TICKETS_READ) else None
    rows = services.requests.canned.all(actor)
    items = [_canned_shown(row, filled_in(row.text, actor, ticket)) for row in rows]
    return CannedList(items=items, total=len(items), variables=list(VARIABLES))


@_canned.post("", status_code=201)
def add_canned(body: NewCanned, actor: _CannedKeeper, services: WithServices) -> CannedShown:
    """Keep a reply for one's college, or for all where one sees all."""
    row = services.requests.canned.save(actor, None, body.title, body.text)
    return _canned_shown(row, filled_in(row.text, actor, None))


@_canned.put("/{reply_id}")
def change_canned(reply_id: _ReplyId, body: NewCanned, actor: _CannedKeeper, services: WithServices) -> CannedShown:
    """Change a reply."""
    row = services.requests.canned.save(actor, reply_id, body.title, body.text)
    return _canned_shown(row, filled_in(row.text, actor, None))


@_canned.delete("/{reply_id}", status_code=204)
def delete_canned(reply_id: _ReplyId, actor: _CannedKeeper, services: WithServices) -> None:
    """Take a reply away."""
    services.requests.canned.delete(actor, reply_id)


@_tickets.get("/{number}/suggestions")
def suggest(number: _Number, actor: _Reader, services: WithServices) -> Suggestions:
    """What the documents on file answer to the graduate's last words and to the topic."""
    found = services.requests.suggesting.suggestions(actor, number)
    return Suggestions(items=[SuggestionShown.model_validate(each, from_attributes=True) for each in found], total=len(found))


@_tickets.get("/{number}/same-questions")
def same_questions(number: _Number, actor: _Merger, services: WithServices) -> AlikeList:
    """Open tickets that ask the same."""
    found = services.requests.merging.same_questions(actor, number)
    items = [AlikeShown(**row_shown(each.row).model_dump(), score=each.score) for each in found]
    return AlikeList(items=items, total=len(items))


@_tickets.post("/merge")
def merge(body: OneAnswer, actor: _Merger, services: WithServices) -> OneAnswerSent:
    """Give all of these the same answer and resolve them."""
    merged = services.requests.merging.answer_all(actor, body.numbers, body.text, body.client_id)
    return OneAnswerSent(answered=list(merged.answered), skipped=[Skipped(number=number, message=message) for number, message in merged.skipped])


@_tickets.post("/{number}/join")
def join(number: _Number, body: JoinInto, actor: _Merger, services: WithServices) -> TicketRow:
    """Join a ticket into another of the same person."""
    return row_shown(services.requests.listing.of(services.requests.merging.join(actor, number, body.into)))


def _canned_shown(row: CannedReply, filled: str) -> CannedShown:
    return CannedShown(id=row.id, title=row.title, text=row.text, filled=filled, college=row.college, updated_at=row.updated_at)

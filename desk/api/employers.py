"""The ledger of employers: who they are, visits, needs, and what was checked of them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from desk.api.fields import WHOLE, Day
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.posting_reviews import CheckView
from desk.api.rules import WithServices, allowed
from desk.staff.policy import Actor, Permission
from knowledge.employers.record import EmployerRecord, Level, NeedRecord, VisitRecord
from knowledge.witness import State

router = APIRouter(prefix="/employers", tags=["desk: employers"])
_Short = Annotated[str, Field(max_length=50, pattern=r"^[^\x00]*$")]
_Middle = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
_Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]
_Name = Annotated[str, Field(min_length=2, max_length=200, pattern=r"^[^\x00]*\S[^\x00]*$")]
_Reader = Annotated[Actor, Depends(allowed(Permission.EMPLOYERS_READ))]
_Writer = Annotated[Actor, Depends(allowed(Permission.EMPLOYERS_WRITE))]


class EmployerForm(BaseModel):
    """What is known of an employer; empty fields leave what is known."""

    name: _Name
    type: _Line = ""
    city: _Short = ""
    credit_code: _Line = ""
    site: _Line = ""
    mail_domain: _Middle = ""
    address: _Line = ""
    note: _Line = ""


class EmployerKnown(BaseModel):
    """What is known of an employer; what came in by a table may be longer than a form takes."""

    name: str
    type: str
    city: str
    credit_code: str
    site: str
    mail_domain: str
    address: str
    note: str


class EmployerRow(EmployerKnown):
    """An employer with what the ledger counts of it."""

    id: int
    visits: int
    last_visit: date | None
    needs: int
    postings: int


class EmployerTaken(BaseModel):
    """Which row it is, and whether that is new, updated or unchanged."""

    id: int
    result: Literal["new", "updated", "unchanged"]


class VisitForm(BaseModel):
    """A visit to an employer of the ledger."""

    employer: _Name
    visited_on: Day
    visitor: Annotated[str, Field(min_length=2, max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$")]
    level: Level = "other"
    college: _Middle = ""
    posts_gained: Annotated[int, Field(ge=0, le=100_000), WHOLE] = 0
    note: _Line = ""


class NeedForm(BaseModel):
    """So many people for a post."""

    employer: _Name
    post: _Name
    headcount: Annotated[int, Field(ge=1, le=100_000), WHOLE] | None = None
    majors: _Line = ""
    degree: _Short = ""
    needed_by: Day | None = None
    note: _Line = ""


class EmployerCheckForm(BaseModel):
    """What a person checked, and how it came out."""

    what: Literal["credit_code", "site", "mail_domain", "address", "name"]
    outcome: Literal["ok", "doubt", "fail", "unknown"]
    note: _Line = ""


@router.get("")
def list_employers(
    _actor: _Reader, services: WithServices, paging: WithPaging, q: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = ""
) -> Page[EmployerRow]:
    """Employers whose name holds the words, by name."""
    ledger = services.knowledge.ledger
    items = [
        EmployerRow(
            **{name: getattr(row.record, name) for name in EmployerKnown.model_fields},
            id=row.id,
            visits=row.visits,
            last_visit=row.last_visit,
            needs=row.needs,
            postings=row.postings,
        )
        for row in ledger.employers(q, limit=paging.page_size, offset=paging.offset)
    ]
    return Page[EmployerRow](items=items, total=ledger.count(q))


@router.post("")
def put_employer(actor: _Writer, services: WithServices, form: EmployerForm) -> EmployerTaken:
    """Take an employer in, or what is newly known of it; names that differ in writing alone are one employer."""

    def record(session: Session, number: int, before: State, after: State) -> None:
        change = "new" if not before else "unchanged" if before == after else "updated"
        services.audit.witness(actor, f"employer.{change}", "employer")(session, number, before, after)

    number, change = services.knowledge.ledger.put(EmployerRecord(**form.model_dump()), record)
    return EmployerTaken(id=number, result=change)


@router.get("/checks")
def get_checks(
    _actor: _Reader, services: WithServices, name: Annotated[str, Query(min_length=2, max_length=200, pattern=r"^[^\x00]*\S[^\x00]*$")]
) -> list[CheckView]:
    """What the system sees of an employer, and what people checked."""
    found = services.knowledge.ledger.checked(name)
    return [CheckView(**asdict(check)) for check in (*found.own, *found.by_people)]


@router.post("/{employer_id}/checks")
def record_check(
    actor: _Writer, services: WithServices, employer_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], form: EmployerCheckForm
) -> CheckView:
    """Keep what was checked of an employer."""
    witness = services.audit.witness(actor, "employer.check", "employer")
    check = services.knowledge.review.record_check(employer_id, form.what, form.outcome, actor.name, form.note, witness)
    return CheckView(**asdict(check))


@router.post("/visits")
def record_visit(actor: _Writer, services: WithServices, form: VisitForm) -> EmployerTaken:
    """Keep a visit; the same again changes nothing."""
    witness = services.audit.witness(actor, "employer.visit", "visit")
    number, change = services.knowledge.ledger.record_visit(VisitRecord(**form.model_dump()), actor.name, witness)
    return EmployerTaken(id=number, result=change)


@router.post("/needs")
def record_need(actor: _Writer, services: WithServices, form: NeedForm) -> EmployerTaken:
    """Keep a need; the same again changes nothing."""
    witness = services.audit.witness(actor, "employer.need", "need")
    number, change = services.knowledge.ledger.record_need(NeedRecord(**form.model_dump()), actor.name, witness)
    return EmployerTaken(id=number, result=change)

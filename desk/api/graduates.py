"""The care files: lists, one file and all that is done with it. Rosters are in `desk.api.rosters`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, Field

from desk.api.errors import Refused
from desk.api.fields import WHOLE, Day
from desk.api.graduate_views import (
    Choices,
    ClassView,
    Created,
    GraduateFile,
    ListedGraduate,
    Lists,
    Load,
    ProposalView,
    RecommendedView,
    Saved,
    choices,
    file_view,
    listed_view,
    proposal_view,
)
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.care import texts
from desk.care.erasing import erase_by_staff
from desk.care.lists import Wanted
from desk.care.recommending import Recommending
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/graduates", tags=["desk: graduates"])
Reader = Annotated[Actor, Depends(allowed(Permission.CARE_READ))]
Writer = Annotated[Actor, Depends(allowed(Permission.CARE_WRITE))]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_PLAIN = r"^[^\x00]*$"
_Text = Annotated[str, Field(max_length=4000, pattern=_PLAIN)]
_Word = Annotated[str, Query(max_length=100, pattern=_PLAIN)]
_MOST_POSTINGS = 20


class Fields(BaseModel):
    """Fields of a file by name; an empty text or null empties one. Days as 2026-12-31, the year of graduation as 2027."""

    fields: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=4000, pattern=_PLAIN)] | Annotated[int, WHOLE] | None],
        Field(max_length=30),
    ]
    version: Annotated[
        int | None, Field(ge=1, le=LARGEST_ID, description="The version that was read; a newer one in between is a conflict"), WHOLE
    ] = None


class Entry(BaseModel):
    """Something said or done."""

    kind: Annotated[str, Field(max_length=20)]
    text: _Text
    next_contact_on: Day | None = None


class KeyGroups(BaseModel):
    """The key groups of a graduate; an empty list says that they belong to none."""

    categories: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=20)]


class Helper(BaseModel):
    """Who is to care for a graduate: one of the staff, or somebody by name."""

    staff_id: Annotated[int | None, Field(ge=1, le=LARGEST_ID), WHOLE] = None
    helper: Annotated[str, Field(max_length=80, pattern=_PLAIN)] = ""


class Conversation(BaseModel):
    """A conversation, by its id or by the number of a request that was made in it."""

    ticket: Annotated[str, Field(max_length=20, pattern=_PLAIN)]


class Closing(BaseModel):
    """Why the care ends."""

    reason: Annotated[str, Field(max_length=20)]


class ErasureWished(BaseModel):
    """Why a file is erased."""

    reason: Literal["asked", "mistaken", "no_longer_needed"]


class ErasureBegun(BaseModel):
    """Receipts of the conversations that go with the file; `waits` where one of them has an urgent request that a person must see to first."""

    receipts: list[str]
    waits: bool


class Recommended(BaseModel):
    """Which postings were recommended; none says that nothing was found."""

    postings: Annotated[list[Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]], Field(max_length=_MOST_POSTINGS)]
    words: Annotated[str, Field(max_length=200, pattern=_PLAIN)] = ""


@router.get("")
def list_graduates(
    actor: Reader,
    services: WithServices,
    paging: WithPaging,
    q: _Word = "",
    college: _Word = "",
    class_name: _Word = "",
    cohort: Annotated[int | None, Query(ge=2000, le=2099)] = None,
    destination: _Word = "",
    mine: bool = False,
    is_open: Annotated[bool | None, Query(alias="open")] = None,
) -> Page[ListedGraduate]:
    """The files, by college, class and student number."""
    wanted = Wanted(q, college, class_name, cohort, destination, actor.staff_id if mine else None, is_open)
    rows, total = services.care.lists.page(actor, wanted, paging.page, paging.page_size)
    return Page[ListedGraduate](items=[listed_view(row) for row in rows], total=total)


@router.post("", status_code=201)
def open_file(body: Fields, actor: Writer, services: WithServices, response: Response) -> Created:
    """Open a file; for a student number that is there already, take over what is newly known (200)."""
    number, change = services.care.files.put(actor, body.fields)
    response.status_code = 201 if change == "new" else 200
    return Created(id=number, result=change)


@router.get("/choices", dependencies=[Depends(allowed(Permission.CARE_READ))])
def list_choices() -> Choices:
    """What may be chosen where a field has choices, with the words for it."""
    return choices()


@router.get("/overdue")
def list_overdue(actor: Reader, services: WithServices, days: Annotated[int, Query(ge=0, le=60)] = 7) -> Lists:
    """Contacts whose day has passed, those of the coming days, open files without a next contact, and those untouched for more than 30 days."""
    overdue = services.care.lists.overdue(actor)
    return Lists(
        contacts=[listed_view(row) for row in overdue.contacts],
        unplanned=[listed_view(row) for row in overdue.unplanned],
        untouched=[listed_view(row) for row in overdue.untouched],
        upcoming=[listed_view(row) for row in services.care.lists.upcoming(actor, days)],
    )


@router.get("/gaps")
def list_gaps(actor: Annotated[Actor, Depends(allowed(Permission.CARE_KEY_GROUP))], services: WithServices) -> Page[ListedGraduate]:
    """Open files that nobody cares for: of key groups for a supervisor, of all for others."""
    services.audit.record_alone(actor, "graduates.gaps", "graduates")
    rows = services.care.lists.gaps(actor)
    return Page[ListedGraduate](items=[listed_view(row) for row in rows], total=len(rows))


@router.get("/load")
def list_load(actor: Reader, services: WithServices) -> list[Load]:
    """How many open files each helper has."""
    return [Load(helper=name, staff_id=staff_id, graduates=count) for name, staff_id, count in services.care.lists.load(actor)]


@router.get("/classes")
def list_classes(actor: Reader, services: WithServices) -> list[ClassView]:
    """How complete the files of each class are (四清)."""
    return [ClassView(**asdict(state)) for state in services.care.lists.classes(actor)]


@router.get("/{graduate_id}")
def read_file(graduate_id: Number, actor: Reader, services: WithServices) -> GraduateFile:
    """One file; the reading is on record."""
    return file_view(services.care.files.read(actor, graduate_id), actor)


@router.patch("/{graduate_id}")
def change_file(graduate_id: Number, body: Fields, actor: Writer, services: WithServices) -> Saved:
    """Change fields of a file, the plan (goal, measures) and the next contact among them. 409 where somebody else was faster."""
    return Saved(version=services.care.files.change(actor, graduate_id, body.fields, body.version))


@router.put("/{graduate_id}/plan")
def plan(graduate_id: Number, body: Fields, actor: Writer, services: WithServices) -> Saved:
    """The plan of a graduate (一人一策): goal, measures, next contact."""
    strangers = sorted(set(body.fields) - {"goal", "measures", "next_contact_on"})
    if strangers:
        raise Refused(422, "invalid", texts.UNKNOWN_FIELD.format(field="、".join(strangers)))
    return Saved(version=services.care.files.change(actor, graduate_id, body.fields, body.version))


@router.post("/{graduate_id}/entries", status_code=201)
def add_entry(graduate_id: Number, body: Entry, actor: Writer, services: WithServices) -> Created:
    """Keep what was said or done, and set the next contact."""
    return Created(id=services.care.files.add_entry(actor, graduate_id, body.kind, body.text, body.next_contact_on), result="new")


@router.put("/{graduate_id}/key-groups", status_code=204)
def set_key_groups(
    graduate_id: Number, body: KeyGroups, actor: Annotated[Actor, Depends(allowed(Permission.CARE_KEY_GROUP))], services: WithServices
) -> None:
    """Settle the key groups: a supervisor, or the helper of this graduate."""
    services.care.files.set_categories(actor, graduate_id, body.categories)


@router.put("/{graduate_id}/pairing", status_code=204)
def pair(graduate_id: Number, body: Helper, actor: Writer, services: WithServices) -> None:
    """Give a graduate to a helper (结对)."""
    services.care.helping.pair(actor, graduate_id, staff_id=body.staff_id, helper=body.helper)


@router.delete("/{graduate_id}/pairing", status_code=204)
def release(graduate_id: Number, actor: Writer, services: WithServices) -> None:
    """End a pairing."""
    services.care.helping.release(actor, graduate_id)


@router.post("/{graduate_id}/conversations", status_code=204)
def link(graduate_id: Number, body: Conversation, actor: Writer, services: WithServices) -> None:
    """Say that the request with this number is the graduate's, and the conversation with it."""
    services.care.helping.link(actor, graduate_id, body.ticket)


@router.delete("/{graduate_id}/conversations/{conversation_id}", status_code=204)
def unlink(
    graduate_id: Number, conversation_id: Annotated[str, Path(max_length=128, pattern=r"^[^\x00]+$")], actor: Writer, services: WithServices
) -> None:
    """Take back that a conversation is the graduate's."""
    services.care.helping.unlink(actor, graduate_id, conversation_id)


@router.post("/{graduate_id}/close", status_code=204)
def close(graduate_id: Number, body: Closing, actor: Writer, services: WithServices) -> None:
    """End the care; that somebody has left school is no reason."""
    services.care.files.close(actor, graduate_id, body.reason)


@router.post("/{graduate_id}/erase", status_code=202)
def erase(
    graduate_id: Number, body: ErasureWished, actor: Annotated[Actor, Depends(allowed(Permission.PERSONAL_DATA))], services: WithServices
) -> ErasureBegun:
    """Erase the file at once, and everything else that is kept of the graduate as if they had asked for it themselves."""
    erased = erase_by_staff(services.care.record, services.personal_data, actor, graduate_id, body.reason)
    return ErasureBegun(receipts=list(erased.receipts), waits=erased.waits)


@router.post("/{graduate_id}/reopen", status_code=204)
def reopen(graduate_id: Number, actor: Writer, services: WithServices) -> None:
    """Take a graduate back into care."""
    services.care.files.reopen(actor, graduate_id)


@router.get("/{graduate_id}/recommendations")
def propose(
    graduate_id: Number, actor: Annotated[Actor, Depends(allowed(Permission.CARE_WRITE))], services: WithServices, words: _Word = ""
) -> ProposalView:
    """Postings that surely fit the file's wish, or these words."""
    return proposal_view(_recommending(services).propose(actor, graduate_id, words))


@router.post("/{graduate_id}/recommendations", status_code=201)
def recommend(graduate_id: Number, body: Recommended, actor: Writer, services: WithServices) -> RecommendedView:
    """Log what was recommended; fewer than three open a follow-up."""
    ticket = _recommending(services).recommend(actor, graduate_id, body.postings, body.words)
    return RecommendedView(count=len(set(body.postings)), ticket=ticket.number if ticket else None)


def _recommending(services: DeskServices) -> Recommending:
    if services.care.recommending is None:
        raise Refused(503, "unavailable", texts.NO_SHELF)
    return services.care.recommending

"""Trainings and who wants to come: contacts are masked until somebody opens one, which is on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from desk.api.fields import WHOLE, Day
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission
from desk.trainings.models import Training
from desk.trainings.service import Listed, Offer, is_offered, kept_until

router = APIRouter(prefix="/trainings", tags=["desk: trainings"])
_CSV = "text/csv; charset=utf-8"
_CSV_RESPONSE: dict[int | str, dict[str, Any]] = {200: {"content": {_CSV: {}}}}
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Reader = Annotated[Actor, Depends(allowed(Permission.TRAININGS_READ))]
Manager = Annotated[Actor, Depends(allowed(Permission.TRAININGS_MANAGE))]
_NAMED = r"^[^\x00]*\S[^\x00]*$"
_WORDS = r"^[^\x00]*$"
_SHOWN_ENDS = 2


class TrainingWritten(BaseModel):
    """A training as staff write it; `seats` null: as many as want to. Names and contacts are kept `keep_days` after its last day."""

    title: Annotated[str, Field(min_length=1, max_length=100, pattern=_NAMED)]
    provider: Annotated[str, Field(min_length=1, max_length=100, pattern=_NAMED)]
    starts_on: Day
    ends_on: Day
    sign_up_until: Day
    hours: Annotated[str, Field(max_length=100, pattern=_WORDS)] = ""
    place: Annotated[str, Field(max_length=150, pattern=_WORDS)] = ""
    fee: Annotated[str, Field(max_length=100, pattern=_WORDS)] = ""
    subsidy: Annotated[str, Field(max_length=200, pattern=_WORDS)] = ""
    note: Annotated[str, Field(max_length=1000, pattern=_WORDS)] = ""
    seats: Annotated[int, Field(ge=1, le=100_000), WHOLE] | None = None
    keep_days: Annotated[int, Field(ge=1, le=365), WHOLE] = 30


class TrainingView(TrainingWritten):
    """A training, how many want to come, and whether it still takes place."""

    id: int
    by: str
    created_at: datetime
    ended_at: datetime | None
    wanted: int
    offered: bool
    kept_until: date


class InterestView(BaseModel):
    """Somebody on the list; name and contact without what would tell who it is."""

    id: int
    place: int
    waits: bool
    name: str
    contact: str
    college: str | None
    cohort: int | None
    created_at: datetime


class InterestsView(BaseModel):
    """A training and who wants to come, as far as it is theirs to see."""

    training: TrainingView
    items: list[InterestView]
    total: int


class ContactView(BaseModel):
    """Name and contact in full."""

    name: str
    contact: str


@router.get("", dependencies=[Depends(allowed(Permission.TRAININGS_READ))])
def list_trainings(services: WithServices, paging: WithPaging) -> Page[TrainingView]:
    """Every training, what ends last first."""
    rows, total = services.trainings.page(paging.page, paging.page_size)
    return Page[TrainingView](items=[_view(services, training, wanted) for training, wanted in rows], total=total)


@router.post("", status_code=201)
def add_training(actor: Manager, services: WithServices, written: TrainingWritten) -> TrainingView:
    """Offer a training: graduates see it at once."""
    return _view(services, services.trainings.add(actor, Offer(**written.model_dump())), 0)


@router.put("/{training_id}")
def change_training(training_id: _Number, actor: Manager, services: WithServices, written: TrainingWritten) -> TrainingView:
    """Write it anew; who comes onto the list by more seats is told."""
    training = services.trainings.change(actor, training_id, Offer(**written.model_dump()))
    return _view(services, training, len(services.trainings.listed(actor, training_id)[1]))


@router.delete("/{training_id}")
def take_training_back(training_id: _Number, actor: Manager, services: WithServices) -> TrainingView:
    """It does not take place; those on the list are told."""
    services.trainings.take_back(actor, training_id)
    training, listed = services.trainings.listed(actor, training_id)
    return _view(services, training, len(listed))


@router.get("/{training_id}/interests")
def list_interests(training_id: _Number, actor: Reader, services: WithServices) -> InterestsView:
    """Who wants to come, in the order of the list; names and contacts masked."""
    training, listed = services.trainings.listed(actor, training_id)
    return InterestsView(training=_view(services, training, len(listed)), items=[_masked(one) for one in listed], total=len(listed))


@router.post("/{training_id}/interests/{interest_id}/contact")
def open_contact(training_id: _Number, interest_id: _Number, actor: Manager, services: WithServices) -> ContactView:
    """Name and contact of one person in full; that they were opened is on record."""
    interest = services.trainings.contact(actor, training_id, interest_id)
    return ContactView(name=interest.name, contact=interest.contact)


@router.get("/{training_id}/interests.csv", response_class=StreamingResponse, responses=_CSV_RESPONSE)
def export_interests(training_id: _Number, actor: Manager, services: WithServices) -> Response:
    """The list with contacts as a table; on record."""
    lines = services.trainings.as_csv(actor, training_id)
    return StreamingResponse(lines, media_type=_CSV, headers={"Content-Disposition": f'attachment; filename="training-{training_id}.csv"'})


def _view(services: DeskServices, training: Training, wanted: int) -> TrainingView:
    computed = ("wanted", "offered", "kept_until")
    known = {name: getattr(training, name) for name in TrainingView.model_fields if name not in computed}
    return TrainingView(**known, wanted=wanted, offered=is_offered(training, services.clock.today()), kept_until=kept_until(training))


def _masked(one: Listed) -> InterestView:
    who = one.interest
    return InterestView(
        id=who.id,
        place=one.place,
        waits=one.waits,
        name=f"{who.name[0]}**",
        contact=f"{who.contact[:_SHOWN_ENDS]}****{who.contact[-_SHOWN_ENDS:]}",
        college=who.college,
        cohort=who.cohort,
        created_at=who.created_at,
    )

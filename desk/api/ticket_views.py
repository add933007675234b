"""How tickets leave the desk's API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from desk.chat import Spoken
from desk.models import Priority, Satisfaction, State, Status
from desk.requests.brief import citations_of, confidence_of
from desk.requests.listing import Row
from desk.requests.looking import Opened, Viewer
from desk.staff.models import Staff


class Named(BaseModel):
    """A colleague."""

    id: int
    name: str


class DeadlineMark(BaseModel):
    """The day that a request is about."""

    title: str
    day: date
    days_left: int


class TicketRow(BaseModel):
    """A ticket in a list."""

    number: str
    topic: str
    category: str
    priority: Priority
    status: Status
    state: State
    college: str | None
    cohort: int | None
    labels: list[str]
    assignee: Named | None
    offered_to: Named | None
    holder: Named | None
    """Who holds the conversation; the bot is silent meanwhile."""
    promise_due: datetime
    promise_kept: bool | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    times_asked: int
    has_contact: bool
    satisfaction: Satisfaction | None
    deadline: DeadlineMark | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


class MessageShown(BaseModel):
    """A message of the conversation, with what the bot rested it on."""

    id: str
    seq: int
    role: str
    kind: str
    text: str
    payload: dict[str, Any] | None
    created_at: datetime
    confidence: float | None
    citations: list[dict[str, Any]]


class TriedShown(BaseModel):
    """One answer of the bot, in short."""

    kind: str
    text: str
    outcome: str | None
    reason: str | None
    confidence: float | None
    seq: int


class BriefShown(BaseModel):
    """The handover in short."""

    question: str
    summary: str
    tried: list[TriedShown]
    clauses: list[dict[str, Any]]
    missing: list[str]


class EventShown(BaseModel):
    """One thing that happened to a ticket."""

    at: datetime
    actor: str
    name: str | None
    action: str
    before: dict[str, Any]
    after: dict[str, Any]


class NoteShown(BaseModel):
    """A private note."""

    id: int
    text: str
    author: Named
    created_at: datetime


class ViewerShown(BaseModel):
    """A colleague who looks at the ticket."""

    id: int
    name: str
    typing: bool


class TicketOpened(TicketRow):
    """A ticket with everything that belongs to it."""

    contact: str | None
    held_by_me: bool
    conversation: list[MessageShown]
    brief: BriefShown
    events: list[EventShown]
    notes: list[NoteShown]
    viewers: list[ViewerShown]
    same_person: list[str]
    joined: list[str]


def row_shown(row: Row) -> TicketRow:
    """A ticket in a list."""
    return TicketRow(**_row_fields(row))


def opened_shown(opened: Opened, staff_id: int | None) -> TicketOpened:
    """A ticket opened by somebody."""
    names = opened.names
    return TicketOpened(
        **_row_fields(opened.row),
        contact=opened.row.ticket.contact,
        held_by_me=opened.row.holder is not None and opened.row.holder.id == staff_id,
        conversation=[message_shown(message) for message in opened.conversation],
        brief=BriefShown.model_validate(opened.brief, from_attributes=True),
        events=[
            EventShown(
                at=event.at, actor=event.actor, name=_actor_name(event.actor, names), action=event.action, before=event.before, after=event.after
            )
            for event in opened.events
        ],
        notes=[
            NoteShown(id=note.id, text=note.text, author=Named(id=note.staff_id, name=names.get(note.staff_id, "")), created_at=note.created_at)
            for note in opened.notes
        ],
        viewers=[viewer_shown(viewer) for viewer in opened.viewers],
        same_person=opened.same_person,
        joined=opened.joined,
    )


def message_shown(message: Spoken) -> MessageShown:
    """A message of the conversation."""
    return MessageShown(
        id=message.id,
        seq=message.seq,
        role=message.role,
        kind=message.kind,
        text=message.text,
        payload=message.payload,
        created_at=message.created_at,
        confidence=confidence_of(message),
        citations=citations_of(message),
    )


def viewer_shown(viewer: Viewer) -> ViewerShown:
    """A colleague who looks at the ticket."""
    return ViewerShown(id=viewer.staff_id, name=viewer.name, typing=viewer.typing)


def _row_fields(row: Row) -> dict[str, Any]:
    ticket = row.ticket
    plain = (
        "number topic category priority status state college cohort promise_due promise_kept waiting_since "
        "snoozed_until times_asked satisfaction created_at updated_at closed_at"
    )
    return {name: getattr(ticket, name) for name in plain.split()} | {
        "labels": list(row.labels),
        "assignee": _named(row.assignee),
        "offered_to": _named(row.offered_to),
        "holder": _named(row.holder),
        "has_contact": ticket.contact is not None,
        "deadline": DeadlineMark(**vars(row.deadline)) if row.deadline is not None else None,
    }


def _named(staff: Staff | None) -> Named | None:
    return Named(id=staff.id, name=staff.display_name) if staff is not None else None


def _actor_name(actor: str, names: dict[int, str]) -> str | None:
    kind, _, number = actor.partition(":")
    return names.get(int(number)) if kind == "staff" and number.isdigit() else None

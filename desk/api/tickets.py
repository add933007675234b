"""Tickets at the console: lists, one opened, and everything that is done to it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from desk.api.fields import WHOLE, Moment
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.api.ticket_views import MessageShown, NoteShown, TicketOpened, TicketRow, ViewerShown, message_shown, opened_shown, row_shown, viewer_shown
from desk.api.ticket_views import Named as Author
from desk.models import Priority, State, Ticket
from desk.requests.categories import CATEGORIES
from desk.requests.listing import View, Wanted
from desk.requests.replying import Attachment
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/tickets", tags=["desk: tickets"])
_labels = APIRouter(prefix="/labels", tags=["desk: tickets"])
ROUTERS = (router, _labels)

_NO_NUL = r"^[^\x00]*$"
LONGEST_TEXT = 4_000
_Number = Annotated[str, Path(pattern=r"^[A-Z0-9-]{1,20}$", description="请求编号")]
_Word = Annotated[str | None, Query(max_length=60, pattern=_NO_NUL)]
_Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=_NO_NUL)]
_Reader = Annotated[Actor, Depends(allowed(Permission.TICKETS_READ))]
_Worker = Annotated[Actor, Depends(allowed(Permission.TICKETS_WORK))]
_Leader = Annotated[Actor, Depends(allowed(Permission.TICKETS_ASSIGN))]


class Counts(BaseModel):
    """How many tickets each view holds."""

    inbox: int
    mine: int
    snoozed: int
    all: int
    resolved: int


class LabelInUse(BaseModel):
    """A label and on how many tickets it is."""

    label: str
    count: int


class Labels(BaseModel):
    """The labels in use, and the categories there are."""

    items: list[LabelInUse]
    total: int
    categories: list[str]


class Receiver(BaseModel):
    """The colleague a ticket goes to."""

    to: Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]


class Until(BaseModel):
    """When a ticket comes back."""

    until: Moment


class Conclusion(BaseModel):
    """What is noted, for the staff alone, when a ticket is resolved."""

    note: Annotated[str | None, Field(max_length=LONGEST_TEXT, pattern=_NO_NUL)] = None


class NewPriority(BaseModel):
    """How soon a person must look."""

    priority: Priority


class NewLabels(BaseModel):
    """The labels a ticket is to have."""

    labels: Annotated[list[Annotated[str, Field(max_length=20, pattern=_NO_NUL)]], Field(max_length=20)]


class NewNote(BaseModel):
    """A private note."""

    text: _Text


class Attached(BaseModel):
    """A clause or posting that goes with a reply."""

    kind: Literal["clause", "posting"]
    id: Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]


class NewReply(BaseModel):
    """Words to the graduate; `client_id` makes a repetition harmless."""

    text: _Text
    client_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    attachments: Annotated[list[Attached], Field(max_length=5)] = []


class MessagesSaid(BaseModel):
    """What was put on record."""

    messages: list[MessageShown]


class Viewers(BaseModel):
    """Who looks at a ticket now."""

    viewers: list[ViewerShown]


@router.get("")
def list_tickets(
    actor: _Reader,
    services: WithServices,
    paging: WithPaging,
    view: View = "inbox",
    q: _Word = None,
    college: _Word = None,
    topic: _Word = None,
    priority: Priority | None = None,
    label: _Word = None,
    state: State | None = None,
    assignee: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Page[TicketRow]:
    """Tickets of a view; `q` finds words of two characters too, `topic` is a category."""
    wanted = Wanted(view, q, college, topic, priority, label, state, assignee)
    rows, total = services.requests.listing.page(actor, wanted, paging.offset, paging.page_size)
    return Page[TicketRow](items=[row_shown(row) for row in rows], total=total)


@router.get("/counts")
def count_tickets(actor: _Reader, services: WithServices) -> Counts:
    """How many tickets each view holds."""
    return Counts(**services.requests.listing.counts(actor))


@router.get("/{number}")
def open_ticket(number: _Number, actor: _Reader, services: WithServices) -> TicketOpened:
    """One ticket with everything that belongs to it; that it was read is on record."""
    return opened_shown(services.requests.looking.open(actor, number), actor.staff_id)


@router.post("/{number}/claim")
def claim(number: _Number, actor: _Worker, services: WithServices) -> TicketRow:
    """Take a ticket and its conversation. 409 `already_claimed` with the holder where somebody else has it."""
    return _row(services, services.requests.handling.claim(actor, number))


@router.post("/{number}/return")
def give_back(number: _Number, actor: _Worker, services: WithServices) -> TicketRow:
    """Put a ticket back into the queue."""
    return _row(services, services.requests.handling.give_back(actor, number))


@router.post("/{number}/handback")
def hand_back(number: _Number, actor: _Worker, services: WithServices) -> TicketRow:
    """Let the bot answer again and keep the ticket; claiming it once more takes the conversation over again."""
    return _row(services, services.requests.handling.hand_back(actor, number))


@router.post("/{number}/transfer")
def transfer(number: _Number, body: Receiver, actor: _Worker, services: WithServices) -> TicketRow:
    """Give a ticket to a colleague."""
    return _row(services, services.requests.handling.transfer(actor, number, body.to))


@router.post("/{number}/snooze")
def snooze(number: _Number, body: Until, actor: _Worker, services: WithServices) -> TicketRow:
    """Put a ticket off."""
    return _row(services, services.requests.handling.snooze(actor, number, body.until))


@router.post("/{number}/resolve")
def resolve(number: _Number, body: Conclusion, actor: _Worker, services: WithServices) -> TicketRow:
    """Close a ticket; the graduate is told, and asked once how it was."""
    return _row(services, services.requests.handling.resolve(actor, number, body.note))


@router.post("/{number}/reopen")
def reopen(number: _Number, actor: _Worker, services: WithServices) -> TicketRow:
    """Put a resolved ticket back into the queue."""
    return _row(services, services.requests.handling.reopen(actor, number))


@router.post("/{number}/priority")
def set_priority(number: _Number, body: NewPriority, actor: _Leader, services: WithServices) -> TicketRow:
    """Set how soon a person must look."""
    return _row(services, services.requests.handling.set_priority(actor, number, body.priority))


@router.post("/{number}/labels")
def set_labels(number: _Number, body: NewLabels, actor: _Worker, services: WithServices) -> TicketRow:
    """Put these labels on a ticket in place of those it has."""
    return _row(services, services.requests.handling.set_labels(actor, number, body.labels))


@router.post("/{number}/notes", status_code=201)
def add_note(number: _Number, body: NewNote, actor: _Worker, services: WithServices) -> NoteShown:
    """Add a private note."""
    note = services.requests.handling.add_note(actor, number, body.text)
    return NoteShown(id=note.id, text=note.text, author=Author(id=note.staff_id, name=actor.name), created_at=note.created_at)


@router.post("/{number}/messages")
def send_message(number: _Number, body: NewReply, actor: _Worker, services: WithServices) -> MessagesSaid:
    """Say something to the graduate; only who holds the conversation may. A repeated `client_id` gives the same messages."""
    attachments = [Attachment(attached.kind, attached.id) for attached in body.attachments]
    said = services.requests.replying.send(actor, number, body.text, body.client_id, attachments)
    return MessagesSaid(messages=[message_shown(message) for message in said])


@router.post("/{number}/viewing")
def viewing(number: _Number, actor: _Worker, services: WithServices) -> Viewers:
    """One looks at a ticket; to be repeated every fifteen seconds."""
    return Viewers(viewers=[viewer_shown(viewer) for viewer in services.requests.looking.look(actor, number)])


@router.delete("/{number}/viewing", status_code=204)
def leave(number: _Number, actor: _Worker, services: WithServices) -> None:
    """One has closed a ticket."""
    services.requests.looking.leave(actor, number)


@router.post("/{number}/typing")
def typing(number: _Number, actor: _Worker, services: WithServices) -> Viewers:
    """One types a reply; counts for six seconds."""
    return Viewers(viewers=[viewer_shown(viewer) for viewer in services.requests.looking.look(actor, number, typing=True)])


@_labels.get("")
def list_labels(actor: _Reader, services: WithServices) -> Labels:
    """The labels in use, the most used first, and the categories there are."""
    used = services.requests.listing.labels(actor)
    return Labels(items=[LabelInUse(label=label, count=count) for label, count in used], total=len(used), categories=list(CATEGORIES))


def _row(services: DeskServices, ticket: Ticket) -> TicketRow:
    """A ticket as it stands after a change, shown to whoever made it even where it is theirs to see no more."""
    return row_shown(services.requests.listing.of(ticket))

"""What the console is shown of care files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from desk.care import texts
from desk.care.fields import FILE_FIELDS
from desk.care.files import CareFile
from desk.care.lists import Listed, masked_name, masked_number
from desk.care.marks import as_payload
from desk.care.recommending import Proposal
from desk.staff.models import Role
from desk.staff.policy import Actor

_FIELDS = tuple(field for field in FILE_FIELDS)


class Choice(BaseModel):
    """One of several, and what it is called."""

    value: str
    label: str


class Choices(BaseModel):
    """What may be chosen in a file."""

    wish: list[Choice]
    destination: list[Choice]
    categories: list[Choice]
    kinds: list[Choice]
    closings: list[Choice]
    marks: list[Choice]
    fields: list[Choice]


class ListedGraduate(BaseModel):
    """A file as lists show it: numbers masked, no key group."""

    id: int
    name: str
    student_number: str
    phone: str
    college: str
    class_name: str
    cohort: int | None
    degree: str
    major: str
    destination: str
    destination_label: str
    left_school_on: date | None
    next_contact_on: date | None
    touched_at: datetime
    helper: str | None
    last_contact_at: datetime | None
    marks: dict[str, bool]
    is_open: bool


class Lists(BaseModel):
    """What has to be looked after."""

    contacts: list[ListedGraduate]
    unplanned: list[ListedGraduate]
    untouched: list[ListedGraduate]
    upcoming: list[ListedGraduate]


class Load(BaseModel):
    """A helper and how many open files they have."""

    helper: str
    staff_id: int | None
    graduates: int


class ClassView(BaseModel):
    """A class: how many files, how many show each mark, how many are placed."""

    college: str
    class_name: str
    graduates: int
    clear: dict[str, int]
    placed: int


class Created(BaseModel):
    """What was made; `result` is new, updated or unchanged."""

    id: int
    result: str


class Saved(BaseModel):
    """The version that a file has now."""

    version: int


class EntryView(BaseModel):
    """Something said or done."""

    id: int
    at: datetime
    by: str
    kind: str
    kind_label: str
    text: str


class ChangeView(BaseModel):
    """Who changed what, and what it was before."""

    at: datetime
    by: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]


class MarkView(BaseModel):
    """One of the four marks, and what is missing for it."""

    mark: str
    label: str
    clear: bool
    missing: list[str]


class PairingView(BaseModel):
    """Who cares for the graduate, since when."""

    helper: str
    staff_id: int | None
    since: datetime


class TicketView(BaseModel):
    """A request of the graduate's."""

    number: str
    topic: str
    status: str
    created_at: datetime


class RecommendationView(BaseModel):
    """Which postings were recommended, by whom and when."""

    at: datetime
    by: str
    postings: list[int]
    ticket: str | None


class GraduateFile(BaseModel):
    """All of a file that the reader may see; `categories` is null where they may not know, an empty list where there is none."""

    id: int
    version: int
    fields: dict[str, str | int | date | None]
    categories: list[str] | None
    categories_settled: bool
    pairing: PairingView | None
    marks: list[MarkView]
    recommended: int
    last_contact_at: datetime | None
    closed_at: datetime | None
    closed_reason: str
    entries: list[EntryView]
    changes: list[ChangeView]
    conversations: list[str]
    tickets: list[TicketView]
    recommendations: list[RecommendationView]


class ProposalView(BaseModel):
    """Postings that fit, and the conditions in words."""

    conditions: str
    items: list[dict[str, Any]]


class RecommendedView(BaseModel):
    """How many postings were logged, and the follow-up where they were too few."""

    count: int
    ticket: str | None


def choices() -> Choices:
    """All choices with their words."""
    named = {"wish": texts.WISHES, "destination": texts.DESTINATIONS, "categories": texts.CATEGORIES, "kinds": texts.KINDS}
    named |= {"closings": texts.CLOSINGS, "marks": texts.MARKS, "fields": texts.FIELDS}
    return Choices(**{name: [Choice(value=value, label=label) for value, label in known.items()] for name, known in named.items()})


def listed_view(row: Listed) -> ListedGraduate:
    """A row of a list."""
    return ListedGraduate(**vars(row), destination_label=texts.DESTINATIONS.get(row.destination, ""))


def file_view(file: CareFile, actor: Actor) -> GraduateFile:
    """A file. A read-only account sees numbers and the name as lists show them, and no words of entries and changes."""
    graduate, only_reads = file.graduate, actor.role is Role.READ_ONLY
    fields = {field: getattr(graduate, field) for field in _FIELDS}
    if only_reads:
        fields |= {
            "name": masked_name(graduate.name),
            "student_number": masked_number(graduate.student_number),
            "phone": masked_number(graduate.phone),
        }
    return GraduateFile(
        id=graduate.id,
        version=graduate.version,
        fields=fields,
        categories=file.categories,
        categories_settled=graduate.categories_checked_at is not None,
        pairing=PairingView(helper=file.pairing.helper, staff_id=file.pairing.helper_staff_id, since=file.pairing.since) if file.pairing else None,
        marks=[MarkView(**mark) for mark in as_payload(file.marks)],
        recommended=file.facts.recommended,
        last_contact_at=file.facts.last_contact_at,
        closed_at=graduate.closed_at,
        closed_reason=graduate.closed_reason,
        entries=[] if only_reads else [_entry(file, position) for position in range(len(file.entries))],
        changes=[]
        if only_reads
        else [ChangeView(at=one.at, by=one.by, action=one.action, before=one.before, after=one.after) for one in file.changes],
        conversations=file.conversations,
        tickets=[TicketView(number=one.number, topic=one.topic, status=one.status.value, created_at=one.created_at) for one in file.tickets],
        recommendations=[
            RecommendationView(at=one.offered_at, by=one.by, postings=one.posting_ids, ticket=one.ticket) for one in file.recommendations
        ],
    )


def proposal_view(proposal: Proposal) -> ProposalView:
    """Postings as the console lists them."""
    return ProposalView(conditions=proposal.conditions, items=[view.as_item() for view in proposal.views])


def _entry(file: CareFile, position: int) -> EntryView:
    entry = file.entries[position]
    return EntryView(id=entry.id, at=entry.at, by=entry.by, kind=entry.kind, kind_label=texts.KINDS.get(entry.kind, entry.kind), text=entry.text)

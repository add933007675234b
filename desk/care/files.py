"""The files of graduates in care: opened, read, changed, closed; what was said and done. Every method is one transaction of its own.

Whoever may not see a file hears that there is none. Every reading of a file is in the audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.care import texts
from desk.care.access import graduate_for, knows_key_group, open_pairing, require_key_group
from desk.care.facts import facts_of
from desk.care.fields import FILE_FIELDS, REQUIRED, clean, read_field, read_fields
from desk.care.marks import Facts, is_placed, marks
from desk.care.models import CareChange, CareEntry, CareLink, Graduate, Pairing
from desk.care.record import CareRecord
from desk.care.whose import reference_of
from desk.errors import CareConflict, CareRefused
from desk.models import Ticket
from desk.push_models import Recommendation
from desk.staff.policy import Actor

Change = Literal["new", "updated", "unchanged"]
_NEW: Change = "new"
_LONGEST_ENTRY = 4000


@dataclass(frozen=True)
class CareFile:
    """All of a file that this person may see; `categories` is None where they may not know."""

    graduate: Graduate
    categories: list[str] | None
    pairing: Pairing | None
    facts: Facts
    marks: dict[str, list[str]]
    entries: list[CareEntry]
    changes: list[CareChange]
    conversations: list[str]
    tickets: list[Ticket]
    recommendations: list[Recommendation]


class CareFiles:
    """The front door of the ledger. What cannot be done raises CareRefused with a Chinese line, and nothing is stored."""

    def __init__(self, record: CareRecord) -> None:
        self._record = record

    def put(self, actor: Actor, values: Mapping[str, Any]) -> tuple[int, Change]:
        """Open a file for a student number, or take over what is newly known of it: empty values leave what is known. Id and what changed."""
        read = read_fields(values)
        return self._record.write(lambda session: self.put_in(session, actor, read))

    def put_in(self, session: Session, actor: Actor, values: dict[str, Any]) -> tuple[int, Change]:
        """As `put`, in a transaction of the caller's and with values that were read."""
        values = {field: value for field, value in values.items() if value not in ("", None, [])}
        categories = values.pop("categories", None)
        _require(values)
        _require_own_college(actor, values["college"])
        known = session.scalars(select(Graduate).where(Graduate.student_number == values["student_number"]).with_for_update()).one_or_none()
        if known is None:
            graduate, change = self._open(session, actor, values), _NEW
        else:
            graduate, change = known, self._take_over(session, actor, known, values)
        if categories is not None and categories != graduate.categories:
            self._set_categories(session, actor, graduate, categories)
            change = "updated" if change == "unchanged" else change
        return graduate.id, change

    def change(self, actor: Actor, graduate_id: int, values: Mapping[str, Any], version: int | None = None) -> int:
        """Change fields of a file; empty values empty them. The new version. Raises CareConflict where `version` is no longer the file's."""
        if "categories" in values:
            raise CareRefused(texts.CATEGORIES_APART)
        read = read_fields(values)

        def attempt(session: Session) -> int:
            graduate = self._open_file(session, actor, graduate_id, version)
            self._check(graduate, read, actor)
            if "student_number" in read and read["student_number"] != graduate.student_number:
                self._refuse_taken_number(session, read["student_number"])
            self._record.change(session, actor, graduate, "change", read)
            session.flush()
            return graduate.version

        return self._record.write(attempt)

    def set_categories(self, actor: Actor, graduate_id: int, categories: list[str]) -> None:
        """Settle to which key groups a graduate belongs, none among them. Raises CareRefused for whoever may not."""
        read = read_field("categories", categories)

        def attempt(session: Session) -> None:
            self._set_categories(session, actor, self._open_file(session, actor, graduate_id), read)

        self._record.write(attempt)

    def add_entry(self, actor: Actor, graduate_id: int, kind: str, text: str, next_contact_on: date | None = None) -> int:
        """Keep what was said or done, and when the next contact is to be; the entry's id."""
        words = clean(text, lines=True)[:_LONGEST_ENTRY]
        if not words:
            raise CareRefused(texts.EMPTY_ENTRY)
        if kind not in texts.KINDS:
            raise CareRefused(texts.UNKNOWN_KIND.format(kind=kind, known="、".join(texts.KINDS.values())))
        if next_contact_on is not None and next_contact_on < self._record.clock.today():
            raise CareRefused(texts.NEXT_CONTACT_PAST)

        def attempt(session: Session) -> int:
            graduate = self._open_file(session, actor, graduate_id)
            entry = self.enter(session, actor, graduate, kind, words)
            if next_contact_on is not None:
                self._record.change(session, actor, graduate, "change", {"next_contact_on": next_contact_on})
            return entry.id

        return self._record.write(attempt)

    def enter(self, session: Session, actor: Actor, graduate: Graduate, kind: str, words: str) -> CareEntry:
        """Add an entry in a transaction of the caller's."""
        entry = CareEntry(
            graduate_id=graduate.id, at=self._record.touch(graduate), staff_id=actor.staff_id, by=actor.name[:80], kind=kind, text=words
        )
        session.add(entry)
        session.flush()
        self._record.audit.record(session, actor, "graduate.entry", f"graduate:{graduate.id}", after={"kind": kind})
        return entry

    def close(self, actor: Actor, graduate_id: int, reason: str) -> None:
        """End the care for a graduate. Having left school is no reason, and a destination that is not settled is none either."""
        if reason not in texts.CLOSINGS:
            raise CareRefused(texts.UNKNOWN_CLOSING.format(known="、".join(texts.CLOSINGS.values())))

        def attempt(session: Session) -> None:
            graduate = self._open_file(session, actor, graduate_id)
            if reason == "settled" and not (is_placed(graduate.destination) and graduate.destination_evidence):
                raise CareRefused(texts.NOT_PLACED_YET)
            graduate.closed_at, graduate.closed_reason = self._record.clock.now(), reason
            self._record.note(session, actor, graduate, "close", {}, {"reason": reason})

        self._record.write(attempt)

    def reopen(self, actor: Actor, graduate_id: int) -> None:
        """Take a graduate back into care; nothing happens where they are."""

        def attempt(session: Session) -> None:
            graduate = graduate_for(session, actor, graduate_id, to_change=True)
            if graduate.closed_at is None:
                return
            reason, graduate.closed_at, graduate.closed_reason = graduate.closed_reason, None, ""
            self._record.note(session, actor, graduate, "reopen", {"reason": reason}, {})

        self._record.write(attempt)

    def read(self, actor: Actor, graduate_id: int) -> CareFile:
        """All of a file that this person may see; the audit keeps that they read it."""
        with self._record.sessions.begin() as session:
            graduate = graduate_for(session, actor, graduate_id)
            knows = knows_key_group(session, actor, graduate_id)
            seen = {"key_group": True} if knows and graduate.categories else None
            self._record.audit.record(session, actor, "graduate.read", f"graduate:{graduate_id}", after=seen)
            facts = facts_of(session, [graduate_id])[graduate_id]
            conversations = list(session.scalars(select(CareLink.conversation_id).where(CareLink.graduate_id == graduate_id)))
            references = [reference_of(graduate_id), *conversations]
            changes = session.scalars(select(CareChange).where(CareChange.graduate_id == graduate_id).order_by(CareChange.id.desc()))
            return CareFile(
                graduate=graduate,
                categories=graduate.categories if knows else None,
                pairing=open_pairing(session, graduate_id),
                facts=facts,
                marks=marks(graduate, facts, self._record.clock.now()),
                entries=list(session.scalars(select(CareEntry).where(CareEntry.graduate_id == graduate_id).order_by(CareEntry.id.desc()))),
                changes=[change for change in changes if knows or change.action != "key_group"],
                conversations=conversations,
                tickets=list(session.scalars(select(Ticket).where(Ticket.conversation_id.in_(references)).order_by(Ticket.id.desc()))),
                recommendations=list(
                    session.scalars(select(Recommendation).where(Recommendation.reference.in_(references)).order_by(Recommendation.id.desc()))
                ),
            )

    def _open_file(self, session: Session, actor: Actor, graduate_id: int, version: int | None = None) -> Graduate:
        """A file that may be changed. Raises CareNotFound, CareConflict, or CareRefused where the care has ended."""
        graduate = graduate_for(session, actor, graduate_id, to_change=True)
        if version is not None and graduate.version != version:
            raise CareConflict(texts.CHANGED_MEANWHILE)
        if graduate.closed_at is not None:
            raise CareRefused(texts.CLOSED)
        return graduate

    def _open(self, session: Session, actor: Actor, values: dict[str, Any]) -> Graduate:
        now = self._record.clock.now()
        graduate = Graduate(student_number=values["student_number"], name="", college="", categories=[], created_at=now, touched_at=now, version=1)
        for field in FILE_FIELDS:
            setattr(graduate, field, values.get(field, None if field in _NULLABLE else ""))
        self._check(graduate, values, actor)
        session.add(graduate)
        self._record.note(session, actor, graduate, "open", {}, values)
        return graduate

    def _take_over(self, session: Session, actor: Actor, known: Graduate, values: dict[str, Any]) -> Change:
        if known.erased_at is not None or not actor.sees(known.college):
            raise CareRefused(texts.NUMBER_ELSEWHERE)
        differing = {field: value for field, value in values.items() if getattr(known, field) != value}
        if not differing:
            return "unchanged"
        if known.closed_at is not None:
            raise CareRefused(texts.CLOSED)
        self._check(known, differing, actor)
        self._record.change(session, actor, known, "roster", differing)
        return "updated"

    def _set_categories(self, session: Session, actor: Actor, graduate: Graduate, categories: list[str]) -> None:
        require_key_group(session, actor, graduate.id)
        before, graduate.categories, graduate.categories_checked_at = graduate.categories, categories, self._record.clock.now()
        self._record.note(session, actor, graduate, "key_group", {"categories": before}, {"categories": categories})

    def _check(self, graduate: Graduate, values: Mapping[str, Any], actor: Actor) -> None:
        """Whether the file with these values would be in order: required fields kept, a destination with its day and evidence."""
        for field in REQUIRED:
            if field in values and not values[field]:
                raise CareRefused(texts.REQUIRED.format(field=texts.FIELDS[field]))
        if "college" in values:
            _require_own_college(actor, values["college"])

        def then(field: str) -> Any:
            return values.get(field, getattr(graduate, field))

        label = texts.DESTINATIONS.get(then("destination"), "")
        if is_placed(then("destination")) and {"destination", "destination_on", "destination_evidence"} & set(values):
            if not then("destination_evidence"):
                raise CareRefused(texts.NO_EVIDENCE.format(destination=label))
            if then("destination_on") is None:
                raise CareRefused(texts.NO_DESTINATION_DAY.format(destination=label))
        if values.get("destination_on") is not None and values["destination_on"] > self._record.clock.today():
            raise CareRefused(texts.FUTURE_DAY.format(field=texts.FIELDS["destination_on"]))

    @staticmethod
    def _refuse_taken_number(session: Session, number: str) -> None:
        if session.scalar(select(func.count()).select_from(Graduate).where(Graduate.student_number == number)):
            raise CareRefused(texts.NUMBER_TAKEN)


_NULLABLE = frozenset({"cohort", "left_school_on", "next_contact_on", "destination_on"})


def _require(values: Mapping[str, Any]) -> None:
    for field in REQUIRED:
        if not values.get(field):
            raise CareRefused(texts.REQUIRED.format(field=texts.FIELDS[field]))


def _require_own_college(actor: Actor, college: str) -> None:
    if actor.only_college is not None and college != actor.only_college:
        raise CareRefused(texts.OTHER_COLLEGE.format(college=actor.only_college or "—"))

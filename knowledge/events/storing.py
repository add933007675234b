"""The rows of one source into the store: once more they change nothing, a correction is taken over, two sources of one event are merged.

Each row is screened. What is odd, or comes from a source that is not trusted, waits for a person; what a person decided stands until the
source says something else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.events import review_texts as texts
from knowledge.events.models import PLANNED, PUBLISHED, Event, EventDecision
from knowledge.events.record import EventFields, checksum_of, key_of
from knowledge.events.screening import Screening, screened
from knowledge.postings import texts as posting_texts
from knowledge.postings.review_texts import KINDS
from knowledge.postings.screening import Kind
from knowledge.postings.standing import Status, screened_status, status_after_change

Result = Literal["new", "updated", "merged", "unchanged", "refused"]
_FILLED_BY_MERGING = ("city", "district", "place", "audience", "organiser", "url", "description")
_SAYS_NOTHING_NEW = ("status", "checksum", "source_uid")


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row; `detail` names the event, or says why it was refused."""

    line: int
    result: Result
    detail: str
    standing: Status | None = None
    """Where the event stands now; None for a row that was refused."""
    reasons: tuple[str, ...] = ()
    """In Chinese: why it waits or is held, or why the row was not taken over."""


class SourceRows:
    """Takes the rows of one source within a transaction that somebody else commits."""

    def __init__(self, session: Session, now: datetime, source: str, *, trusted: bool) -> None:
        self._session, self._now, self._source, self._trusted = session, now, source, trusted

    def take(self, line: int, fields: EventFields) -> RowOutcome:
        """Store one row."""
        result, event, reasons = self._take(fields)
        if not reasons and event.standing in ("waiting", "held"):
            reasons = self._reasons(event)
        return RowOutcome(line, result, fields.title, event.standing, reasons)  # type: ignore[arg-type]

    def _take(self, fields: EventFields) -> tuple[Result, Event, tuple[str, ...]]:
        chosen = select(Event).where(Event.source == self._source, Event.source_uid == fields.uid)
        known = self._session.scalars(chosen.with_for_update()).one_or_none()
        if known is not None:
            return self._again(known, fields), known, ()
        twin = self._twin(fields)
        if twin is not None:
            return "merged", twin, self._merge(twin, fields)
        event = Event(**_columns(fields), source=self._source, imported_at=self._now, updated_at=self._now, checked_at=self._now)
        seen = screened(fields)
        event.standing = self._standing(seen)
        self._session.add(event)
        self._session.flush()
        self._put_on_record(event, seen)
        return "new", event, ()

    def _again(self, known: Event, fields: EventFields) -> Result:
        """A row that came before. That an event is off is told at once: no person has to judge it."""
        known.checked_at = self._now
        if known.checksum == checksum_of(fields):
            return "unchanged"
        off_alone = fields.status != PLANNED and not self._differs(known, fields)
        for name, value in self._told(fields).items():
            setattr(known, name, value)
        self._changed(known)
        if not off_alone:
            seen = screened(fields)
            known.standing = status_after_change(self._standing(seen), decided_by=known.reviewed_by)
            known.reviewed_by = None
            self._put_on_record(known, seen)
        return "updated"

    def _twin(self, fields: EventFields) -> Event | None:
        """The event as another source announced it: same title, day and city, and no other hour."""
        chosen = select(Event).where(Event.key == key_of(fields), Event.source != self._source).with_for_update()
        for event in self._session.scalars(chosen):
            if event.all_day or fields.all_day or event.starts_at == fields.starts_at:
                return event
        return None

    def _merge(self, twin: Event, fields: EventFields) -> tuple[str, ...]:
        """An event that another source announced. Only what may itself be published adds to what graduates see."""
        seen = screened(fields)
        if self._standing(seen) != PUBLISHED:
            return (*self._why(seen), texts.NOT_TAKEN_OVER)
        if twin.standing == PUBLISHED:
            self._complete(twin, fields)
            return ()
        if twin.standing == "waiting" and twin.reviewed_by is None:
            self._take_the_place_of(twin, fields, seen)
            return (texts.TOOK_OVER,)
        return (texts.STAYS.format(standing=texts.STANDINGS[twin.standing]),)  # type: ignore[index]

    def _complete(self, twin: Event, fields: EventFields) -> None:
        """Take from the second source what the first did not say, and that the event is off."""
        gained = {name: value for name in _FILLED_BY_MERGING if (value := getattr(fields, name)) and not getattr(twin, name)}
        if twin.all_day and not fields.all_day:
            gained |= {"starts_at": fields.starts_at, "ends_at": fields.ends_at, "all_day": False}
        if twin.status == PLANNED and fields.status != PLANNED:
            gained["status"] = fields.status
        for name, value in gained.items():
            setattr(twin, name, value)
        twin.checked_at = self._now
        if gained:
            self._changed(twin)

    def _take_the_place_of(self, twin: Event, fields: EventFields, seen: Screening) -> None:
        """A trusted source says the same as one whose row waits: from now on the event is the trusted one's, in its words."""
        for name, value in _columns(fields).items():
            setattr(twin, name, value)
        twin.source, twin.standing, twin.checked_at = self._source, PUBLISHED, self._now
        self._changed(twin)
        self._put_on_record(twin, seen)

    def _told(self, fields: EventFields) -> dict[str, object]:
        """What a row says; what another source filled in stays."""
        return {name: value for name, value in _columns(fields).items() if value or name not in _FILLED_BY_MERGING}

    def _differs(self, known: Event, fields: EventFields) -> bool:
        return any(getattr(known, name) != value for name, value in self._told(fields).items() if name not in _SAYS_NOTHING_NEW)

    def _changed(self, event: Event) -> None:
        event.sequence += 1
        event.updated_at = self._now

    # Screening and its record

    def _standing(self, seen: Screening) -> Status:
        return screened_status(seen.findings, seen.issues, trusted=self._trusted)

    def _put_on_record(self, event: Event, seen: Screening) -> None:
        """Keep what was found, and why the event stands as it does."""
        event.findings, event.issues, event.reviewed_at = [found.as_dict() for found in seen.findings], list(seen.issues), self._now
        reason = posting_texts.PASSED if event.standing == PUBLISHED else "；".join(self._why(seen))
        self._session.add(
            EventDecision(event_id=event.id, standing=event.standing, reason=reason, decided_at=self._now, findings=list(event.findings))
        )

    def _why(self, seen: Screening) -> tuple[str, ...]:
        return self._said([(found.kind, found.phrase) for found in seen.findings], seen.issues)

    def _reasons(self, event: Event) -> tuple[str, ...]:
        return self._said([(found["kind"], found["phrase"]) for found in event.findings], event.issues)

    def _said(self, findings: list[tuple[Kind, str]], issues: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        found = [posting_texts.FOUND.format(kind=KINDS[kind], phrase=phrase) for kind, phrase in findings]
        untrusted = [] if self._trusted else [posting_texts.UNTRUSTED.format(source=self._source)]
        return (*found, *issues, *untrusted)


def _columns(fields: EventFields) -> dict[str, object]:
    values = asdict(fields)
    return values | {"source_uid": values.pop("uid"), "key": key_of(fields), "checksum": checksum_of(fields)}

"""The review of events: the queue, one event with all that is known about it, and decisions, every one on record.

`event_decisions` only ever grows: the database itself refuses to change or delete its rows (migration 0023). An event that is held, rejected
or withdrawn is out of sight with the same commit, for graduates see `published` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from knowledge.errors import ReviewRefused
from knowledge.events import review_texts as texts
from knowledge.events.answering import when_of
from knowledge.events.models import Event, EventDecision
from knowledge.events.sources import nothing_found
from knowledge.postings.standing import OPEN, REASON_NEEDED, Status
from knowledge.witness import Witness, nobody

_RANK = case({"waiting": 0, "held": 1}, value=Event.standing, else_=2)


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    id: int
    title: str
    kind: str
    when: str
    where: str
    source: str
    standing: Status
    findings: tuple[dict[str, Any], ...]
    issues: tuple[str, ...]
    since: datetime
    """Since when it stands so."""
    days: int
    """Midnights in China since then: what came in yesterday waits for one."""


@dataclass(frozen=True)
class Queue:
    """A page of the queue and how long the whole is."""

    total: int
    items: tuple[Waiting, ...]


@dataclass(frozen=True)
class Decision:
    """A decision as it stands on record; `by` is None where the screening decided."""

    standing: Status
    reason: str
    by: str | None
    at: datetime
    findings: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Reviewed:
    """One event with all that a reviewer needs. `event` is a detached row, to be read only."""

    event: Event
    fields: tuple[tuple[str, str, str], ...]
    """What is known of it: the field's name, what it is called in Chinese, what is written; empty ones are left out."""
    decisions: tuple[Decision, ...]


class EventReview:
    """The reviewers' front door; every method is one transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def queue(self, *, standings: Sequence[Status] = OPEN, words: str = "", clean: bool = False, limit: int = 50, offset: int = 0) -> Queue:
        """What waits for a person: the waiting before the held, of each what is soonest to begin.

        `words` keeps those whose title, organiser, place, city or source holds them, `clean` those in which nothing was found.
        """
        chosen = _chosen(standings, words.strip())
        if clean:
            chosen = chosen.where(nothing_found())
        today = self._clock.today()
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            rows = session.scalars(chosen.order_by(_RANK, Event.starts_at, Event.id).limit(limit).offset(offset))
            return Queue(total, tuple(_line(row, (today - _since(row).astimezone(CHINA).date()).days) for row in rows))

    def detail(self, event_id: int) -> Reviewed:
        """Everything about one event. Raises ReviewRefused when there is none of that number."""
        with self._sessions() as session:
            event = _event(session, event_id)
            rows = session.scalars(select(EventDecision).where(EventDecision.event_id == event_id).order_by(EventDecision.id))
            return Reviewed(event, tuple(_fields(event)), tuple(_decision(row) for row in rows))

    def decide(
        self, event_id: int, standing: Status, by: str, reason: str = "", *, sequence: int | None = None, witness: Witness = nobody
    ) -> Decision:
        """Give an event its standing and put it on record; `waiting` opens it again. `sequence` is that of the event as it was read.

        Raises ReviewRefused for an unknown event, without a name, without a reason where one is needed, and where the event has changed
        since it was read.
        """
        by, reason = by.strip(), reason.strip()
        if not by:
            raise ReviewRefused(texts.NO_NAME)
        if standing in REASON_NEEDED and not reason:
            raise ReviewRefused(texts.NO_REASON.format(standing=texts.STANDINGS[standing]))
        with self._sessions.begin() as session:
            event = _event(session, event_id, lock=True)
            if sequence is not None and sequence != event.sequence:
                raise ReviewRefused(texts.CHANGED)
            return _decision(self._decide(session, event, standing, by, reason, witness))

    def publish_clean(self, event_ids: Sequence[int], by: str, witness: Witness = nobody) -> list[int]:
        """Publish those that wait and in which nothing was found; the numbers of those published. Raises ReviewRefused without a name."""
        if not by.strip():
            raise ReviewRefused(texts.NO_NAME)
        chosen = select(Event).where(Event.id.in_(event_ids), Event.standing == "waiting", nothing_found()).order_by(Event.id)
        with self._sessions.begin() as session:
            events = list(session.scalars(chosen.with_for_update()))
            for event in events:
                self._decide(session, event, "published", by.strip(), "", witness)
            return [event.id for event in events]

    def _decide(self, session: Session, event: Event, standing: Status, by: str, reason: str, witness: Witness) -> EventDecision:
        now = self._clock.now()
        witness(session, event.id, {"standing": event.standing}, {"standing": standing})
        event.standing, event.reviewed_at, event.reviewed_by, event.updated_at = standing, now, by[:100], now
        row = EventDecision(event_id=event.id, standing=standing, reason=reason, decided_by=by[:100], decided_at=now, findings=event.findings)
        session.add(row)
        session.flush()
        return row


def _chosen(standings: Sequence[Status], words: str) -> Select[Event]:
    chosen = select(Event).where(Event.standing.in_(standings))
    if words:
        searched = (Event.title, Event.organiser, Event.place, Event.city, Event.source)
        chosen = chosen.where(or_(*(column.contains(words, autoescape=True) for column in searched)))
    return chosen


def _event(session: Session, event_id: int, *, lock: bool = False) -> Event:
    event = session.get(Event, event_id, with_for_update=lock or None)
    if event is None:
        raise ReviewRefused(texts.UNKNOWN_EVENT.format(id=event_id))
    return event


def _since(event: Event) -> datetime:
    return event.reviewed_at or event.updated_at


def _line(event: Event, days: int) -> Waiting:
    return Waiting(
        id=event.id,
        title=event.title,
        kind=event.kind,
        when=when_of(event),
        where=_where(event),
        source=event.source,
        standing=event.standing,  # type: ignore[arg-type]
        findings=tuple(event.findings),
        issues=tuple(event.issues),
        since=_since(event),
        days=max(0, days),
    )


def _where(event: Event) -> str:
    return " ".join(part for part in (event.city, event.district, event.place, texts.ONLINE if event.online else "") if part)


def _fields(event: Event) -> list[tuple[str, str, str]]:
    written = {name: str(getattr(event, name, "") or "") for name in texts.FIELDS}
    written |= {"when": when_of(event), "way": texts.ONLINE if event.online else "", "status": texts.STATUSES[event.status]}
    return [(name, label, written[name]) for name, label in texts.FIELDS.items() if written[name]]


def _decision(row: EventDecision) -> Decision:
    return Decision(row.standing, row.reason, row.decided_by, row.decided_at, tuple(row.findings))  # type: ignore[arg-type]

"""Where events come from, and whether the clean ones of a source pass by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, cast, func, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from knowledge.events.models import PUBLISHED, Event, EventDecision, EventSource
from knowledge.postings import texts
from knowledge.postings.standing import Status


@dataclass(frozen=True)
class Source:
    """A source as it stands: how many events it names, and how many of them graduates can see or wait."""

    name: str
    trusted: bool
    events: int
    published: int
    waiting: int


def nothing_found() -> ColumnElement[bool]:
    """Events in which the screening found nothing."""
    return and_(cast(Event.findings, String) == "[]", cast(Event.issues, String) == "[]")


def known_trust(session: Session, name: str, now: datetime, *, trusted: bool) -> bool:
    """Whether a source is trusted; one seen for the first time is as `trusted` says, from now on."""
    source = session.get(EventSource, name)
    if source is None:
        source = EventSource(name=name, trusted=trusted, updated_at=now)
        session.add(source)
    elif source.trusted and not trusted:
        source.trusted, source.updated_at = False, now
    return source.trusted


def sources(sessions: sessionmaker[Session]) -> list[Source]:
    """All sources by name; those of events from before there was a review are trusted."""
    with sessions() as session:
        counted = session.execute(select(Event.source, Event.standing, func.count()).group_by(Event.source, Event.standing)).all()
        trust = {source.name: source.trusted for source in session.scalars(select(EventSource))}
    by_source: dict[str, dict[str, int]] = {name: {} for name in trust}
    for name, standing, count in counted:
        by_source.setdefault(name, {})[standing] = count
    return [
        Source(name, trust.get(name, True), sum(counts.values()), counts.get(PUBLISHED, 0), counts.get("waiting", 0))
        for name, counts in sorted(by_source.items())
    ]


def set_trust(sessions: sessionmaker[Session], clock: Clock, name: str, *, trusted: bool) -> int:
    """Trust a source, or no longer; how many events that changed.

    Trusted, the events that waited for nothing else are published. Distrusted, those that nobody has judged wait for a person. Both are put
    on record.
    """
    now = clock.now()
    with sessions.begin() as session:
        source = session.get(EventSource, name) or EventSource(name=name)
        source.trusted, source.updated_at = trusted, now
        session.add(source)
        before: Status = "waiting" if trusted else "published"
        after: Status = "published" if trusted else "waiting"
        chosen = select(Event).where(Event.source == name, Event.standing == before, Event.reviewed_by.is_(None))
        rows = list(session.scalars((chosen.where(nothing_found()) if trusted else chosen).with_for_update()))
        reason = (texts.TRUSTED_NOW if trusted else texts.TRUST_WITHDRAWN).format(source=name)
        for event in rows:
            event.standing, event.reviewed_at, event.updated_at = after, now, now
            session.add(EventDecision(event_id=event.id, standing=after, reason=reason, decided_at=now, findings=[]))
        return len(rows)

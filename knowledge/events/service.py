"""The calendar as a conversation, a subscription and a route ask it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from knowledge.events.matching import fits, in_days, is_off, is_past, schools_meant
from knowledge.events.models import PUBLISHED, Event
from knowledge.events.query import EventQuery

_LOOKS_BACK = timedelta(days=180)
"""How far back one looks for an event that was asked for without days and is not to come."""
_LONGEST = timedelta(days=120)
"""How long before the days asked for an event may have begun that still goes on."""
_MOST_READ = 20_000
_LATEST_PAST = 3
_NEXT = 3
_SEEN = Event.standing == PUBLISHED


@dataclass(frozen=True)
class FoundEvents:
    """What fits, in the order in which it is told; where nothing does, what comes next although it does not fit."""

    query: EventQuery
    items: tuple[Event, ...]
    """What is to come in the order of time, then what is past, the latest first."""
    past: int
    """How many of the items are past."""
    others: tuple[Event, ...] = ()
    """Of the days and the place asked for, but of another kind."""
    next: tuple[Event, ...] = ()
    """The nearest to come, where nothing fits: none of what was asked for."""
    any_on_file: bool = True

    @property
    def total(self) -> int:
        return len(self.items)


class Events:
    """The events that graduates may see: the published ones. Every method is one read and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def find(self, query: EventQuery) -> FoundEvents:
        """The events that meet every condition of a question."""
        now = self._clock.now()
        read = self._read(self._window(query, now))
        schools = schools_meant(query.hosts, read)
        fitting = [event for event in read if fits(event, query, schools)]
        without_days = query.first is None and query.last is None
        items = self._without_days(fitting, query, now) if without_days else _told(fitting, query, now)
        others = self._others(read, query, now)
        if items:
            return FoundEvents(query, tuple(items), sum(is_past(event, now) for event in items), others)
        coming = [event for event in self._read(_to_come(now)) if not is_past(event, now) and not is_off(event)]
        nearest = tuple(_nearest(coming, query)[:_NEXT])
        return FoundEvents(query, (), 0, others, nearest, any_on_file=bool(read or coming) or self._any())

    def get(self, event_id: int) -> Event | None:
        """One event, past and cancelled ones too."""
        with self._sessions() as session:
            return session.scalars(select(Event).where(Event.id == event_id, _SEEN)).one_or_none()

    def calendar(self, city: str = "", kind: str = "", limit: int = 1_000) -> list[Event]:
        """The events of a calendar to subscribe to, by city and kind where given: from half a year ago on, cancelled ones too."""
        conditions = [_SEEN, Event.starts_at >= self._clock.now() - _LOOKS_BACK]
        conditions += [Event.city == city] if city else []
        conditions += [Event.kind == kind] if kind else []
        with self._sessions() as session:
            return list(session.scalars(select(Event).where(*conditions).order_by(Event.starts_at, Event.id).limit(limit)))

    def new_for(self, query: EventQuery, told: Collection[int], limit: int) -> tuple[Event, ...]:
        """The events to come that meet a subscription and are not among those told already, the soonest first."""
        now = self._clock.now()
        found = self.find(replace(query, first=query.first or now.astimezone(CHINA).date(), when=query.when or "以后"))
        return tuple(event for event in found.items if event.id not in told and not is_past(event, now) and not is_off(event))[:limit]

    def _without_days(self, fitting: Sequence[Event], query: EventQuery, now: datetime) -> list[Event]:
        """What is to come; where there is none of it, what has been."""
        coming = [event for event in fitting if not is_past(event, now)]
        planned = [event for event in coming if not is_off(event)]
        if query.next_only and planned:
            return planned[:1]
        if coming:
            return coming
        asked_for = query.hosts or query.audiences or query.trades
        return sorted((event for event in fitting if asked_for), key=lambda event: event.starts_at, reverse=True)[:_LATEST_PAST]

    @staticmethod
    def _others(read: Sequence[Event], query: EventQuery, now: datetime) -> tuple[Event, ...]:
        """What else there is on those days in that place, of another kind than asked for."""
        if not query.kinds or query.hosts or query.audiences or query.trades or query.next_only:
            return ()
        wider = replace(query, kinds=())
        return tuple(e for e in read if e.kind not in query.kinds and fits(e, wider) and in_days(e, query) and not is_past(e, now) and not is_off(e))

    def _window(self, query: EventQuery, now: datetime) -> ColumnElement[bool]:
        """The rows that can lie in the days asked for."""
        if query.first is None and query.last is None:
            return Event.starts_at >= now - _LOOKS_BACK
        conditions = []
        if query.first is not None:
            begin = datetime.combine(query.first, time(), CHINA)
            conditions.append(or_(Event.starts_at >= begin, and_(Event.ends_at > begin, Event.starts_at >= begin - _LONGEST)))
        if query.last is not None:
            conditions.append(Event.starts_at < datetime.combine(query.last + timedelta(days=1), time(), CHINA))
        return and_(*conditions)

    def _read(self, condition: ColumnElement[bool]) -> list[Event]:
        with self._sessions() as session:
            return list(session.scalars(select(Event).where(_SEEN, condition).order_by(Event.starts_at, Event.id).limit(_MOST_READ)))

    def _any(self) -> bool:
        with self._sessions() as session:
            return bool(session.scalar(select(func.count()).select_from(Event).where(_SEEN)))


def _to_come(now: datetime) -> ColumnElement[bool]:
    return Event.starts_at >= now - _LONGEST


def _told(fitting: Sequence[Event], query: EventQuery, now: datetime) -> list[Event]:
    inside = [event for event in fitting if in_days(event, query)]
    coming = [event for event in inside if not is_past(event, now)]
    past = sorted((event for event in inside if is_past(event, now)), key=lambda event: event.starts_at, reverse=True)
    return coming[:1] if query.next_only and coming else coming + past


def _nearest(coming: Sequence[Event], query: EventQuery) -> list[Event]:
    """The events to come, those first that meet more of what was asked, then the soonest."""

    def missing(event: Event) -> int:
        place = bool(query.cities or query.provinces) and not fits(event, EventQuery(cities=query.cities, provinces=query.provinces))
        kind = bool(query.kinds) and event.kind not in query.kinds
        return 2 * place + kind

    return sorted(coming, key=lambda event: (missing(event), event.starts_at))

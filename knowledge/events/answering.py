"""What is found, told: the text of an answer and the typed payload beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from core.clock import CHINA
from knowledge.events import texts
from knowledge.events.matching import days_of, is_past
from knowledge.events.models import CANCELLED, PLANNED, Event
from knowledge.events.query import EventQuery
from knowledge.events.service import FoundEvents
from knowledge.origins import shown_source

MOST_SHOWN = 10
_MIDNIGHT = "00:00"


def answer_text(found: FoundEvents, now: datetime) -> str:
    """The whole answer in Chinese: first what is over, then the numbered events, or that there are none and what comes next instead."""
    if not found.any_on_file:
        return texts.NOTHING_ON_FILE
    conditions = label_of(found.query, with_days=True) or texts.NO_CONDITION
    if not found.items:
        lines = [texts.NONE.format(conditions=conditions), *_others(found)]
        if found.next:
            lines += [texts.NEXT, *listed(found.next, now)]
        return "\n".join(lines)
    shown = found.items[:MOST_SHOWN]
    opening = texts.ALL_PAST if found.past == found.total else texts.SOME_PAST if found.past else texts.FOUND
    lines = [opening.format(conditions=conditions, total=found.total, past=found.past), *listed(shown, now)]
    lines += [texts.SHOWN.format(shown=len(shown))] if found.total > len(shown) else []
    return "\n".join([*lines, *_others(found), texts.FOOTER])


def payload_of(found: FoundEvents, now: datetime) -> dict[str, Any]:
    """The payload of an `events` message. `items` holds what fits alone; `upcoming`, where nothing does, what comes next."""
    shown = found.items[:MOST_SHOWN]
    payload: dict[str, Any] = {
        "total": found.total,
        "filters": found.query.to_json(),
        "items": [item_of(event, now) for event in shown],
        "page": {"shown": len(shown), "more": found.total > len(shown)},
    }
    return payload | ({"upcoming": [item_of(event, now) for event in found.next]} if found.next else {})


def item_of(event: Event, now: datetime) -> dict[str, Any]:
    """One event for the page; times are ISO with China's offset."""
    return {
        "id": event.id,
        "title": event.title,
        "kind": event.kind,
        "city": event.city,
        "place": event.place,
        "online": event.online,
        "starts_at": event.starts_at.astimezone(CHINA).isoformat(),
        "ends_at": event.ends_at.astimezone(CHINA).isoformat() if event.ends_at else None,
        "all_day": event.all_day,
        "when": when_of(event),
        "audience": event.audience,
        "organiser": event.organiser,
        "url": event.url,
        "status": event.status,
        "past": is_past(event, now),
        "source": shown_source(event.source),
        "checked_at": event.checked_at.astimezone(CHINA).isoformat(),
        "ics": f"/api/events/{event.id}.ics",
    }


def label_of(query: EventQuery, *, with_days: bool) -> str:
    """The conditions said back, days as dates: 这周（11月30日至12月6日）长沙的招聘会、双选会."""
    parts = []
    if with_days:
        parts.append(_days_said(query))
    parts += [*query.cities, *query.provinces, *query.districts, *query.hosts]
    parts += [texts.COHORT.format(year=query.cohort)] if query.cohort else []
    parts += [*query.audiences, *query.trades]
    parts += [texts.ONLINE if query.online else texts.ON_SITE] if query.online is not None else []
    parts += ["、".join(query.kinds)] if query.kinds else []
    return " · ".join(part for part in parts if part)


def when_of(event: Event) -> str:
    """When an event is, as one says it: 12月5日（周六）09:00—16:00."""
    first, last = days_of(event)
    if event.all_day:
        return f"{_day(first)}{texts.ALL_DAY}" if first == last else f"{_day(first)}至{_day(last)}"
    begins = f"{event.starts_at.astimezone(CHINA):%H:%M}"
    ends = f"{event.ends_at.astimezone(CHINA):%H:%M}" if event.ends_at else ""
    if first == last:
        return f"{_day(first)}{begins}" + (f"—{ends.replace(_MIDNIGHT, '24:00')}" if ends else "")
    return f"{_day(first)}{begins}至{_day(last)}" + (ends if ends != _MIDNIGHT else "")


def listed(events: Sequence[Event], now: datetime) -> list[str]:
    """The events as numbered entries of a few lines each."""
    return ["\n".join(_lines(number, event, now)) for number, event in enumerate(events, 1)]


def _lines(number: int, event: Event, now: datetime) -> list[str]:
    where = " ".join(part for part in (event.city, event.district, event.place) if part) or (texts.ONLINE if event.online else texts.NOT_SAID)
    checked = event.checked_at.astimezone(CHINA).date()
    lines = [
        texts.ITEM.format(number=number, mark=_mark(event, now), title=event.title),
        texts.WHEN_LINE.format(when=when_of(event)),
        texts.WHERE_LINE.format(where=where),
    ]
    lines += [texts.AUDIENCE_LINE.format(audience=event.audience)] if event.audience else []
    lines += [texts.ORGANISER_LINE.format(organiser=event.organiser)] if event.organiser else []
    lines += [texts.URL_LINE.format(url=event.url)] if event.url else []
    return [*lines, texts.SOURCE_LINE.format(source=shown_source(event.source), checked=f"{checked.year}年{checked.month}月{checked.day}日")]


def _mark(event: Event, now: datetime) -> str:
    if event.status == CANCELLED:
        return texts.MARKS[CANCELLED]
    if is_past(event, now):
        return texts.MARKS["past"]
    return texts.MARKS[event.status] if event.status != PLANNED else ""


def _others(found: FoundEvents) -> list[str]:
    if not found.others:
        return []
    counts = Counter(event.kind for event in found.others)
    named = "、".join(f"{kind} {count} 场" for kind, count in counts.most_common())
    return [texts.OTHERS.format(kinds=named, example=counts.most_common(1)[0][0])]


def _days_said(query: EventQuery) -> str:
    """The days by the words that said them and as dates, so that a misunderstanding shows."""
    if query.first is None and query.last is None:
        return query.when or texts.ANY_TIME
    if query.last is None:
        dates = f"{_short(query.first)}起"
    elif query.first is None or query.first == query.last:
        dates = _short(query.last)
    else:
        dates = f"{_short(query.first)}至{_short(query.last)}"
    return f"{query.when}（{dates}）" if query.when and query.when != dates else dates


def _short(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{texts.WEEKDAYS[day.weekday()]}）"

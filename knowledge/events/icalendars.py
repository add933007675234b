"""Events out of an iCalendar file (RFC 5545), component by component: one that is broken refuses itself alone.

Taken: DATE and DATE-TIME in UTC, in a zone that is known or described in the file, or without one (then China's); DTEND or DURATION;
RRULE by day, week, month or year that ends (COUNT or UNTIL), RDATE, EXDATE, RECURRENCE-ID; STATUS and METHOD:CANCEL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser

from core.clock import CHINA
from knowledge.errors import EventsRefused
from knowledge.events import texts
from knowledge.events.models import CANCELLED
from knowledge.events.reading import Defaults, ReadRow, completed
from knowledge.ingest.decoding import decode_bytes

MOST_TIMES = 366
"""How often an event may recur."""
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_NEEDED = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")


def read_calendar(name: str, content: bytes, defaults: Defaults) -> list[ReadRow]:
    """The events of a calendar in the order of the file, each time of a recurring one a row of its own.

    Raises EventsRefused where the file is no calendar or holds no event, DocumentRefused where it is no text.
    """
    lines = decode_bytes(name, content).splitlines()
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines):
        raise EventsRefused(texts.NOT_A_CALENDAR.format(name=name))
    blocks = list(_blocks(lines, "VEVENT"))
    if not blocks:
        raise EventsRefused(texts.EMPTY_CALENDAR.format(name=name))
    zones = [line for _, block in _blocks(lines, "VTIMEZONE") for line in block]
    cancelled = any(line.strip().upper() == "METHOD:CANCEL" for line in lines)
    read: list[_Entry | ReadRow] = [_entry(line, block, zones) for line, block in blocks]
    moved = {(entry.uid, entry.recurrence) for entry in read if isinstance(entry, _Entry) and entry.recurrence}
    rows: list[ReadRow] = []
    for entry in read:
        rows += [entry] if isinstance(entry, ReadRow) else entry.rows(defaults, cancelled, moved)
    return rows


def _blocks(lines: Sequence[str], kind: str) -> Iterator[tuple[int, list[str]]]:
    """Each component of a kind with the number of its first line; one that is not closed ends where the next begins."""
    begin, end = f"BEGIN:{kind}", f"END:{kind}"
    start: int | None = None
    for number, line in enumerate(lines):
        word = line.strip().upper()
        if word == begin or (word == "END:VCALENDAR" and start is not None):
            if start is not None:
                yield start + 1, [*lines[start:number], end]
            start = number if word == begin else None
        elif word == end and start is not None:
            yield start + 1, list(lines[start : number + 1])
            start = None
    if start is not None:
        yield start + 1, [*lines[start:], end]


def _entry(line: int, block: list[str], zones: list[str]) -> _Entry | ReadRow:
    source = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhiwen//import//ZH", *zones, *block, "END:VCALENDAR", ""])
    try:
        component: Any = Calendar.from_ical(source).walk("VEVENT")[0]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        return ReadRow(line, None, texts.BROKEN_ENTRY.format(reason=_brief(error)))
    wrong = [f"{name}: {reason}" for name, reason in component.errors if name in _NEEDED or name is None]
    if wrong:
        return ReadRow(line, None, texts.BROKEN_ENTRY.format(reason=_brief(wrong[0])))
    try:
        return _Entry(line, component)
    except ValueError as error:
        return ReadRow(line, None, str(error))


class _Entry:
    """One VEVENT with its times; raises ValueError, in Chinese, where they cannot be told."""

    def __init__(self, line: int, component: Any) -> None:
        self.line, self._component = line, component
        if "DTSTART" not in component:
            raise ValueError(texts.NO_START)
        self._start = _moment(component["DTSTART"])
        self._lasts = self._duration()
        self.uid = str(component.get("UID") or "").strip()
        self.recurrence = _stamp(_moment(component["RECURRENCE-ID"])) if "RECURRENCE-ID" in component else ""

    def rows(self, defaults: Defaults, cancelled: bool, moved: set[tuple[str, str]]) -> list[ReadRow]:
        """A row for each time of the event; times that another entry moves (`moved`) are left to it."""
        try:
            starts = [self._start] if self.recurrence else self._starts()
            return [
                ReadRow(self.line, completed(self._known(start, cancelled), self._uid(start, len(starts)), defaults))
                for start in starts
                if self.recurrence or not self.uid or (self.uid, _stamp(start)) not in moved
            ]
        except ValueError as error:
            return [ReadRow(self.line, None, str(error))]

    def _uid(self, start: date, times: int) -> str:
        """The source's UID; with it the time that it recurs at, which stays when that time is moved (RFC 5545, 3.8.4.4)."""
        if not self.uid:
            return ""
        recurs = self.recurrence or (_stamp(start) if times > 1 or "RRULE" in self._component else "")
        return f"{self.uid[:160]}/{recurs}" if recurs else self.uid[:180]

    def _known(self, start: date, cancelled: bool) -> dict[str, Any]:
        component = self._component
        all_day = not isinstance(start, datetime)
        ends = None if self._lasts is None else _plus(start, self._lasts)
        categories = component.get("CATEGORIES")
        return {
            "title": str(component.get("SUMMARY") or ""),
            "place": str(component.get("LOCATION") or ""),
            "description": _plain(str(component.get("DESCRIPTION") or "")),
            "organiser": _organiser(component.get("ORGANIZER")),
            "url": str(component.get("URL") or ""),
            "kind": _joined(categories),
            "status": CANCELLED if cancelled else str(component.get("STATUS") or ""),
            "starts_at": _aware(start),
            "ends_at": _aware(ends) if ends is not None else None,
            "all_day": all_day,
        }

    def _duration(self) -> timedelta | None:
        """How long it lasts; None where it is not said. A DATE without an end is one whole day (RFC 5545, 3.6.1)."""
        component, start = self._component, self._start
        if "DTEND" in component:
            lasts = _aware(_moment(component["DTEND"])) - _aware(start)
        elif "DURATION" in component:
            lasts = component["DURATION"].dt
        else:
            return None if isinstance(start, datetime) else timedelta(days=1)
        if lasts < timedelta():
            raise ValueError(texts.BACKWARDS.format(text=_stamp(start)))
        return lasts or (None if isinstance(start, datetime) else timedelta(days=1))

    def _starts(self) -> list[date]:
        """Every time that the event takes place, in order."""
        rule = self._component.get("RRULE")
        times = self._ruled(rule) if rule is not None else [self._start]
        times += [_moment(value) for value in _values(self._component.get("RDATE")) if not isinstance(value.dt, tuple)]
        left_out = {_stamp(_moment(value)) for value in _values(self._component.get("EXDATE"))}
        return sorted({_stamp(each): each for each in times if _stamp(each) not in left_out}.values(), key=_aware)

    def _ruled(self, rule: Any) -> list[date]:
        """The times of a rule, worked out on the wall clock of the event's zone, so that summer time does not shift them."""
        written = rule.to_ical().decode() if not isinstance(rule, list) else ""
        if not written or str(rule.get("FREQ", [""])[0]).upper() not in _FREQUENCIES:
            raise ValueError(texts.UNKNOWN_RULE.format(rule=written))
        if not rule.get("COUNT") and not rule.get("UNTIL"):
            raise ValueError(texts.ENDLESS_RULE.format(rule=written))
        zone = self._start.tzinfo if isinstance(self._start, datetime) else None
        first = self._start.replace(tzinfo=None) if isinstance(self._start, datetime) else datetime.combine(self._start, time())
        try:
            found = _bounded(rrulestr(_with_local_end(rule, zone), dtstart=first))
        except _TooOften as error:
            raise ValueError(texts.LONG_RULE.format(most=MOST_TIMES, rule=written)) from error
        except (ValueError, TypeError) as error:
            raise ValueError(texts.UNKNOWN_RULE.format(rule=written)) from error
        return [each.replace(tzinfo=zone) for each in found] if isinstance(self._start, datetime) else [each.date() for each in found]


class _TooOften(Exception):
    """A rule gives more times than are taken."""


def _bounded(rule: Any) -> list[datetime]:
    found = list(islice(rule, MOST_TIMES + 1))
    if len(found) > MOST_TIMES:
        raise _TooOften
    return found


def _with_local_end(rule: Any, zone: Any) -> str:
    """The rule with its UNTIL on the wall clock of the event, as the rest is worked out."""
    parts = [part for part in rule.to_ical().decode().split(";") if not part.upper().startswith("UNTIL=")]
    for until in rule.get("UNTIL", []):
        last = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
        if last.tzinfo is not None:
            last = last.astimezone(zone or CHINA).replace(tzinfo=None)
        parts.append(f"UNTIL={last:%Y%m%dT%H%M%S}")
    return ";".join(parts)


def _moment(value: Any) -> date:
    """A DATE, or an aware DATE-TIME: without a zone it is China's. Raises ValueError for a zone that nobody knows."""
    moment = value.dt
    if not isinstance(moment, date):
        raise ValueError(texts.BROKEN_ENTRY.format(reason=_brief(str(value.to_ical()))))
    if isinstance(moment, datetime) and moment.tzinfo is None:
        zone = str(value.params.get("TZID") or "")
        if zone:
            raise ValueError(texts.UNKNOWN_ZONE.format(zone=zone[:60]))
        return moment.replace(tzinfo=CHINA)
    return moment


def _aware(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), CHINA)


def _plus(start: date, lasts: timedelta) -> date:
    """The end, in elapsed time for a moment, in days for a day."""
    return (start.astimezone(UTC) + lasts).astimezone(start.tzinfo) if isinstance(start, datetime) else start + lasts


def _stamp(moment: date) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"


def _values(listed: Any) -> list[Any]:
    """The values of a property that may stand several times and hold several."""
    return [value for each in (listed if isinstance(listed, list) else [listed]) if each is not None for value in each.dts]


def _organiser(value: Any) -> str:
    """The organiser's name; an address alone is nobody's name."""
    return str(getattr(value, "params", {}).get("CN") or "") if value is not None else ""


def _joined(categories: Any) -> str:
    listed = categories if isinstance(categories, list) else [categories]
    return " ".join(each.to_ical().decode() for each in listed if each is not None)


def _plain(text: str) -> str:
    return LexborHTMLParser(text).text(separator=" ") if "<" in text and ">" in text else text


def _brief(reason: object) -> str:
    return " ".join(str(reason).split())[:80]

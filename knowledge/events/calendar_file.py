"""Events as an iCalendar file (RFC 5545), to download one and to subscribe to many. Times are UTC, whole days are DATEs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, timedelta

from icalendar import Calendar, vDuration, vText
from icalendar import Event as Entry

from core.clock import CHINA
from knowledge.events import texts
from knowledge.events.matching import days_of
from knowledge.events.models import CANCELLED, PLANNED, Event

PRODUCT = "-//zhiwen//events//ZH"
_REFRESH = timedelta(hours=12)
_STATUS = {PLANNED: "CONFIRMED", CANCELLED: "CANCELLED"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, which no text value may hold (RFC 5545, 3.1)."""


def calendar_of(events: Sequence[Event], what: str = "") -> bytes:
    """The events as one calendar, lines ended by CRLF and folded at 75 octets; `what` (a city, a kind) goes into its name."""
    calendar = Calendar()
    name = texts.CALENDAR_OF.format(what=_line(what)) if what else texts.CALENDAR_NAME
    for property_name, value in (
        ("version", "2.0"),
        ("prodid", PRODUCT),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", vText(name)),
    ):
        calendar.add(property_name, value)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    # How often to look again (RFC 7986, 5.7, and what Outlook reads instead).
    calendar.add("refresh-interval", vDuration(_REFRESH), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for event in events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def uid_of(event: Event) -> str:
    """The event's name for all time: it depends on nothing that a correction changes."""
    return f"event-{event.id}@zhiwen"


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", uid_of(event))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.updated_at.astimezone(UTC).replace(microsecond=0))
    entry.add("last-modified", event.updated_at.astimezone(UTC).replace(microsecond=0))
    entry.add("created", event.imported_at.astimezone(UTC).replace(microsecond=0))
    if event.all_day:
        first, last = days_of(event)
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
    else:
        entry.add("dtstart", event.starts_at.astimezone(UTC))
        if event.ends_at is not None:
            entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", _line(event.title))
    entry.add("status", _STATUS.get(event.status, "TENTATIVE"))
    entry.add("categories", [event.kind])
    for name, value in (
        ("location", " ".join(part for part in (event.city, event.district, event.place) if part)),
        ("description", _description(event)),
        ("url", event.url),
        ("x-zhiwen-city", event.city),
        ("x-zhiwen-audience", event.audience),
        ("x-zhiwen-organiser", event.organiser),
    ):
        if _text(value):
            # What the standard does not name would go out as it is: said to be text, it is escaped.
            entry.add(name, vText(_line(value)) if name.startswith("x-") else _text(value) if name == "description" else _line(value))
    return entry


def _description(event: Event) -> str:
    checked = event.checked_at.astimezone(CHINA).date()
    lines = [
        event.description,
        texts.AUDIENCE_LINE.format(audience=event.audience) if event.audience else "",
        texts.ORGANISER_LINE.format(organiser=event.organiser) if event.organiser else "",
        texts.SOURCE_LINE.format(source=event.source, checked=f"{checked.year}年{checked.month}月{checked.day}日"),
        texts.FOOTER,
    ]
    return "\n".join(line.strip() for line in lines if line.strip())


def _text(value: str) -> str:
    return _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(value: str) -> str:
    return " ".join(_text(value).split())

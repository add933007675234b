"""Calendars that are handed out: read back by the library they say the same; folded, escaped, stable."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core.clock import CHINA
from knowledge.events.calendar_file import calendar_of, uid_of
from knowledge.events.importing import read_events
from knowledge.events.models import Event
from knowledge.events.reading import Defaults

NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
_words = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


def event(**fields: object) -> Event:
    usual: dict[str, object] = {
        "id": 7,
        "source": "学校",
        "source_uid": "1",
        "key": "k",
        "checksum": "c",
        "title": "冬季双选会",
        "kind": "双选会",
        "city": "长沙",
        "district": "",
        "place": "体育馆",
        "online": False,
        "starts_at": datetime(2026, 12, 5, 9, tzinfo=CHINA),
        "ends_at": datetime(2026, 12, 5, 16, tzinfo=CHINA),
        "all_day": False,
        "audience": "",
        "organiser": "",
        "url": "",
        "description": "",
        "status": "planned",
        "sequence": 2,
        "checked_at": NOW,
        "imported_at": NOW,
        "updated_at": NOW,
    }
    return Event(**(usual | fields))


def entry(content: bytes) -> dict[str, object]:
    calendar = Calendar.from_ical(content)
    [found] = calendar.walk("VEVENT")
    assert not found.errors
    return {name: str(value) if name not in ("DTSTART", "DTEND", "LAST-MODIFIED") else value.dt for name, value in found.items()}  # type: ignore[union-attr]


def test_an_event_read_back_says_when_what_and_where() -> None:
    read = entry(calendar_of([event(place="麓山南路1号, 体育馆; 东门", description="第一行\n第二行")]))

    assert (read["UID"], read["SEQUENCE"], read["STATUS"]) == ("event-7@zhiwen", "2", "CONFIRMED")
    assert (read["DTSTART"], read["DTEND"]) == (datetime(2026, 12, 5, 1, tzinfo=UTC), datetime(2026, 12, 5, 8, tzinfo=UTC))
    assert read["LOCATION"] == "长沙 麓山南路1号, 体育馆; 东门"
    assert str(read["DESCRIPTION"]).startswith("第一行\n第二行\n")
    assert read["LAST-MODIFIED"] == NOW


def test_whole_days_are_dates_and_end_on_the_day_after() -> None:
    midnight = datetime(2026, 12, 5, tzinfo=CHINA)
    read = entry(calendar_of([event(starts_at=midnight, ends_at=midnight + timedelta(days=2), all_day=True)]))

    assert (read["DTSTART"], read["DTEND"]) == (date(2026, 12, 5), date(2026, 12, 7))


def test_what_is_called_off_is_cancelled_and_keeps_its_name() -> None:
    planned, off = event(), event(status="cancelled", title="冬季双选会（取消）", sequence=3)

    assert uid_of(planned) == uid_of(off)
    assert entry(calendar_of([off]))["STATUS"] == "CANCELLED"


@given(title=_words, place=_words, description=_words, audience=_words)
def test_any_words_are_folded_escaped_and_read_back(title: str, place: str, description: str, audience: str) -> None:
    content = calendar_of([event(title=title or "无题", place=place, description=description, audience=audience)])

    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.removeprefix(b" ").decode()  # no character is cut in two
    read = entry(content)
    said = "".join(character for character in (title or "无题") if character >= " " or character in "\t\n")
    assert "".join(str(read.get("SUMMARY", "")).split()) == "".join(said.replace("\x7f", "").split())


def test_our_own_calendar_can_be_imported_again() -> None:
    rows = read_events("a.ics", calendar_of([event(), event(id=8, title="宣讲会", ends_at=None)]), Defaults(), date(2026, 12, 1))

    assert [(row.fields.title, row.fields.city, row.fields.starts_at) for row in rows if row.fields] == [
        ("冬季双选会", "长沙", datetime(2026, 12, 5, 9, tzinfo=CHINA)),
        ("宣讲会", "长沙", datetime(2026, 12, 5, 9, tzinfo=CHINA)),
    ]

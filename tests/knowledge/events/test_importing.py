"""Tables and calendars become events: row by row, repeatable, corrections taken over, two sources of one event merged."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA
from knowledge.errors import DocumentRefused, EventsRefused
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.models import Event
from knowledge.events.reading import Defaults, ReadRow
from knowledge.events.storing import RowOutcome
from tests.desk.clocks import SetClock

TODAY = date(2026, 12, 1)
TABLE = """2026年冬季招聘活动安排表,,,,,
活动名称,类型,城市,地点,开始时间,结束时间,面向对象,主办单位,链接,状态
麓山大学2027届毕业生冬季双选会,双选会,长沙市,麓山大学体育馆,2026-12-05 09:00,2026-12-05 16:00,2027届毕业生,麓山大学,https://example.com/1,
星河科技空中宣讲会,,,线上（直播间）,2026年12月3日 19:00-20:30,,计算机类专业,星河科技有限公司,,
,双选会,长沙,某校,2026-12-06 09:00,,,,,
研究生专场招聘会,,武汉,东湖会展中心,2026年2月30日,,研究生,,,
医药卫生类专场招聘会,招聘会,长沙,湘雅楼,2026-12-08,,医学类,,,取消
"""


def read(text: str, name: str = "a.csv", **defaults: str) -> list[ReadRow]:
    return read_events(name, text.encode(), Defaults(**defaults), TODAY)


def calendar(*entries: str, head: str = "") -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//ZH", *head.splitlines(), *entries, "END:VCALENDAR", ""])


def vevent(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def starts(rows: list[ReadRow]) -> list[str]:
    return [f"{row.fields.starts_at.astimezone(CHINA):%m-%d %H:%M}" for row in rows if row.fields]


def results(outcomes: list[RowOutcome]) -> list[str]:
    return [outcome.result for outcome in outcomes]


# Tables


def test_a_table_is_read_below_its_title_and_bad_rows_say_where_and_why() -> None:
    rows = read(TABLE)

    assert [(row.line, bool(row.fields)) for row in rows] == [(3, True), (4, True), (5, False), (6, False), (7, True)]
    assert rows[2].reason == "没有写名称"
    assert rows[3].reason.startswith("没有这一天")
    first, second, last = (rows[index].fields for index in (0, 1, 4))
    assert first and second and last
    assert (first.kind, first.city, first.online, first.ends_at) == ("双选会", "长沙", False, datetime(2026, 12, 5, 16, tzinfo=CHINA))
    assert (second.kind, second.city, second.online) == ("空中宣讲", "", True)
    assert (last.status, last.all_day, last.audience) == ("cancelled", True, "医学类")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_a_table_does_not_matter(encoding: str) -> None:
    assert len(read_events("a.csv", TABLE.encode(encoding), Defaults(), TODAY)) == 5


def test_a_workbook_is_read_with_its_dates_as_cells() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ("名称", "日期", "时间", "城市"),
        ("冬季双选会", datetime(2026, 12, 5), "9:00-16:00", "长沙"),
        ("讲座", date(2026, 12, 6), None, "武汉"),
    ):
        sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)

    rows = read_events("a.xlsx", content.getvalue(), Defaults(), TODAY)

    assert starts(rows) == ["12-05 09:00", "12-06 00:00"]


def test_a_table_whose_quotation_never_closes_is_refused_with_the_line() -> None:
    with pytest.raises(DocumentRefused, match="第 2 行附近的引号没有配对"):
        read('活动名称,开始时间\n"冬季双选会,2026-12-05\n春季双选会,2026-12-06\n')


def test_a_table_without_name_or_time_is_refused_whole() -> None:
    with pytest.raises(EventsRefused, match="没有找到表头"):
        read("城市,地点\n长沙,体育馆\n")


# Calendars


def test_moments_in_zones_utc_and_days_are_told() -> None:
    rows = read(
        calendar(
            vevent("UID:1", "SUMMARY:甲", "DTSTART;TZID=Asia/Shanghai:20261205T090000", "DTEND;TZID=Asia/Shanghai:20261205T160000"),
            vevent("UID:2", "SUMMARY:乙", "DTSTART:20261205T010000Z", "DURATION:PT2H"),
            vevent("UID:3", "SUMMARY:丙", "DTSTART;VALUE=DATE:20261206", "DTEND;VALUE=DATE:20261208"),
            vevent("UID:4", "SUMMARY:丁", "DTSTART:20261207T090000"),
            vevent("UID:5", "SUMMARY:戊", "DTSTART;TZID=China Standard Time:20261208T090000"),
        ),
        "a.ics",
    )

    assert starts(rows) == ["12-05 09:00", "12-05 09:00", "12-06 00:00", "12-07 09:00", "12-08 09:00"]
    assert [row.fields.ends_at and f"{row.fields.ends_at.astimezone(CHINA):%d %H}" for row in rows if row.fields] == [
        "05 16",
        "05 11",
        "08 00",
        None,
        None,
    ]
    assert [row.fields.all_day for row in rows if row.fields] == [False, False, True, False, False]


def test_folded_lines_and_escapes_are_read_as_what_they_say() -> None:
    folded = "LOCATION:长沙市岳麓区麓山南路\\, 体育馆\\; 东\r\n 门"
    rows = read(calendar(vevent("UID:1", "SUMMARY:冬季\r\n 双选会", folded, "DTSTART:20261205T010000Z")), "a.ics")

    assert rows[0].fields is not None
    assert (rows[0].fields.title, rows[0].fields.place, rows[0].fields.city) == ("冬季双选会", "长沙市岳麓区麓山南路, 体育馆; 东门", "长沙")


def test_a_zone_described_in_the_file_is_used() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Campus\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE"
    rows = read(calendar(vevent("UID:1", "SUMMARY:甲", "DTSTART;TZID=Campus:20261205T100000"), head=zone), "a.ics")

    assert starts(rows) == ["12-05 09:00"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["12-05 09:00", "12-06 09:00", "12-07 09:00"]),
        ("FREQ=WEEKLY;UNTIL=20261219T010000Z", ["12-05 09:00", "12-12 09:00", "12-19 09:00"]),
        ("FREQ=WEEKLY;UNTIL=20261218", ["12-05 09:00", "12-12 09:00"]),
        ("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=3", ["12-05 09:00", "12-06 09:00", "12-12 09:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["12-05 09:00", "12-19 09:00"]),
    ],
)
def test_an_event_that_recurs_is_an_event_each_time(rule: str, expected: list[str]) -> None:
    rows = read(calendar(vevent("UID:1", "SUMMARY:甲", "DTSTART;TZID=Asia/Shanghai:20261205T090000", f"RRULE:{rule}")), "a.ics")

    assert starts(rows) == expected
    assert len({row.fields.uid for row in rows if row.fields}) == len(expected)


def test_times_left_out_and_moved_are_those_of_the_calendar() -> None:
    rows = read(
        calendar(
            vevent("UID:1", "SUMMARY:甲", "DTSTART:20261205T010000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261206T010000Z"),
            vevent("UID:1", "SUMMARY:甲改期", "DTSTART:20261207T060000Z", "RECURRENCE-ID:20261207T010000Z"),
        ),
        "a.ics",
    )

    assert starts(rows) == ["12-05 09:00", "12-08 09:00", "12-07 14:00"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:20261205T010000Z", "RRULE:FREQ=WEEKLY"), "没有写到什么时候为止"),
        (("DTSTART:20261205T010000Z", "RRULE:FREQ=SECONDLY;COUNT=3"), "不支持的重复规则"),
        (("DTSTART:20261205T010000Z", "RRULE:FREQ=DAILY;COUNT=9999"), "重复超过 366 次"),
        (("DTSTART;TZID=Nowhere/City:20261205T010000",), "不认识的时区"),
        (("DTSTART:2026125T01",), "日历条目读不出来"),
        (("DTSTART:20261205T010000Z", "DTEND:20261205T000000Z"), "结束早于开始"),
        ((), "没有开始时间"),
    ],
)
def test_an_entry_that_cannot_be_taken_refuses_itself_alone(lines: tuple[str, ...], reason: str) -> None:
    good = vevent("UID:2", "SUMMARY:好", "DTSTART:20261206T010000Z")
    rows = read(calendar(vevent("UID:1", "SUMMARY:甲", *lines), good), "a.ics")

    assert [bool(row.fields) for row in rows] == [False, True]
    assert reason in rows[0].reason
    assert rows[0].line == 4


def test_what_is_called_off_is_known_as_such() -> None:
    entry = vevent("UID:1", "SUMMARY:甲", "DTSTART:20261205T010000Z", "STATUS:CANCELLED")
    whole = calendar(vevent("UID:2", "SUMMARY:乙", "DTSTART:20261205T010000Z"), head="METHOD:CANCEL")

    assert [row.fields.status for row in read(calendar(entry), "a.ics") + read(whole, "b.ics") if row.fields] == ["cancelled", "cancelled"]


@given(st.text(max_size=200))
def test_any_text_inside_a_calendar_is_taken_or_refused(words: str) -> None:
    try:
        rows = read(calendar(vevent("UID:1", "DTSTART:20261205T010000Z", words)), "a.ics")
    except (EventsRefused, DocumentRefused):
        return
    assert all(row.fields or row.reason for row in rows)


# The store


def test_the_same_file_again_changes_nothing(sessions: sessionmaker[Session], clock: SetClock) -> None:
    importer = EventImporter(sessions, clock)

    assert results(importer.take("学校", read(TABLE))) == ["new", "new", "refused", "refused", "new"]
    assert results(importer.take("学校", read(TABLE))) == ["unchanged", "unchanged", "refused", "refused", "unchanged"]
    with sessions() as session:
        assert len(session.scalars(select(Event)).all()) == 3


def test_a_correction_is_taken_over_and_raises_the_sequence(sessions: sessionmaker[Session], clock: SetClock) -> None:
    importer = EventImporter(sessions, clock)
    importer.take("学校", read(TABLE))
    clock.advance(hours=1)

    outcomes = importer.take("学校", read(TABLE.replace("2026-12-05 09:00", "2026-12-05 08:30")))

    assert results(outcomes)[0] == "updated"
    with sessions() as session:
        event = session.scalars(select(Event).where(Event.kind == "双选会")).one()
    assert (event.sequence, event.starts_at, event.updated_at) == (1, datetime(2026, 12, 5, 8, 30, tzinfo=CHINA), clock.now())


def test_the_same_event_from_two_sources_is_one_with_what_both_know(sessions: sessionmaker[Session], clock: SetClock) -> None:
    importer = EventImporter(sessions, clock)
    importer.take("学校", read("名称,城市,开始时间\n冬季 双选会,长沙,2026-12-05\n"))

    other = read("名称,城市,地点,开始时间\n冬季双选会,长沙市,体育馆,2026-12-05 09:00\n冬季双选会,武汉,体育馆,2026-12-05 09:00\n")

    assert results(importer.take("人社", other)) == ["merged", "new"]
    assert results(importer.take("人社", other)) == ["merged", "unchanged"]
    with sessions() as session:
        event = session.scalars(select(Event).where(Event.city == "长沙")).one()
    assert (event.place, event.all_day, event.sequence) == ("体育馆", False, 1)


def test_two_sessions_of_one_day_stay_two(sessions: sessionmaker[Session], clock: SetClock) -> None:
    rows = read("名称,城市,开始时间\n宣讲会,长沙,2026-12-05 09:00\n宣讲会,长沙,2026-12-05 14:00\n")
    importer = EventImporter(sessions, clock)

    assert results(importer.take("学校", rows)) == ["new", "new"]
    assert results(importer.take("学校", rows)) == ["unchanged", "unchanged"]

"""Promises in working hours: weekends, holidays, 调休, the lunch break, and years not announced yet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import CHINA
from desk.models import Priority
from desk.working_hours import (
    URGENT_WITHIN,
    WORKING_DAY,
    add_working_time,
    is_working_day,
    is_working_moment,
    promise_due,
    shifts_between,
)

MINUTE = timedelta(minutes=1)


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("priority", "asked", "due"),
    [
        pytest.param(Priority.HIGH, "2026-12-01 09:00", "2026-12-01 15:00", id="across lunch"),
        pytest.param(Priority.HIGH, "2026-12-01 12:30", "2026-12-02 09:30", id="asked at lunch, ends next morning"),
        pytest.param(Priority.HIGH, "2026-12-04 16:30", "2026-12-07 12:00", id="across the weekend, to the minute"),
        pytest.param(Priority.NORMAL, "2026-12-01 10:00", "2026-12-02 10:00", id="one working day"),
        pytest.param(Priority.NORMAL, "2026-12-05 20:00", "2026-12-07 17:30", id="asked on a Saturday night"),
        pytest.param(Priority.NORMAL, "2026-12-01 17:30", "2026-12-02 17:30", id="asked as the office closes"),
        pytest.param(Priority.NORMAL, "2026-12-01 08:59", "2026-12-01 17:30", id="asked before it opens"),
        pytest.param(Priority.NORMAL, "2026-09-30 10:00", "2026-10-08 10:00", id="over the National Day holiday"),
        pytest.param(Priority.NORMAL, "2026-02-13 17:00", "2026-02-14 17:00", id="a Saturday worked for the holiday"),
        pytest.param(Priority.NORMAL, "2026-02-14 17:00", "2026-02-24 17:00", id="over the Spring Festival"),
        pytest.param(Priority.NORMAL, "2026-12-31 10:00", "2027-01-04 10:00", id="into a year not announced yet"),
        pytest.param(Priority.URGENT, "2026-12-06 03:00", "2026-12-06 03:15", id="danger at night on a Sunday"),
    ],
)
def test_a_promise_counts_working_time_only(priority: Priority, asked: str, due: str) -> None:
    assert promise_due(priority, china(asked)) == china(due)


def test_a_promise_never_names_a_minute_before_it_ends() -> None:
    asked = china("2026-12-01 10:00") + timedelta(seconds=1)

    assert promise_due(Priority.NORMAL, asked) == china("2026-12-02 10:01")


def test_the_zone_of_the_question_does_not_matter() -> None:
    asked = china("2026-12-01 10:00")

    assert promise_due(Priority.HIGH, asked.astimezone(UTC)) == promise_due(Priority.HIGH, asked)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-10-01", False),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2027-01-01", False),
        ("2027-03-05", True),
        ("2027-03-06", False),
        ("2031-10-02", False),
    ],
)
def test_working_days_follow_the_public_calendar_or_else_weekdays_and_fixed_holidays(day: str, worked: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is worked


def moments(first: date = date(2025, 1, 1), last: date = date(2027, 12, 31)) -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime.combine(first, time()), datetime.combine(last, time()), timezones=st.just(CHINA))


def minutes_worked(start: datetime, end: datetime) -> int:
    """A count by hand, minute by minute, of the time that people worked."""
    count, at = 0, start
    while at < end:
        count += is_working_moment(at)
        at += MINUTE
    return count


@settings(deadline=None, max_examples=40)
@given(start=moments().map(lambda moment: moment.replace(second=0, microsecond=0)), minutes=st.integers(1, 180))
def test_exactly_the_promised_working_time_passes(start: datetime, minutes: int) -> None:
    due = add_working_time(start, minutes * MINUTE)

    assert minutes_worked(start, due) == minutes
    assert is_working_moment(due - MINUTE)


@settings(deadline=None)
@given(asked=moments(), later=st.timedeltas(timedelta(0), timedelta(days=12)))
def test_who_asks_later_is_never_promised_earlier(asked: datetime, later: timedelta) -> None:
    for priority in Priority:
        assert promise_due(priority, asked) <= promise_due(priority, asked + later)


@settings(deadline=None)
@given(asked=moments())
def test_the_more_urgent_is_never_promised_later(asked: datetime) -> None:
    urgent, high, normal = (promise_due(priority, asked) for priority in Priority)

    assert asked + URGENT_WITHIN <= urgent < asked + URGENT_WITHIN + MINUTE
    assert urgent <= high <= normal


@settings(deadline=None)
@given(asked=moments())
def test_work_promised_for_tomorrow_ends_in_working_hours(asked: datetime) -> None:
    due = promise_due(Priority.NORMAL, asked)

    assert is_working_moment(due - MINUTE)
    assert due.second == due.microsecond == 0
    assert due - asked >= WORKING_DAY


def test_the_shifts_of_a_stretch_leave_out_lunch_weekend_and_what_is_before_it() -> None:
    shifts = shifts_between(china("2026-12-04 10:30"), china("2026-12-07 14:00"))

    assert shifts == [
        (china("2026-12-04 10:30"), china("2026-12-04 12:00")),
        (china("2026-12-04 14:00"), china("2026-12-04 17:30")),
        (china("2026-12-07 09:00"), china("2026-12-07 12:00")),
    ]

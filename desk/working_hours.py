"""When a person will have looked: promises counted in working hours, Beijing time.

Monday to Friday 9:00-12:00 and 14:00-17:30, by China's public calendar: on public holidays nobody works, on the weekend
days that make up for them (调休) people do. The calendar is announced a year at a time; for a year that the
`chinesecalendar` package does not know yet, Monday to Friday count as working days, except the days that the
regulation on public holidays (国务院令第795号) fixes by the solar calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile

import chinese_calendar

from core.clock import CHINA
from desk.models import Priority

URGENT_WITHIN = timedelta(minutes=15)
"""Round the clock: danger does not wait for the office to open."""

_SHIFTS = ((time(9, 0), time(12, 0)), (time(14, 0), time(17, 30)))
WORKING_DAY = timedelta(hours=6, minutes=30)
_WORKING_TIME = {Priority.HIGH: timedelta(hours=4), Priority.NORMAL: WORKING_DAY}

_FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
_SATURDAY = 5

_is_workday: Callable[[date], bool] = chinese_calendar.is_workday


def promise_due(priority: Priority, asked_at: datetime) -> datetime:
    """The moment, on a whole minute, by which a person will have looked at a request asked at `asked_at` (aware)."""
    start = _whole_minute(asked_at.astimezone(CHINA))
    if priority is Priority.URGENT:
        return start + URGENT_WITHIN
    return add_working_time(start, _WORKING_TIME[priority])


def add_working_time(start: datetime, span: timedelta) -> datetime:
    """The moment at which `span` of working time has passed since `start` (aware)."""
    left = span
    for opening, closing in _shifts_from(start.astimezone(CHINA)):
        if opening + left <= closing:
            return opening + left
        left -= closing - opening
    raise AssertionError("the calendar never ends")


def working_time_between(start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments (aware); none where `end` is before `start`."""
    passed = timedelta()
    for opening, closing in _shifts_from(start.astimezone(CHINA)):
        if opening >= end:
            return passed
        passed += min(closing, end) - opening
    raise AssertionError("the calendar never ends")


def next_working_moment(moment: datetime) -> datetime:
    """When people are next at their desks: `moment` (aware) itself where they are."""
    opening, _ = next(_shifts_from(moment.astimezone(CHINA)))
    return opening


def is_working_moment(moment: datetime) -> bool:
    """Whether people are at their desks at `moment` (aware)."""
    local = moment.astimezone(CHINA)
    at = local.timetz().replace(tzinfo=None)
    return is_working_day(local.date()) and any(opening <= at < closing for opening, closing in _SHIFTS)


def is_working_day(day: date) -> bool:
    """Whether `day` is worked in China; in years not announced yet by weekday and fixed holidays alone."""
    try:
        return _is_workday(day)
    except NotImplementedError:
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED_HOLIDAYS


def shifts_between(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Every stretch of working time that begins between two moments (aware), as its opening and closing."""
    return list(takewhile(lambda shift: shift[0] < end, _shifts_from(start.astimezone(CHINA))))


def _shifts_from(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch of working time after `start`, the first one cut to what is left of it."""
    day = start.date()
    while True:
        if is_working_day(day):
            for opens, closes in _SHIFTS:
                opening = max(start, datetime.combine(day, opens, CHINA))
                closing = datetime.combine(day, closes, CHINA)
                if opening < closing:
                    yield opening, closing
        day += timedelta(days=1)


def _whole_minute(moment: datetime) -> datetime:
    """`moment` rounded up, so that the minute that is named in a promise is never before the promise itself."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=1)

"""When an event is, as tables write it: 2026年12月5日（周六）9:00-17:00, 2026/12/5 下午2点, 2026-12-05至06, a cell with a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import CHINA
from core.text.folding import fold
from knowledge.events import texts

_YEARS = 5
"""How far from today a year may lie before it is taken for a slip."""
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
_SERIAL_ZERO = datetime(1899, 12, 30)
"""Day 0 of the serial dates of spreadsheets (ECMA-376, 18.17.4.1)."""

_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[年/.\-]\s*(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})|(?<!\d)(?P<short_month>\d{1,2})\s*月\s*(?P<short_day>\d{1,2}))(?!\d)"
)
_DAY_AFTER = re.compile(
    r"\s*[日号]?\s*(?:[（(]?(?:周|星期|礼拜)[一二三四五六日天][）)]?)?\s*(?:至|到|-|—+|~|－|–)\s*"
    r"(?:(?P<month>\d{1,2})[/.\-])?(?P<day>\d{1,2})(?:\s*[日号]|(?!\s*[\d:：点时月年/.\-]))"
)
"""What follows a day when a second one, of the same month unless it says another, ends the span."""
_TIME = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|晚上|晚)?\s*(?P<hour>\d{1,2})\s*(?:[:：]\s*(?P<minute>\d{2})(?::\d{2})?|[点时](?:\s*(?P<spoken>\d{1,2})分?|(?P<half>半))?)"
)
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")
_RECURS = re.compile("每(?:周|天|日|月|个)")
_AFTERNOON = ("下午", "晚上", "晚")


class BadMoment(ValueError):
    """A time that cannot be understood; the message says why, in Chinese."""


@dataclass(frozen=True)
class Moments:
    """When an event starts and ends (aware); `ends_at` is None where it is not said."""

    starts_at: datetime
    ends_at: datetime | None
    all_day: bool


def moments(start: str, end: str, today: date) -> Moments:
    """The moments of a start and, where a column of its own says it, an end; `today` settles a weekday without a year. Raises BadMoment."""
    if not start.strip():
        raise BadMoment(texts.NO_TIME)
    if _RECURS.search(fold(start)):
        raise BadMoment(texts.RECURS.format(text=start.strip()))
    first = _read(start, today)
    last = _read(end, today, first.days[0]) if end.strip() else None
    return _joined(first, last, start)


@dataclass(frozen=True)
class _Read:
    days: tuple[date, ...]
    times: tuple[time, ...]
    next_day: bool = False
    """The last time is 24:00."""


def _joined(first: _Read, last: _Read | None, text: str) -> Moments:
    days, times = first.days, first.times
    end_days, end_times = (last.days, last.times) if last else (days, times[1:])
    if not times and not end_times:
        end = end_days[-1] + timedelta(days=1)
        return _ordered(_at(days[0], time()), _at(end, time()), True, text)
    starts_at = _at(days[0], times[0] if times else time())
    if not end_times:
        # A span of days with one hour: the hour is that of the beginning, the last day counts whole.
        ends = None if end_days[-1] == days[0] else _at(end_days[-1] + timedelta(days=1), time())
        return _ordered(starts_at, ends, False, text)
    spill = (last or first).next_day
    return _ordered(starts_at, _at(end_days[-1], end_times[-1]) + timedelta(days=spill), False, text)


def _ordered(starts_at: datetime, ends_at: datetime | None, all_day: bool, text: str) -> Moments:
    if ends_at is not None and ends_at <= starts_at:
        raise BadMoment(texts.BACKWARDS.format(text=text.strip()))
    return Moments(starts_at, ends_at, all_day)


def _read(text: str, today: date, known: date | None = None) -> _Read:
    """The days and hours that a text names; `known` is the day of an hour without one."""
    exact = _exact(text.strip())
    if exact is not None:
        return exact
    days, rest = _days(fold(text), today)
    times, next_day = _times(rest)
    if not days and known is not None and times:
        days = [known]
    if not days:
        raise BadMoment(texts.NOT_A_TIME.format(text=text.strip()))
    return _Read(tuple(days), tuple(times), next_day)


def _exact(text: str) -> _Read | None:
    """A cell's own value: an ISO moment, or a spreadsheet's serial day."""
    if _SERIAL.fullmatch(text):
        moment = _SERIAL_ZERO + timedelta(days=float(text))
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
    else:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        if moment.tzinfo is not None:
            moment = moment.astimezone(CHINA).replace(tzinfo=None)
            return _Read((moment.date(),), (moment.time(),))
    return _Read((moment.date(),), (moment.time(),) if moment.time() != time() else ())


def _days(text: str, today: date) -> tuple[list[date], str]:
    """The days of a text in order, and the text without them."""
    days: list[date] = []
    kept, position = [], 0
    while match := _DATE.search(text, position):
        kept.append(text[position : match.start()])
        days.append(_day(match, text, today, days[-1] if days else None))
        position = match.end()
        after = _DAY_AFTER.match(text, position)
        if after:
            days.append(_made(days[-1].year, int(after["month"] or days[-1].month), int(after["day"]), text))
            position = after.end()
    return days, "".join([*kept, " ", text[position:]])


def _day(match: re.Match[str], text: str, today: date, before: date | None) -> date:
    month, day = int(match["month"] or match["short_month"]), int(match["day"] or match["short_day"])
    if match["year"]:
        year = int(match["year"])
        if abs(year - today.year) > _YEARS:
            raise BadMoment(texts.FAR_YEAR.format(text=text))
        return _made(year, month, day, text)
    if before is not None:
        found = _made(before.year, month, day, text)
        return found if found >= before else _made(before.year + 1, month, day, text)
    return _by_weekday(month, day, text, today)


def _by_weekday(month: int, day: int, text: str, today: date) -> date:
    """A day without a year is settled by its weekday alone: a year is never guessed."""
    named = _WEEKDAY.search(text)
    if named is None:
        raise BadMoment(texts.NO_YEAR.format(text=text))
    weekday = "一二三四五六日天".index(named[1]) % 7 if named[1] != "天" else 6
    fitting = [
        found for year in (today.year - 1, today.year, today.year + 1) if (found := _possible(year, month, day)) and found.weekday() == weekday
    ]
    if not fitting:
        raise BadMoment(texts.NO_YEAR.format(text=text))
    return min(fitting, key=lambda found: abs(found - today))


def _made(year: int, month: int, day: int, text: str) -> date:
    found = _possible(year, month, day)
    if found is None:
        raise BadMoment(texts.IMPOSSIBLE_DAY.format(text=text))
    return found


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _times(text: str) -> tuple[list[time], bool]:
    """The hours of a text; a second one in the same half of the day need not say which half."""
    found: list[time] = []
    part, next_day = "", False
    for match in _TIME.finditer(text):
        part = match["part"] or part
        hour = int(match["hour"])
        minute = int(match["minute"] or match["spoken"] or (30 if match["half"] else 0))
        if (part in _AFTERNOON and hour < 12) or (part == "中午" and hour < 3):
            hour += 12
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            raise BadMoment(texts.IMPOSSIBLE_HOUR.format(text=match.group()))
        next_day = hour == 24
        found.append(time(hour % 24, minute))
    return found, next_day


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, CHINA)

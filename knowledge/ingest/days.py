"""Days as policy texts write them: 2024年1月1日, 二〇二四年一月一日, 2024-01-01, and spans of two of them, the second often cut short."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from core.text.numerals import whole_number

_Y, _N = r"(?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3}", r"\d{1,2}|[一二三四五六七八九十]{1,3}"
DAY = rf"(?:{_Y})年(?:{_N})月(?:(?:{_N})日|[底末])|(?:{_Y})年[底末]|(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}}日?"
"""A full day, without groups; 12月底 and 年底 mean the last day. For folded text without blanks."""
_SHORT = rf"(?:(?:{_N})月)?(?:{_N})日|(?:{_N})月[底末]|[同次当]年(?:{_N})月(?:{_N})日|年[底末]"
SPAN = rf"(?:{DAY})(?:起)?(?:至|到|-|—+|~|－|–)(?:{DAY}|{_SHORT})"
"""A day to a day, without groups; what the second leaves out is that of the first."""

_PARTS = re.compile(rf"(?:(?P<year>{_Y})年|(?P<relative>[同次当])年)?(?:(?P<month>{_N})月)?(?:(?P<day>{_N})日|(?P<end>[底末]))?")
_ISO = re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})日?")
_HALVES = re.compile(rf"(?P<first>{DAY})(?:起)?(?:至|到|-|—+|~|－|–)(?P<second>{DAY}|{_SHORT})")


def day_of(text: str, before: date | None = None) -> date | None:
    """The day that a text which matches `DAY` means; `before` completes a cut one (…至6月30日). None for an impossible day."""
    iso = _ISO.fullmatch(text)
    match = iso or _PARTS.fullmatch(text.replace("年底", "年12月底").replace("年末", "年12月末"))
    if match is None:
        return None
    parts = match.groupdict()
    year = whole_number(parts["year"]) if parts["year"] else before.year + (parts.get("relative") == "次") if before else None
    month = whole_number(parts["month"]) if parts["month"] else before.month if before else None
    if year is None or month is None or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = whole_number(parts["day"]) if parts["day"] else last
    return date(year, month, day) if 1 <= day <= last else None


def days_in(text: str) -> Iterator[date]:
    """The full days that a folded text without blanks names, in order."""
    for match in re.finditer(DAY, text):
        day = day_of(match.group())
        if day:
            yield day


def span_of(text: str) -> tuple[date, date] | None:
    """First and last day of a text that matches `SPAN`; None when either is impossible or they run backwards."""
    match = _HALVES.fullmatch(text)
    first = day_of(match["first"]) if match else None
    second = (
        day_of(match["second"].replace("年底", f"{first.year}年12月底") if match["second"] == "年底" else match["second"], first)
        if match and first
        else None
    )
    return (first, second) if first and second and first <= second else None


def months_later(day: date, months: int) -> date:
    """The day so many months later, or the last of its month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

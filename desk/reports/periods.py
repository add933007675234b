"""Stretches of whole days in China: 日报, 周报, 月报, 季度通报, 年报."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import CHINA


class Kind(StrEnum):
    """How long a report reaches; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both within it."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """Midnight in China at which it begins (aware)."""
        return datetime.combine(self.first, time(), CHINA)

    @property
    def ends(self) -> datetime:
        """Midnight in China at which it is over (aware): the first moment that is not in it."""
        return datetime.combine(self.last + timedelta(days=1), time(), CHINA)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def weeks(self) -> Iterator[date]:
        """The Mondays of the weeks that it touches."""
        monday = week_of(self.first)
        while monday <= self.last:
            yield monday
            monday += timedelta(days=7)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def day_in_china(moment: datetime) -> date:
    """The day that it is in China at a moment (aware)."""
    return moment.astimezone(CHINA).date()


def period_of(kind: Kind, day: date) -> Period:
    """The period of a kind that a day lies in.

    >>> period_of(Kind.QUARTER, date(2026, 12, 1))
    Period(first=datetime.date(2026, 10, 1), last=datetime.date(2026, 12, 31))
    """
    if kind is Kind.DAY:
        return Period(day, day)
    if kind is Kind.WEEK:
        return Period(week_of(day), week_of(day) + timedelta(days=6))
    months = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first.month + months
    return Period(first, date(first.year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1))

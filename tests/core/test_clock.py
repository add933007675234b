"""The clock: real, or standing on a given day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from core.clock import CHINA, Clock


def test_the_real_clock_gives_the_present_moment_in_utc() -> None:
    before = datetime.now(UTC)
    now = Clock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_today_is_the_day_in_china() -> None:
    clock = Clock()
    assert clock.today() in {datetime.now(CHINA).date(), datetime.now(CHINA).date() - timedelta(days=1)}


def test_a_fixed_day_stands_in_for_the_date_at_any_hour() -> None:
    clock = Clock(date(2026, 12, 1))
    assert clock.today() == date(2026, 12, 1)
    assert clock.now().astimezone(CHINA).date() == date(2026, 12, 1)


def test_on_a_fixed_day_time_goes_on_within_the_day() -> None:
    moment = Clock(date(2026, 12, 1)).now()
    assert moment.utcoffset() == timedelta(0)
    assert moment.astimezone(CHINA).tzinfo is CHINA

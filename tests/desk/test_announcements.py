"""Announcements: from a day until a day, ended at once, refused without words or days."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session, sessionmaker

from desk.announcements import Announcements
from desk.errors import AnnouncementRefused
from tests.desk.clocks import SetClock


@pytest.fixture
def announcements(sessions: sessionmaker[Session], clock: SetClock) -> Announcements:
    return Announcements(sessions, clock)


def texts(announcements: Announcements) -> list[str]:
    return [row.text for row in announcements.in_force()]


def test_it_is_in_force_from_its_first_to_its_last_day(announcements: Announcements, clock: SetClock) -> None:
    announcements.add("体检收费的都是骗局", "alert", begins=date(2026, 12, 2), until=date(2026, 12, 3), by="王老师")

    in_force = []
    for _ in range(4):
        in_force.append(texts(announcements) != [])
        clock.advance(days=1)

    assert in_force == [False, True, True, False]


def test_alerts_come_first_and_the_newest_before_the_older(announcements: Announcements) -> None:
    for text, kind in (("甲", "announcement"), ("乙", "alert"), ("丙", "alert")):
        announcements.add(text, kind, until=date(2026, 12, 3), by="王老师")  # type: ignore[arg-type]

    assert texts(announcements) == ["丙", "乙", "甲"]
    assert [row.text for row in announcements.in_force("announcement")] == ["甲"]


def test_it_can_be_ended_before_its_day(announcements: Announcements) -> None:
    row = announcements.add("甲", "alert", until=date(2026, 12, 3), by="王老师")

    ended = announcements.end(row.id, "李老师")

    assert ended is not None and ended.ended_by == "李老师"
    assert texts(announcements) == []
    assert announcements.end(99, "李老师") is None


@pytest.mark.parametrize(
    ("text", "until"), [("", date(2026, 12, 3)), ("  ", date(2026, 12, 3)), ("字" * 501, date(2026, 12, 3)), ("甲", date(2026, 11, 30))]
)
def test_without_words_or_days_it_is_refused(announcements: Announcements, text: str, until: date) -> None:
    with pytest.raises(AnnouncementRefused):
        announcements.add(text, "alert", until=until, by="王老师")

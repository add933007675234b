"""The calendar over HTTP: one event to download, a city's to subscribe to, without a token, with limits."""

from __future__ import annotations

from datetime import date

import httpx
import pytest
from icalendar import Calendar

from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.reading import Defaults

TABLE = (
    "活动名称,类型,城市,开始时间\n冬季双选会,双选会,长沙,2026-12-05 09:00\n宣讲会,宣讲会,长沙,2026-12-06 09:00\n双选会,双选会,武汉,2026-12-07 09:00\n"
)
UNSEEN = "活动名称,类型,城市,开始时间,说明\n人才交流会,招聘会,长沙,2026-12-08 09:00,入场费每人50元\n"
"""Waits for a person: none of it goes out."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    engine = create_database_engine(settings.database_url)
    for table in (TABLE, UNSEEN):
        rows = read_events("a.csv", table.encode(), Defaults(), date(2026, 12, 1))
        EventImporter(session_factory(engine), Clock(date(2026, 12, 1))).take("学校", rows)
    engine.dispose()
    return settings.model_copy(update={"today": date(2026, 12, 1)})


def titles(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    return [str(entry["SUMMARY"]) for entry in Calendar.from_ical(response.content).walk("VEVENT")]


def test_a_calendar_is_subscribed_to_by_city_and_kind(base: str, client: httpx.Client) -> None:
    def get(**query: str) -> list[str]:
        return titles(client.get(f"{base}/api/events.ics", params=query))

    assert get() == ["冬季双选会", "宣讲会", "双选会"]
    assert get(city="长沙") == get(city="长沙市") == ["冬季双选会", "宣讲会"]
    assert get(city="长沙", kind="双选会") == ["冬季双选会"]
    assert get(city="北京") == []


def test_one_event_is_downloaded_as_a_file(base: str, client: httpx.Client) -> None:
    response = client.get(f"{base}/api/events/1.ics")

    assert titles(response) == ["冬季双选会"]
    assert response.headers["content-disposition"] == 'attachment; filename="event-1.ics"'


@pytest.mark.parametrize(
    ("path", "status"), [("events/99.ics", 404), ("events/4.ics", 404), ("events/0.ics", 422), ("events/x.ics", 422), ("events.ics?kind=聚餐", 422)]
)
def test_what_is_not_there_is_said_in_chinese(base: str, client: httpx.Client, path: str, status: int) -> None:
    response = client.get(f"{base}/api/{path}")

    assert response.status_code == status
    assert any("\u4e00" <= character <= "\u9fff" for character in response.json()["detail"])

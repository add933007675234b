"""The review of job fairs at the desk: who may, what is on record, what graduates get."""

from __future__ import annotations

from datetime import date

import pytest

from core.clock import Clock
from desk.staff.models import Role
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.reading import Defaults
from knowledge.events.service import Events
from tests.desk.people import COLLEGE, Caller, Desk

TABLE = "名称,城市,地点,开始时间,说明\n冬季双选会,长沙,体育馆,2026-12-05 09:00,\n人才交流招聘会,长沙,会展中心,2026-12-06 09:00,入场费每人50元\n"


@pytest.fixture
def reviewer(desk: Desk) -> Caller:
    """A reviewer, and two fairs of a source that nobody trusts."""
    rows = read_events("a.csv", TABLE.encode(), Defaults(), date(2026, 12, 1))
    EventImporter(desk.services.sessions, Clock(date(2026, 12, 1))).take("某公众号", rows, trusted=False)
    return desk.signed_in("审核人", Role.REVIEWER)


def seen(desk: Desk) -> list[str]:
    return [event.title for event in Events(desk.services.sessions, desk.services.clock).calendar()]


def test_a_fair_is_read_with_its_reasons_and_published_with_its_decision_on_record(desk: Desk, reviewer: Caller) -> None:
    found = reviewer.get("/fairs/queue").json()
    assert [(row["title"], row["standing"]) for row in found["items"]] == [("冬季双选会", "waiting"), ("人才交流招聘会", "waiting")]
    number = found["items"][1]["id"]
    shown = reviewer.get(f"/fairs/{number}").json()
    assert shown["issues"] == ["像是要参加的人交钱：“入场费每人50元”"]
    assert {field["name"]: field["value"] for field in shown["fields"]}["place"] == "会展中心"
    assert seen(desk) == []

    made = reviewer.post(f"/fairs/{number}/decision", json={"standing": "published", "sequence": shown["sequence"]}).json()

    assert (made["by"], made["standing"]) == ("审核人", "published")
    assert seen(desk) == ["人才交流招聘会"]
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)
    assert [row["subject"] for row in supervisor.get("/audit", params={"action": "fair.published"}).json()["items"]] == [f"event:{number}"]


def test_a_fair_is_not_hidden_without_a_reason_nor_by_whoever_only_reads(desk: Desk, reviewer: Caller) -> None:
    number = reviewer.get("/fairs/queue").json()["items"][0]["id"]

    assert reviewer.post(f"/fairs/{number}/decision", json={"standing": "rejected"}).status_code == 422
    assert reviewer.post("/fairs/987654/decision", json={"standing": "published"}).status_code == 422
    assert reviewer.post(f"/fairs/{number}/decision", json={"standing": "published", "sequence": 7}).status_code == 422
    counsellor = desk.signed_in("辅导员", Role.COUNSELLOR, COLLEGE)
    assert counsellor.get("/fairs/queue").json()["total"] == 2
    assert counsellor.post(f"/fairs/{number}/decision", json={"standing": "published"}).status_code == 403
    assert seen(desk) == []


def test_the_queue_is_searched_and_turned_and_the_clean_pass_together(desk: Desk, reviewer: Caller) -> None:
    assert [row["title"] for row in reviewer.get("/fairs/queue", params={"words": "交流"}).json()["items"]] == ["人才交流招聘会"]
    page = reviewer.get("/fairs/queue", params={"page": 2, "page_size": 1}).json()
    assert (page["total"], [row["title"] for row in page["items"]]) == (2, ["人才交流招聘会"])
    everything = [row["id"] for row in reviewer.get("/fairs/queue").json()["items"]]

    passed = reviewer.post("/fairs/pass", json={"ids": everything}).json()

    assert (len(passed["passed"]), len(passed["left"])) == (1, 1)
    assert seen(desk) == ["冬季双选会"]

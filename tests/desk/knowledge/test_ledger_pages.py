"""The ledger's page: one employer's file, counts against the targets, tables out and in again; clean postings passed together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.made_postings import postings
from desk.staff.models import Role
from knowledge.postings.models import Posting
from tests.desk.people import COLLEGE, Caller, Desk

NAME = "示例（星湖）科技有限公司"
FINDING = {"kind": "gender", "phrase": "限男生", "field": "description", "certain": False, "reason": "限制性别", "laws": []}


@pytest.fixture
def counsellor(desk: Desk) -> Caller:
    caller = desk.signed_in("辅导员", Role.COUNSELLOR, COLLEGE)
    caller.post("/employers", json={"name": NAME, "city": "长沙"})
    caller.post("/employers/visits", json={"employer": NAME, "visited_on": "2026-11-20", "visitor": "校长", "level": "principal", "posts_gained": 4})
    caller.post("/employers/visits", json={"employer": NAME, "visited_on": "2026-11-25", "visitor": "王老师", "level": "college", "note": "谈实习"})
    caller.post("/employers/needs", json={"employer": NAME, "post": "软件工程师", "headcount": 3})
    return caller


def put(sessions: sessionmaker[Session], **own: Any) -> int:
    now = datetime.now(UTC)
    row = next(postings(1, 2)) | {"status": "waiting", "revision": 1, "imported_at": now, "updated_at": now} | own
    with sessions.begin() as session:
        posting = Posting(**row)
        session.add(posting)
        session.flush()
        return posting.id


def number_of(counsellor: Caller) -> int:
    [row] = counsellor.get("/employers", params={"q": "星湖"}).json()["items"]
    return int(row["id"])


def test_an_employers_file_shows_visits_needs_and_what_came_of_them(counsellor: Caller, sessions: sessionmaker[Session]) -> None:
    number = number_of(counsellor)
    posting = put(sessions, employer_id=number)
    [need] = counsellor.get(f"/employers/{number}").json()["needs"]
    assert counsellor.post(f"/employers/needs/{need['id']}/links", json={"posting_id": posting}).json()["result"] == "new"
    said = {"reference": "计科-07", "outcome": "signed", "posting_id": posting}
    assert counsellor.post(f"/employers/needs/{need['id']}/candidates", json=said).json()["outcome"] == "signed"

    file = counsellor.get(f"/employers/{number}").json()
    assert [visit["visitor"] for visit in file["visits"]] == ["王老师", "校长"]
    [need] = file["needs"]
    assert ([one["id"] for one in need["postings"]], need["signed"], need["headcount"]) == ([posting], 1, 3)
    assert [one["id"] for one in file["postings"]] == [posting]
    assert file["checks"]
    assert counsellor.get("/employers/987654").status_code == 422


def test_a_candidate_is_not_kept_under_a_number_of_theirs(counsellor: Caller) -> None:
    [need] = counsellor.get(f"/employers/{number_of(counsellor)}").json()["needs"]
    refused = counsellor.post(f"/employers/needs/{need['id']}/candidates", json={"reference": "13800138000", "outcome": "signed"})
    assert refused.status_code == 422
    assert "个人信息" in refused.json()["message"]


def test_visits_are_counted_against_their_targets(counsellor: Caller) -> None:
    counted = counsellor.get("/employers/visits/counts").json()
    assert (counted["start"], counted["end"], counted["employers"], counted["posts"]) == ("2026-09-01", "2026-12-01", 1, 4)
    assert [(goal["reached"], goal["target"], goal["met"]) for goal in counted["goals"]] == [(1, 100, False), (1, 100, False), (1, 10, False)]
    assert counsellor.get("/employers/visits/counts", params={"start": "2026-11-24"}).json()["posts"] == 0


@pytest.mark.parametrize("part", ["employers", "visits", "needs"])
def test_a_table_goes_out_and_comes_in_again_without_a_change(counsellor: Caller, part: str) -> None:
    table = counsellor.get("/employers/export", params={"part": part})
    assert table.headers["content-type"].startswith("text/csv")
    assert NAME in table.text
    taken = counsellor.post("/employers/import", params={"name": f"{part}.csv"}, content=table.content).json()
    assert (taken["part"], taken["new"], taken["updated"], taken["refused"]) == (part, 0, 0, 0)
    assert taken["unchanged"] >= 1


def test_a_table_that_is_none_of_the_ledger_says_so_and_a_bad_row_is_told(counsellor: Caller) -> None:
    refused = counsellor.post("/employers/import", content="颜色,大小\n红,1\n".encode())
    assert (refused.status_code, "表头" in refused.json()["message"]) == (422, True)
    taken = counsellor.post("/employers/import", content=f"单位名称,走访日期,走访人\n{NAME},昨天,王老师\n".encode()).json()
    [row] = taken["rows"]
    assert (row["line"], "不是日期" in row["note"]) == (2, True)


def test_clean_postings_are_passed_together_and_those_with_findings_are_left(desk: Desk, sessions: sessionmaker[Session]) -> None:
    reviewer = desk.signed_in("审核人", Role.REVIEWER)
    clean = [put(sessions, key=key) for key in ("a", "b")]
    found, odd = put(sessions, key="c", findings=[FINDING]), put(sessions, key="d", issues=["薪资看不懂"])
    held = put(sessions, key="e", status="held")
    assert reviewer.get("/postings/queue").json()["total"] == 5
    assert [row["id"] for row in reviewer.get("/postings/queue", params={"clean": True, "status": "waiting"}).json()["items"]] == clean

    passed = reviewer.post("/postings/pass", json={"ids": [*clean, found, odd, held]}).json()
    assert passed == {"passed": clean, "left": [found, odd, held]}
    assert reviewer.get(f"/postings/{clean[0]}").json()["decisions"][-1]["by"] == "审核人"
    assert reviewer.get("/postings/queue").json()["total"] == 3
    assert desk.signed_in("辅导员", Role.COUNSELLOR, COLLEGE).post("/postings/pass", json={"ids": clean}).status_code == 403


def test_a_finding_says_in_which_field_of_the_posting_its_phrase_stands(desk: Desk, sessions: sessionmaker[Session]) -> None:
    number = put(sessions, description="限男生。", findings=[FINDING])
    seen = desk.signed_in("审核人", Role.REVIEWER).get(f"/postings/{number}").json()
    [finding] = seen["findings"]
    [field] = [field for field in seen["fields"] if field["label"] == finding["label"]]
    assert finding["phrase"] in field["value"]

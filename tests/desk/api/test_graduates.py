"""The care files over the API: what the console relies on, whoever asks."""

from __future__ import annotations

import csv
import io

import pytest

from desk.staff.models import Role
from tests.desk.people import COLLEGE, OTHER_COLLEGE, Caller, Desk

ONE = {"student_number": "20270001", "name": "林小满", "college": COLLEGE, "phone": "13800001234", "cohort": 2027}


@pytest.fixture
def counsellor(desk: Desk) -> Caller:
    return desk.signed_in("何老师", Role.COUNSELLOR, COLLEGE)


def _open(caller: Caller, **more: object) -> int:
    response = caller.post("/graduates", json={"fields": {**ONE, **more}})
    assert response.status_code in (200, 201), response.text
    return int(response.json()["id"])


def test_a_file_from_opening_to_closing(desk: Desk, counsellor: Caller) -> None:
    number = _open(counsellor)
    me = counsellor.get("/session").json()["staff"]["id"]
    assert counsellor.put(f"/graduates/{number}/pairing", json={"staff_id": me}).status_code == 204
    assert counsellor.put(f"/graduates/{number}/key-groups", json={"categories": ["low_income"]}).status_code == 204
    assert counsellor.put(f"/graduates/{number}/plan", json={"fields": {"goal": "春节前签约", "next_contact_on": "2026-12-08"}}).status_code == 200
    assert counsellor.put(f"/graduates/{number}/plan", json={"fields": {"name": "别人"}}).status_code == 422
    assert counsellor.post(f"/graduates/{number}/entries", json={"kind": "call", "text": "谈了半小时"}).status_code == 201

    file = counsellor.get(f"/graduates/{number}").json()
    assert (file["fields"]["phone"], file["categories"], file["pairing"]["staff_id"]) == ("13800001234", ["low_income"], me)
    assert [entry["kind_label"] for entry in file["entries"]] == ["电话"]
    assert {mark["label"]: mark["clear"] for mark in file["marks"]} == {"底数清": False, "需求清": False, "举措清": False, "进展清": False}
    stale = counsellor.patch(f"/graduates/{number}", json={"fields": {"goal": "x"}, "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")

    refused = counsellor.post(f"/graduates/{number}/close", json={"reason": "settled"})
    assert refused.status_code == 422 and "离校" in refused.json()["message"]
    assert counsellor.post(f"/graduates/{number}/close", json={"reason": "declined"}).status_code == 204
    assert counsellor.get("/graduates", params={"open": True}).json()["total"] == 0
    assert counsellor.post(f"/graduates/{number}/reopen").status_code == 204


def test_lists_are_masked_and_tell_no_key_group(desk: Desk, counsellor: Caller) -> None:
    number = _open(counsellor)
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)
    supervisor.put(f"/graduates/{number}/key-groups", json={"categories": ["disabled"]})
    for path in ("/graduates", "/graduates/overdue", "/graduates/gaps", "/graduates/classes"):
        said = supervisor.get(path).text
        assert not any(personal in said for personal in ("13800001234", "20270001", "disabled", "categories"))
    [row] = counsellor.get("/graduates", params={"q": "小满"}).json()["items"]
    assert (row["phone"], row["name"]) == ("138****1234", "林小满")
    reader = desk.signed_in("只读", Role.READ_ONLY)
    assert "林小满" not in reader.get("/graduates").text
    seen = reader.get(f"/graduates/{number}").json()
    assert (seen["fields"]["name"], seen["categories"], seen["entries"], seen["changes"]) == ("林**", None, [], [])


def test_another_college_finds_nothing(desk: Desk, counsellor: Caller) -> None:
    number = _open(counsellor)
    neighbour = desk.signed_in("苏老师", Role.COUNSELLOR, OTHER_COLLEGE)
    assert neighbour.get("/graduates").json() == {"items": [], "total": 0}
    for response in (neighbour.get(f"/graduates/{number}"), neighbour.patch(f"/graduates/{number}", json={"fields": {"goal": "x"}})):
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert neighbour.get("/graduates/999999").json() == neighbour.get(f"/graduates/{number}").json()


def test_a_roster_comes_in_and_the_ledger_goes_out(desk: Desk, counsellor: Caller) -> None:
    roster = f"学号,姓名,学院,电话,备注\n20270001,林小满,{COLLEGE},13800001234,x\n20270002,周清和,{OTHER_COLLEGE},,\n".encode("gb18030")
    taken = counsellor.post("/roster/import", params={"name": "名册.csv"}, content=roster).json()
    assert {key: taken[key] for key in ("new", "updated", "unchanged", "refused", "ignored")} == {
        "new": 1, "updated": 0, "unchanged": 0, "refused": 1, "ignored": ["备注"],
    }  # fmt: skip
    assert [(row["line"], row["result"]) for row in taken["rows"]] == [(3, "refused")]
    assert counsellor.post("/roster/import", content=roster).json()["unchanged"] == 1

    for kind in ("csv", "xlsx"):
        out = counsellor.get("/graduates/export", params={"format": kind})
        assert out.status_code == 200 and f'filename="graduates.{kind}"' in out.headers["content-disposition"]
        assert counsellor.post("/roster/import", content=out.content).json() == {
            "new": 0,
            "updated": 0,
            "unchanged": 1,
            "refused": 0,
            "ignored": [],
            "rows": [],
        }
    rows = list(csv.DictReader(io.StringIO(counsellor.get("/graduates/export").text.removeprefix("\ufeff"))))
    assert [row["姓名"] for row in rows] == ["林小满"]


def test_a_file_that_is_no_roster_is_refused_in_chinese(counsellor: Caller) -> None:
    for content in (b"", b"PK\x03\x04 broken", b"a,b\n1,2\n", b"\x00" * 100):
        response = counsellor.post("/roster/import", params={"name": "x.csv"}, content=content)
        assert (response.status_code, set(response.json())) == (422, {"code", "message"}), response.text
    assert counsellor.post("/roster/import", content=b"x" * (9 * 1024 * 1024)).status_code == 413


def test_readings_and_exports_are_on_record(desk: Desk, counsellor: Caller) -> None:
    number = _open(counsellor)
    counsellor.get(f"/graduates/{number}")
    counsellor.get("/graduates/export")
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)
    actions = {(row["action"], row["actor"]) for row in supervisor.get("/audit").json()["items"]}
    assert actions >= {("graduate.read", "何老师"), ("graduates.export", "何老师"), ("graduate.open", "何老师")}

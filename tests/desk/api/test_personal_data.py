"""Check 23, for graduates whose conversation has ended: staff hand out the copy and have everything erased, on record."""

from __future__ import annotations

import pytest

from desk.services import DeskServices
from desk.staff.models import Role
from desk.tickets import TicketRequest
from tests.desk.people import COLLEGE, Desk

SAID = "我老家在白云镇青石巷"


@pytest.fixture
def number(services: DeskServices) -> str:
    return services.tickets.register(TicketRequest("c1", "求助", SAID, [])).number


def test_check_23_the_copy_is_handed_out_and_that_is_on_record(desk: Desk, number: str) -> None:
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)

    copy = supervisor.get(f"/personal-data/{number}")

    assert SAID in copy.text and copy.headers["content-type"].startswith("text/plain") and "attachment" in copy.headers["content-disposition"]
    [read] = supervisor.get("/audit", params={"action": "graduate.export"}).json()["items"]
    assert (read["actor"], read["subject"]) == ("主管", f"ticket:{number}")


def test_check_23_everything_is_erased_and_the_receipt_says_so(desk: Desk, services: DeskServices, number: str) -> None:
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)
    asked = supervisor.post(f"/personal-data/{number}/erase")
    assert (asked.status_code, asked.json()["waits"]) == (202, False)
    [wish] = services.personal_data.due()
    services.personal_data.settle(wish, services.personal_data.erase("c1") or {})

    [receipt] = supervisor.get("/erasures").json()["items"]
    assert (receipt["number"], receipt["counts"]) == (asked.json()["number"], {"求助单": 1}) and receipt["done_at"]
    assert supervisor.get(f"/personal-data/{number}").status_code == 404
    actions = {row["action"] for row in supervisor.get("/audit").json()["items"]}
    assert {"graduate.erase_asked", "graduate.erased"} <= actions


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.REVIEWER, Role.READ_ONLY])
def test_check_20_others_do_neither(desk: Desk, number: str, role: Role) -> None:
    caller = desk.signed_in("别人", role, COLLEGE)

    assert caller.get(f"/personal-data/{number}").status_code == 403
    assert caller.post(f"/personal-data/{number}/erase").status_code == 403

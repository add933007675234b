"""Reports over the API."""

from __future__ import annotations

from desk.reports.texts import FIGURES
from desk.staff.models import Role
from desk.tickets import TicketRequest, Tickets
from tests.desk.people import COLLEGE, Desk


def test_a_report_names_how_each_figure_is_counted(desk: Desk, tickets: Tickets) -> None:
    tickets.register(TicketRequest("c1", "档案", "档案在哪", []))
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)
    for period in ("day", "week", "month", "quarter", "year"):
        found = supervisor.get(f"/reports/{period}").json()
        figures = {figure["name"]: figure for figure in found["figures"]}
        assert set(figures) == set(FIGURES) and all(figure["definition"] for figure in figures.values())
        assert figures["requests"]["value"] == 1
    assert (found["first"], found["last"], found["note"]) == ("2026-01-01", "2026-12-31", "")
    assert supervisor.get("/reports/day", params={"from": "2026-11-01", "to": "2026-11-30"}).json()["figures"][5]["value"] == 0


def test_a_report_as_csv_and_wrong_spans(desk: Desk) -> None:
    counsellor = desk.signed_in("何老师", Role.COUNSELLOR, COLLEGE)
    out = counsellor.get("/reports/quarter", params={"format": "csv"})
    assert out.text.startswith("\ufeff项目,分组,数值,单位,口径") and "承诺兑现率" in out.text
    assert counsellor.get("/reports/conversations").text.startswith("\ufeff对话,")
    for path in ("/reports/day", "/reports/conversations"):
        refused = counsellor.get(path, params={"from": "2026-12-02", "to": "2026-12-01"})
        assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    assert counsellor.get("/reports/decade").status_code == 422
    reader = desk.signed_in("只读", Role.READ_ONLY)
    assert "少于 5" in reader.get("/reports/week").json()["note"]
    assert reader.get("/reports/conversations").status_code == 403

"""Check 21: the record says who did or read what, when and from where, and nobody can change it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from desk.api.routers import PREFIX
from desk.audit import AuditEvent
from desk.services import DeskServices
from desk.staff.models import Role
from desk.staff.policy import Actor
from tests.desk.api.test_policy import calls
from tests.desk.people import COLLEGE, Desk

ACTOR = Actor(7, "王老师", Role.COUNSELLOR, COLLEGE, "192.0.2.7")


def test_check_21_a_change_is_on_record_with_who_what_when_where_and_the_difference(
    services: DeskServices, sessions: sessionmaker[Session], clock
) -> None:
    with sessions.begin() as session:
        services.audit.record(
            session, ACTOR, "ticket.priority", "ticket:5", {"priority": "normal", "status": "queued"}, {"priority": "high", "status": "queued"}
        )

    with sessions() as session:
        row = session.scalars(select(AuditEvent)).one()
    assert (row.staff_id, row.actor, row.role, row.address) == (7, "王老师", "counsellor", "192.0.2.7")
    assert (row.action, row.subject, row.at) == ("ticket.priority", "ticket:5", clock.now())
    assert (row.before, row.after) == ({"priority": "normal"}, {"priority": "high"})


def test_check_21_what_is_not_carried_out_is_not_on_record(services: DeskServices, sessions: sessionmaker[Session]) -> None:
    with pytest.raises(ZeroDivisionError), sessions.begin() as session:
        services.audit.record(session, ACTOR, "ticket.claim", "ticket:5")
        session.flush()
        raise ZeroDivisionError

    with sessions() as session:
        assert session.scalars(select(AuditEvent)).all() == []


@pytest.mark.parametrize("statement", ["UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"])
def test_check_21_the_database_itself_refuses_to_change_the_record(
    services: DeskServices, sessions: sessionmaker[Session], migrated_engine: Engine, statement: str
) -> None:
    services.audit.record_alone(ACTOR, "graduate.read", "graduate:12")

    if statement.startswith("TRUNCATE") and migrated_engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), sessions.begin() as session:
        session.execute(text(statement))
    with sessions() as session:
        assert session.scalars(select(AuditEvent)).one().actor == "王老师"


def test_check_21_there_is_no_route_that_changes_it() -> None:
    assert {method for route, method, _ in calls() if (route.path or "").startswith(f"{PREFIX}/audit")} == {"GET"}


def test_check_21_personal_numbers_do_not_get_into_what_is_never_erased(services: DeskServices, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        services.audit.record(
            session, ACTOR, "graduate.change", "graduate:手机13800138000", {}, {"phone": "13800138000", "list": [{"id": "11010519491231002X"}]}
        )

    with sessions() as session:
        row = session.scalars(select(AuditEvent)).one()
    assert "13800138000" not in f"{row.subject}{row.after}"
    assert "11010519491231002X" not in str(row.after)


def test_check_21_signing_in_and_being_refused_is_on_record_with_the_address(desk: Desk) -> None:
    desk.add("王老师", Role.COUNSELLOR)
    caller = desk.caller()
    caller.sign_in("王老师", "不是这个密码啊不是")
    caller.sign_in("王老师")

    listed = desk.signed_in("主管", Role.SUPERVISOR).get("/audit").json()["items"]
    assert [(row["action"], row["address"]) for row in reversed(listed) if row["action"].startswith("session")] == [
        ("session.refused", "127.0.0.1"),
        ("session.open", "127.0.0.1"),
    ]


def test_check_21_the_record_is_shown_in_pages_and_narrowed_and_looking_is_on_record(desk: Desk, services: DeskServices) -> None:
    for number in range(25):
        services.audit.record_alone(ACTOR, "graduate.read" if number % 2 else "ticket.read", f"graduate:{number}")
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)

    first = supervisor.get("/audit", params={"staff_id": 7, "page_size": 10}).json()
    last = supervisor.get("/audit", params={"staff_id": 7, "page_size": 10, "page": 3}).json()
    narrowed = supervisor.get("/audit", params={"action": "graduate.read", "subject": "graduate:3"}).json()
    of_a_day = supervisor.get("/audit", params={"staff_id": 7, "since": "2026-12-02T00:00:00+08:00"}).json()
    looked = supervisor.get("/audit", params={"action": "audit.read"}).json()

    assert (first["total"], len(first["items"]), first["items"][0]["subject"], len(last["items"])) == (25, 10, "graduate:24", 5)
    assert [row["subject"] for row in narrowed["items"]] == ["graduate:3"]
    assert of_a_day == {"items": [], "total": 0}
    assert looked["total"] == 5

"""Check 20: every route of the desk, as everybody; what is not granted is refused, and a route without a rule is not served."""

from __future__ import annotations

import re

import pytest
from fastapi import APIRouter, Depends
from fastapi.routing import RouteContext, iter_route_contexts

from desk.api.routers import PREFIX, build_router, refuse_unruled, rules_of
from desk.api.rules import Rule, allowed
from desk.staff.models import Role
from desk.staff.policy import POLICY, Actor, Permission
from tests.desk.people import COLLEGE, OTHER_COLLEGE, Caller, Desk

OPEN_TO_ANYBODY = {("GET", "/session"), ("POST", "/session"), ("DELETE", "/session"), ("GET", "/oidc/start"), ("GET", "/oidc/callback")}
"""What somebody who has not signed in must reach."""
CHANGES_ONESELF = {Permission.OWN_ACCOUNT}
"""What even a read-only account changes: its own password and sessions."""
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}

ROUTES = list(iter_route_contexts(build_router().routes))
CALLERS: dict[str, tuple[Role, str | None] | None] = {
    "administrator": (Role.ADMINISTRATOR, None),
    "supervisor": (Role.SUPERVISOR, None),
    "reviewer": (Role.REVIEWER, None),
    "counsellor": (Role.COUNSELLOR, COLLEGE),
    "counsellor of another college": (Role.COUNSELLOR, OTHER_COLLEGE),
    "read-only": (Role.READ_ONLY, None),
    "anonymous": None,
}


def calls() -> list[tuple[RouteContext, str, str]]:
    """Every method of every route, with a path whose numbers and names nobody has."""
    found = []
    for route in ROUTES:
        path = re.sub(r"\{[^}]*\}", "987654", (route.path or "").removeprefix(PREFIX))
        found += [(route, method, path) for method in sorted((route.methods or set()) - {"HEAD"})]
    return found


def status_of(caller: Caller, method: str, path: str) -> int:
    with caller.stream(method, path, json={} if method in UNSAFE else None) as response:  # a live stream has no end
        return response.status_code


@pytest.mark.parametrize("who", CALLERS)
def test_check_20_every_route_as_everybody(desk: Desk, who: str) -> None:
    wrong = []
    for route, method, path in calls():
        (rule,) = rules_of(route)
        role_and_college = CALLERS[who]
        caller = desk.signed_in(who.replace(" ", "."), *role_and_college) if role_and_college else desk.caller()
        if role_and_college is None:
            caller.begin()
        status = status_of(caller, method, path)
        open_to_anybody = not isinstance(rule, Rule)
        if open_to_anybody or (role_and_college is not None and role_and_college[0] in POLICY[rule.permission]):
            right = status < 500 and (status not in (401, 403) or (open_to_anybody and status == 401))
        else:
            right = status == (401 if role_and_college is None else 403)
        if not right:
            wrong.append((method, path, status))

    assert wrong == []


def test_check_20_only_the_way_in_is_open_to_anybody() -> None:
    opened = {(method, path) for route, method, path in calls() if not isinstance(rules_of(route)[0], Rule)}

    assert opened == OPEN_TO_ANYBODY


def test_check_20_a_read_only_account_changes_nothing_but_its_own_sign_in() -> None:
    changing = {rule.permission for route, method, _ in calls() for rule in rules_of(route) if method in UNSAFE and isinstance(rule, Rule)}

    assert {permission for permission in changing if Role.READ_ONLY in POLICY[permission]} <= CHANGES_ONESELF


def test_check_20_every_unsafe_route_asks_for_the_token_of_its_page(desk: Desk) -> None:
    open_to_forgers = []
    for _, method, path in calls():
        if method in UNSAFE:
            caller = desk.signed_in("管理员", Role.ADMINISTRATOR)
            caller.headers["X-CSRF-Token"] = "forged"
            if status_of(caller, method, path) != 403:
                open_to_forgers.append((method, path))

    assert open_to_forgers == []


def test_check_20_a_route_without_a_rule_is_not_served() -> None:
    router = APIRouter()

    @router.get("/forgotten")
    def forgotten() -> None: ...

    with pytest.raises(RuntimeError, match="forgotten"):
        refuse_unruled(router)


def test_check_20_a_rule_may_come_from_the_router_and_two_are_too_many() -> None:
    router = APIRouter(dependencies=[Depends(allowed(Permission.CARE_READ))])

    @router.get("/fine")
    def fine() -> None: ...

    refuse_unruled(router)

    @router.get("/both", dependencies=[Depends(allowed(Permission.CARE_WRITE))])
    def both() -> None: ...

    with pytest.raises(RuntimeError, match="both"):
        refuse_unruled(router)


def test_the_policy_grants_what_it_should() -> None:
    """The table once more, by hand: a change of it must be meant. a administrator, s supervisor, r reviewer, c counsellor, o read-only."""
    letters = {"a": Role.ADMINISTRATOR, "s": Role.SUPERVISOR, "r": Role.REVIEWER, "c": Role.COUNSELLOR, "o": Role.READ_ONLY}
    granted = {
        "asrco": "own_account live_events staff_read canned_read knowledge_read postings_read fairs_read "
        "announcements_read employers_read surveys_read",
        "a": "staff_manage",
        "as": "staff_leave audit_read personal_data tickets_assign deliveries_read deliveries_resend surveys_manage",
        "asco": "tickets_read care_read reports_read trainings_read",
        "asc": "tickets_work tickets_merge canned_manage care_write care_key_group care_import care_export trainings_manage",
        "asrc": "knowledge_draft announcements_manage employers_write",
        "asr": "knowledge_review documents_manage postings_decide fairs_decide",
    }

    assert {Permission(name): {letters[letter] for letter in who} for who, names in granted.items() for name in names.split()} == POLICY


@pytest.mark.parametrize(
    ("role", "own", "college", "sees"),
    [
        (Role.COUNSELLOR, COLLEGE, COLLEGE, True),
        (Role.COUNSELLOR, COLLEGE, OTHER_COLLEGE, False),
        (Role.COUNSELLOR, COLLEGE, None, True),
        (Role.COUNSELLOR, None, COLLEGE, False),
        (Role.COUNSELLOR, None, None, True),
        (Role.READ_ONLY, COLLEGE, OTHER_COLLEGE, False),
        (Role.READ_ONLY, None, OTHER_COLLEGE, True),
        (Role.REVIEWER, None, OTHER_COLLEGE, True),
        (Role.SUPERVISOR, COLLEGE, OTHER_COLLEGE, True),
        (Role.ADMINISTRATOR, None, OTHER_COLLEGE, True),
        (None, None, COLLEGE, True),
    ],
)
def test_whose_graduates_somebody_sees(role: Role | None, own: str | None, college: str | None, sees: bool) -> None:
    assert Actor(1, "王老师", role, own, "").sees(college) is sees


def test_nobody_gives_themselves_another_role(desk: Desk) -> None:
    supervisor = desk.signed_in("主管", Role.SUPERVISOR)
    own = supervisor.get("/session").json()["staff"]["id"]

    assert supervisor.patch(f"/staff/{own}", json={"role": "administrator"}).status_code == 403
    assert supervisor.patch(f"/staff/{own}", json={"leave_until": "2026-12-31"}).status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/session/sessions/x", "/session/sessions/99999999999999999999"])
def test_errors_are_chinese_and_of_one_shape(desk: Desk, path: str) -> None:
    response = desk.signed_in("管理员", Role.ADMINISTRATOR).delete(path)

    assert response.status_code in (404, 422)
    assert set(response.json()) == {"code", "message"}
    assert not response.json()["message"].isascii()

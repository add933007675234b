"""Check 25: schemathesis finds no 5xx and no breach of the description, whoever calls, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI

from bot.demo.loading import load
from bot.demo.marks import COLLEGE
from core.clock import Clock
from core.settings import Settings
from desk.api.rules import COOKIE, CSRF_HEADER
from desk.services import DeskServices
from desk.staff.models import Role, Staff
from desk.staff.policy import system_actor
from tests.bot.conformance import Outcome, each_once, tried

DESK = "^/api/desk/"
PASSWORD = "一个只在测试里用的密码"


class Caller:
    """A member of staff who signs in again whenever what they called has signed them out."""

    def __init__(self, desk: DeskServices, role: Role) -> None:
        self._desk, self._role = desk, role
        college = COLLEGE if role is Role.COUNSELLOR else None
        self._id = desk.staff.add(system_actor("测试"), f"{role.value}-of-the-tests", role, password=PASSWORD, college=college).id
        self._token = ""

    def headers(self) -> dict[str, str]:
        row = self._desk.staff_sessions.find(self._token)
        if row is None or row.staff.role is not self._role:
            with self._desk.sessions.begin() as session:
                staff = session.get_one(Staff, self._id)
                staff.active, staff.role = True, self._role
            self._token = self._desk.staff_sessions.open(staff, "127.0.0.1", "tests")
        return {"Cookie": f"{COOKIE}={self._token}", CSRF_HEADER: self._desk.staff_sessions.csrf(self._token)}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"today": date(2026, 12, 1)})


@pytest.fixture
def desk(app: FastAPI, base: str, settings: Settings) -> Iterator[DeskServices]:
    """The desk of a running application with the demonstration in it, so that there is something behind the numbers."""
    services: DeskServices = app.state.parts.desk
    load(services.sessions, Clock(settings.today), settings.signing_secret)
    yield services


def is_clean(outcome: Outcome) -> None:
    found = list(each_once(outcome.breaches))
    assert not found, "\n\n".join([f"{len(found)} breaches in {outcome.calls} calls", *found])
    assert not [status for status in outcome.statuses if status >= 500], outcome.statuses


ON_POSTGRESQL = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
"""The stricter of the two, in what a column takes; the other one is met by the made-up requests."""


@ON_POSTGRESQL
def test_the_limits_of_every_field_as_the_one_who_may_do_most(desk: DeskServices, base: str) -> None:
    outcome = tried(base, DESK, Caller(desk, Role.ADMINISTRATOR).headers, ("coverage",), 1)

    is_clean(outcome)
    assert outcome.statuses[200] > 100 and outcome.statuses[401] == 0, outcome.statuses


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_made_up_requests_of_each_role(desk: DeskServices, base: str) -> None:
    for role in Role:
        outcome = tried(base, DESK, Caller(desk, role).headers, ("fuzzing",), 2)

        is_clean(outcome)
        assert outcome.statuses[200] > 20 and (outcome.statuses[403] > 0) is (role is not Role.ADMINISTRATOR), outcome.statuses


@ON_POSTGRESQL
def test_one_request_after_another_with_what_the_last_one_gave(desk: DeskServices, base: str) -> None:
    outcome = tried(base, DESK, Caller(desk, Role.SUPERVISOR).headers, ("stateful",), 15)

    is_clean(outcome)
    assert outcome.statuses[200] > 20, outcome.statuses


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_made_up_requests_of_nobody(desk: DeskServices, base: str) -> None:
    is_clean(tried(base, "^/(api/desk/session|healthz)", dict, ("coverage", "fuzzing"), 5, anonymous=True))

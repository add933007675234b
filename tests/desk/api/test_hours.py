"""Working hours as the console reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.clock import CHINA
from desk.staff.models import Role
from desk.working_hours import is_working_moment
from tests.desk.people import Desk


def test_the_console_hears_the_desks_time_and_the_shifts_around_it(desk: Desk) -> None:
    hours = desk.signed_in("读", Role.READ_ONLY).get("/hours").json()

    now = datetime.fromisoformat(hours["now"])
    shifts = [(datetime.fromisoformat(shift["opens"]), datetime.fromisoformat(shift["closes"])) for shift in hours["shifts"]]
    assert abs(now - desk.services.clock.now()) < timedelta(minutes=1)
    assert shifts == sorted(shifts)
    assert shifts[0][0] < now < shifts[-1][1]
    assert all(is_working_moment(opens) and opens.astimezone(CHINA).date() == closes.astimezone(CHINA).date() for opens, closes in shifts)

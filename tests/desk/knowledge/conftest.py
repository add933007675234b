"""Who keeps the knowledge."""

from __future__ import annotations

import pytest

from desk.staff.models import Role
from tests.desk.people import Caller, Desk


@pytest.fixture
def reviewer(desk: Desk) -> Caller:
    return desk.signed_in("审核人", Role.REVIEWER)

"""A desk on a real database."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.desk.clocks import SetClock
from tests.desk.requests.desk import Desk


@pytest.fixture
def desk(sessions: sessionmaker[Session], clock: SetClock) -> Desk:
    return Desk(sessions, clock)

"""The desk on real databases, with a clock that a test sets."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA
from core.database import session_factory
from desk.tickets import Tickets
from tests.desk.clocks import SetClock


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


@pytest.fixture
def clock() -> SetClock:
    """Tuesday, 1 December 2026, ten in the morning in China."""
    return SetClock(datetime(2026, 12, 1, 10, 0, tzinfo=CHINA))


@pytest.fixture
def tickets(sessions: sessionmaker[Session], clock: SetClock) -> Tickets:
    return Tickets(sessions, clock)

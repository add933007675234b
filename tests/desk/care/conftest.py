"""The care ledger on real databases, with the people who work with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from desk.audit import Audit
from desk.care.files import CareFiles
from desk.care.helping import Helping
from desk.care.lists import CareLists
from desk.care.record import CareRecord
from desk.care.roster import Rosters
from desk.staff.models import Role, Staff
from desk.staff.policy import Actor
from tests.desk.care.people import WHOLE
from tests.desk.clocks import SetClock


@pytest.fixture
def record(sessions: sessionmaker[Session], clock: SetClock) -> CareRecord:
    return CareRecord(sessions, clock, Audit(sessions, clock))


@pytest.fixture
def files(record: CareRecord) -> CareFiles:
    return CareFiles(record)


@pytest.fixture
def helping(record: CareRecord) -> Helping:
    return Helping(record)


@pytest.fixture
def lists(record: CareRecord) -> CareLists:
    return CareLists(record)


@pytest.fixture
def rosters(record: CareRecord, files: CareFiles) -> Rosters:
    return Rosters(record, files)


@pytest.fixture
def employ(sessions: sessionmaker[Session], clock: SetClock) -> Callable[[str, Role, str | None], Actor]:
    """Give somebody an account; how they then appear as an actor."""

    def employ(name: str, role: Role, college: str | None = None) -> Actor:
        with sessions.begin() as session:
            row = Staff(name=name, name_key=name, display_name=name, role=role, college=college, created_at=clock.now(), updated_at=clock.now())
            session.add(row)
            session.flush()
            return Actor(row.id, name, role, college, "10.0.0.7")

    return employ


@pytest.fixture
def counsellor(employ: Callable[[str, Role, str | None], Actor]) -> Actor:
    return employ("何老师", Role.COUNSELLOR, "文学院")


@pytest.fixture
def neighbour(employ: Callable[[str, Role, str | None], Actor]) -> Actor:
    """A counsellor of another college."""
    return employ("苏老师", Role.COUNSELLOR, "理学院")


@pytest.fixture
def supervisor(employ: Callable[[str, Role, str | None], Actor]) -> Actor:
    return employ("主管", Role.SUPERVISOR, None)


@pytest.fixture
def reader(employ: Callable[[str, Role, str | None], Actor]) -> Actor:
    return employ("只读", Role.READ_ONLY, None)


@pytest.fixture
def opened(files: CareFiles, counsellor: Actor) -> Callable[..., int]:
    """Open a file of 文学院; what is given stands in for the usual values."""

    def opened(number: str = "20270001", **values: Any) -> int:
        return files.put(counsellor, {**WHOLE, "student_number": number, **values})[0]

    return opened

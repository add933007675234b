"""The care ledger, put together once a process."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.care.files import CareFiles
from desk.care.helping import Helping
from desk.care.lists import CareLists
from desk.care.recommending import PostingsShelf, Recommending
from desk.care.record import CareRecord
from desk.care.roster import Rosters
from desk.recommendations import Recommendations
from desk.tickets import Tickets


@dataclass(frozen=True)
class Care:
    """The parts of the ledger; `recommending` is None where the postings cannot be opened."""

    record: CareRecord
    files: CareFiles
    helping: Helping
    lists: CareLists
    rosters: Rosters
    recommending: Recommending | None


def build_care(sessions: sessionmaker[Session], clock: Clock, audit: Audit, tickets: Tickets, shelf: PostingsShelf | None) -> Care:
    """The ledger on one database."""
    record = CareRecord(sessions, clock, audit)
    files = CareFiles(record)
    return Care(
        record=record,
        files=files,
        helping=Helping(record),
        lists=CareLists(record),
        rosters=Rosters(record, files),
        recommending=Recommending(record, files, Recommendations(sessions, clock, tickets), shelf) if shelf is not None else None,
    )

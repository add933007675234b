"""One employer as the ledger knows it: who it is, who went there, what it needs, what it offers, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from knowledge.employers import texts
from knowledge.employers.checks import Check, own_checks
from knowledge.employers.ledger import record_of
from knowledge.employers.models import EmployerVisit
from knowledge.employers.record import EmployerRecord, LinkedPosting, VisitRecord
from knowledge.errors import LedgerRefused
from knowledge.postings.models import Employer, Posting

_MOST_POSTINGS = 50
_MOST_VISITS = 200


@dataclass(frozen=True)
class EmployerFile:
    """An employer with its visits and postings, the newest first; the needs are `Ledger.needs`."""

    id: int
    record: EmployerRecord
    visits: tuple[VisitRecord, ...]
    postings: tuple[LinkedPosting, ...]
    checks: tuple[Check, ...]
    """What the system sees, then what people checked."""


def employer_file(sessions: sessionmaker[Session], employer_id: int) -> EmployerFile:
    """Everything about one employer. Raises LedgerRefused when there is none of that number."""
    with sessions() as session:
        row = session.get(Employer, employer_id)
        if row is None:
            raise LedgerRefused(texts.NO_SUCH_EMPLOYER)
        visits = select(EmployerVisit).where(EmployerVisit.employer_id == row.id).order_by(EmployerVisit.visited_on.desc(), EmployerVisit.id.desc())
        postings = list(session.scalars(select(Posting).where(Posting.employer_id == row.id).order_by(Posting.id.desc()).limit(_MOST_POSTINGS)))
        record = record_of(row)
        return EmployerFile(
            id=row.id,
            record=record,
            visits=tuple(_visit(record.name, visit) for visit in session.scalars(visits.limit(_MOST_VISITS))),
            postings=tuple(LinkedPosting(posting.id, posting.title, posting.status) for posting in postings),
            checks=(*own_checks(row, [posting.contact for posting in postings]), *(Check(**check) for check in row.checks)),
        )


def _visit(employer: str, row: EmployerVisit) -> VisitRecord:
    return VisitRecord(employer, row.visited_on, row.visitor, row.level, row.college, row.is_new, row.posts_gained, row.note)  # type: ignore[arg-type]

"""Postings put into the store as an import would leave them, and the plain filter over all of them that a search must agree with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from knowledge.postings.models import Posting, PostingDecision, PostingOrigin, PostingState
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.fitting import Grade, fit

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
_numbers = count(1)


def posting(**own: Any) -> Posting:
    """A posting that is open and says little; `own` sets its columns."""
    number = next(_numbers)
    columns: dict[str, Any] = {
        "external_id": f"T{number}",
        "key": f"key{number}",
        "status": "published",
        "title": "会计",
        "employer": f"示例{number}有限公司",
        "employer_type": "民营企业",
        "cities": ["长沙"],
        "roles": ["会计"],
        "majors": [],
        "any_major": True,
        "majors_text": "不限",
        "cohorts": [],
        "any_cohort": True,
        "cohort_text": "不限",
        "traits": {},
        "deadline": date(2027, 1, 1),
        "deadline_state": "date",
        "posted_on": date(2026, 11, 1),
        "imported_at": NOW,
        "updated_at": NOW,
        "revision": 0,
    }
    return Posting(**columns | own)


def put(sessions: sessionmaker[Session], *rows: Posting) -> list[int]:
    """Store the rows in one transaction under the next revision; their ids."""
    with sessions.begin() as session:
        revision = next_revision(session)
        for row in rows:
            row.revision = revision
            row.origins = [PostingOrigin(source="测试来源", external_id=row.external_id, checksum="-", seen_at=NOW)]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def change(sessions: sessionmaker[Session], number: int, **columns: Any) -> None:
    """Change a posting as a decision would, with its record."""
    with sessions.begin() as session:
        session.execute(update(Posting).where(Posting.id == number).values(revision=next_revision(session), **columns))
        if "status" in columns:
            session.add(PostingDecision(posting_id=number, status=columns["status"], decided_at=NOW))


def next_revision(session: Session) -> int:
    session.execute(update(PostingState).values(revision=PostingState.revision + 1))
    return session.scalars(select(PostingState.revision)).one()


def oracle(rows: Iterable[Any], criteria: Criteria, today: date = TODAY) -> tuple[list[int], list[int]]:
    """The ids of what surely fits and of what may, by looking at every row."""
    found: dict[Grade, list[int]] = {grade: [] for grade in Grade}
    for row in rows:
        found[fit(row, criteria, today).grade].append(row.id)
    return found[Grade.YES], found[Grade.UNCERTAIN]


def ids(items: Sequence[Any]) -> list[int]:
    return [item.id for item in items]

"""The counts of 访企拓岗: per person and period, against targets; every number can be recounted from the rows of the visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from knowledge.employers import texts
from knowledge.employers.models import EmployerVisit
from knowledge.employers.record import LEVELS, Count, Goal, Targets, VisitReport

_SCHOOL = ("principal", "school")
_NO_TARGETS = Targets()


@dataclass(frozen=True)
class _Visit:
    """A row, and whether its employer was new on that day."""

    row: EmployerVisit
    is_new: bool


def visit_report(sessions: sessionmaker[Session], start: date, end: date, targets: Targets = _NO_TARGETS) -> VisitReport:
    """The visits from `start` to `end`, both days included."""
    with sessions() as session:
        earliest = select(EmployerVisit.employer_id, func.min(EmployerVisit.visited_on)).group_by(EmployerVisit.employer_id)
        first: dict[int, date] = {row[0]: row[1] for row in session.execute(earliest)}
        within = select(EmployerVisit).where(EmployerVisit.visited_on.between(start, end)).order_by(EmployerVisit.id)
        visits = [_Visit(row, row.visited_on == first[row.employer_id] if row.is_new is None else row.is_new) for row in session.scalars(within)]
    people = _people(visits)
    return VisitReport(
        start=start,
        end=end,
        people=people,
        goals=_goals(visits, targets),
        employers=_employers(visits),
        new=_new(visits),
        posts=_posts(visits),
        definitions=(texts.DEFINE_EMPLOYERS, texts.DEFINE_NEW, texts.DEFINE_POSTS),
    )


def _people(visits: Sequence[_Visit]) -> tuple[Count, ...]:
    """A line for each visitor in each capacity; leaders first, then who visited most."""
    groups: dict[tuple[str, str, str], list[_Visit]] = {}
    for visit in visits:
        groups.setdefault((visit.row.visitor, visit.row.level, visit.row.college), []).append(visit)
    counts = [
        Count(visitor, level, college, _employers(own), _new(own), _posts(own))  # type: ignore[arg-type]
        for (visitor, level, college), own in groups.items()
    ]
    return tuple(sorted(counts, key=lambda one: (LEVELS.index(one.level), -one.employers, one.visitor)))


def _goals(visits: Sequence[_Visit], targets: Targets) -> tuple[Goal, ...]:
    principals = [visit for visit in visits if visit.row.level == "principal"]
    leaders = [visit for visit in visits if visit.row.level in _SCHOOL]
    return (
        Goal(texts.GOAL_PRINCIPAL, _employers(principals), targets.principal_visited, texts.DEFINE_PRINCIPAL),
        Goal(texts.GOAL_SCHOOL_NEW, _new(leaders), targets.school_new, texts.DEFINE_SCHOOL_NEW),
        Goal(texts.GOAL_COLLEGE, _average(visits), targets.college_average, texts.DEFINE_COLLEGE),
    )


def _average(visits: Iterable[_Visit]) -> float:
    """Distinct employers a visitor of a college, on average; somebody with two colleges is one person."""
    visited: dict[str, set[int]] = {}
    for visit in visits:
        if visit.row.level == "college":
            visited.setdefault(visit.row.visitor, set()).add(visit.row.employer_id)
    return sum(map(len, visited.values())) / len(visited) if visited else 0.0


def _employers(visits: Iterable[_Visit]) -> int:
    return len({visit.row.employer_id for visit in visits})


def _new(visits: Iterable[_Visit]) -> int:
    return len({visit.row.employer_id for visit in visits if visit.is_new})


def _posts(visits: Iterable[_Visit]) -> int:
    """Of those who went to one employer on one day together, the largest number counts once."""
    gained: dict[tuple[int, date], int] = {}
    for visit in visits:
        key = (visit.row.employer_id, visit.row.visited_on)
        gained[key] = max(gained.get(key, 0), visit.row.posts_gained)
    return sum(gained.values())

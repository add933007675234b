"""The lists of the ledger: all files, those that are overdue, untouched or without a helper, and how complete each class is.

No list tells a key group; numbers that point at a person are masked, and read-only accounts see no full name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from desk.care import texts
from desk.care.access import knows_all_key_groups, visible
from desk.care.facts import facts_of
from desk.care.marks import STALE_DAYS, Facts, marks
from desk.care.models import Graduate, Pairing
from desk.care.record import CareRecord
from desk.staff.models import Role
from desk.staff.policy import Actor


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; what is None or empty does not narrow. `words` are looked for in name, student number, class and major."""

    words: str = ""
    college: str = ""
    class_name: str = ""
    cohort: int | None = None
    destination: str = ""
    helper_staff_id: int | None = None
    is_open: bool | None = None


@dataclass(frozen=True)
class Listed:
    """A file as a list shows it."""

    id: int
    name: str
    student_number: str
    phone: str
    college: str
    class_name: str
    cohort: int | None
    degree: str
    major: str
    destination: str
    left_school_on: date | None
    next_contact_on: date | None
    touched_at: datetime
    helper: str | None
    last_contact_at: datetime | None
    marks: dict[str, bool]
    is_open: bool


@dataclass(frozen=True)
class Overdue:
    """What somebody has to look after: contacts whose day has passed, open files with no next contact, files untouched for too long."""

    contacts: list[Listed]
    unplanned: list[Listed]
    untouched: list[Listed]


@dataclass(frozen=True)
class ClassState:
    """How complete the files of a class are: how many there are, how many show each mark, how many are placed."""

    college: str
    class_name: str
    graduates: int
    clear: dict[str, int]
    placed: int


class CareLists:
    """Reads alone; every method is one transaction."""

    def __init__(self, record: CareRecord) -> None:
        self._sessions, self._clock = record.sessions, record.clock

    def page(self, actor: Actor, wanted: Wanted, page: int, page_size: int) -> tuple[list[Listed], int]:
        """A page of the files, by college, class and student number, and how many there are in all; `page` counts from 1."""
        with self._sessions() as session:
            chosen = visible(_narrowed(wanted), actor)
            total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            ordered = chosen.order_by(Graduate.college, Graduate.class_name, Graduate.student_number)
            rows = session.scalars(ordered.limit(page_size).offset((page - 1) * page_size)).all()
            return self._listed(session, actor, rows), total

    def overdue(self, actor: Actor) -> Overdue:
        """What is overdue today, the longest first; having left school ends nothing."""
        today = self._clock.today()
        stale = self._clock.now() - timedelta(days=STALE_DAYS)
        return Overdue(
            contacts=self._of(actor, Graduate.next_contact_on < today, Graduate.next_contact_on),
            unplanned=self._of(actor, Graduate.next_contact_on.is_(None), Graduate.touched_at),
            untouched=self._of(actor, Graduate.touched_at < stale, Graduate.touched_at),
        )

    def upcoming(self, actor: Actor, days: int) -> list[Listed]:
        """The contacts of today and the next `days` days, the nearest first, of those who have left school too."""
        today = self._clock.today()
        within = and_(Graduate.next_contact_on >= today, Graduate.next_contact_on <= today + timedelta(days=days))
        return self._of(actor, within, Graduate.next_contact_on)

    def gaps(self, actor: Actor) -> list[Listed]:
        """Open files of key groups that nobody cares for; for whoever may not know key groups, all that nobody cares for: it tells nothing then."""
        unowned = ~select(Pairing.id).where(Pairing.graduate_id == Graduate.id, Pairing.ended_at.is_(None)).exists()
        with self._sessions() as session:
            rows = session.scalars(visible(select(Graduate).where(Graduate.closed_at.is_(None), unowned), actor).order_by(Graduate.id)).all()
            return self._listed(session, actor, [row for row in rows if row.categories or not knows_all_key_groups(actor)])

    def load(self, actor: Actor) -> list[tuple[str, int | None, int]]:
        """Helpers with the number of open files of each, the most loaded first: name, staff id where they have one, count."""
        counted = select(Pairing.helper, Pairing.helper_staff_id, func.count()).join(Graduate, Graduate.id == Pairing.graduate_id)
        chosen = visible(counted.where(Pairing.ended_at.is_(None), Graduate.closed_at.is_(None)), actor)
        with self._sessions() as session:
            rows = session.execute(chosen.group_by(Pairing.helper, Pairing.helper_staff_id).order_by(func.count().desc(), Pairing.helper))
            return [(name, staff_id, count) for name, staff_id, count in rows]

    def classes(self, actor: Actor) -> list[ClassState]:
        """The completeness of every class that this person may see."""
        now = self._clock.now()
        groups: dict[tuple[str, str], list[dict[str, bool]]] = defaultdict(list)
        placed: Counter[tuple[str, str]] = Counter()
        with self._sessions() as session:
            rows = session.scalars(visible(select(Graduate), actor).order_by(Graduate.college, Graduate.class_name, Graduate.id)).all()
            facts = facts_of(session, [row.id for row in rows])
        for row in rows:
            groups[row.college, row.class_name].append(_clear(row, facts[row.id], now))
            placed[row.college, row.class_name] += row.destination not in texts.NOT_PLACED
        return [
            ClassState(college, name, len(states), {mark: sum(state[mark] for state in states) for mark in texts.MARKS}, placed[college, name])
            for (college, name), states in groups.items()
        ]

    def _of(self, actor: Actor, condition: ColumnElement[bool], order: Any) -> list[Listed]:
        with self._sessions() as session:
            chosen = visible(select(Graduate).where(Graduate.closed_at.is_(None), condition), actor)
            return self._listed(session, actor, session.scalars(chosen.order_by(order, Graduate.id)).all())

    def _listed(self, session: Session, actor: Actor, rows: Sequence[Graduate]) -> list[Listed]:
        facts = facts_of(session, [row.id for row in rows])
        return [_listed(row, facts[row.id], actor, self._clock.now()) for row in rows]


def masked_number(number: str) -> str:
    """A student or phone number of which enough is left to tell two apart, and not enough to use it.

    >>> masked_number("13800001234"), masked_number("20221234"), masked_number("A1")
    ('138****1234', '202***34', '**')
    """
    if len(number) < 6:
        return "*" * len(number)
    head, tail = 3, 4 if len(number) >= 11 else 2
    return f"{number[:head]}{'*' * (len(number) - head - tail)}{number[-tail:]}"


def masked_name(name: str) -> str:
    """A name for those who may not know whose file it is: the first character and stars."""
    return name[:1] + "*" * max(1, len(name) - 1)


def _narrowed(wanted: Wanted) -> Select[Graduate]:
    chosen = select(Graduate)
    equal = {"college": wanted.college, "class_name": wanted.class_name, "cohort": wanted.cohort, "destination": wanted.destination}
    for field, value in equal.items():
        if value:
            chosen = chosen.where(getattr(Graduate, field) == value)
    if wanted.is_open is not None:
        chosen = chosen.where(Graduate.closed_at.is_(None) if wanted.is_open else Graduate.closed_at.is_not(None))
    if wanted.helper_staff_id is not None:
        theirs = select(Pairing.id).where(Pairing.graduate_id == Graduate.id, Pairing.ended_at.is_(None))
        chosen = chosen.where(theirs.where(Pairing.helper_staff_id == wanted.helper_staff_id).exists())
    for word in wanted.words.split():
        chosen = chosen.where(or_(*_holding(word, (Graduate.name, Graduate.student_number, Graduate.class_name, Graduate.major))))
    return chosen


def _holding(word: str, columns: Iterable[Any]) -> list[ColumnElement[bool]]:
    return [column.icontains(word, autoescape=True) for column in columns]


def _listed(row: Graduate, facts: Facts, actor: Actor, now: datetime) -> Listed:
    return Listed(
        id=row.id,
        name=masked_name(row.name) if actor.role is Role.READ_ONLY else row.name,
        student_number=masked_number(row.student_number),
        phone=masked_number(row.phone),
        college=row.college,
        class_name=row.class_name,
        cohort=row.cohort,
        degree=row.degree,
        major=row.major,
        destination=row.destination,
        left_school_on=row.left_school_on,
        next_contact_on=row.next_contact_on,
        touched_at=row.touched_at,
        helper=facts.helper,
        last_contact_at=facts.last_contact_at,
        marks=_clear(row, facts, now),
        is_open=row.closed_at is None,
    )


def _clear(row: Graduate, facts: Facts, now: datetime) -> dict[str, bool]:
    return {mark: not missing for mark, missing in marks(row, facts, now).items()}

"""What the ledger takes in and gives out. No database here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

Level = Literal["principal", "school", "college", "other"]
"""Who visited: 书记、校长; other members of the school's leadership; a college's leadership and heads of programmes; anybody else."""
LEVELS: tuple[Level, ...] = get_args(Level)
Outcome = Literal["recommended", "interviewed", "offered", "signed", "declined", "rejected"]
"""Recommended to the employer, interviewed, offered the post, signed; the candidate declined; the employer did not take them."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Change = Literal["new", "updated", "unchanged"]


@dataclass(frozen=True)
class EmployerRecord:
    """An employer as the ledger knows it. Empty text means that nothing is known."""

    name: str
    type: str = ""
    city: str = ""
    credit_code: str = ""
    site: str = ""
    mail_domain: str = ""
    address: str = ""
    note: str = ""
    checks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class VisitRecord:
    """A visit; where `is_new` is None an employer counts as new that nobody visited before that day."""

    employer: str
    visited_on: date
    visitor: str
    level: Level = "other"
    college: str = ""
    is_new: bool | None = None
    posts_gained: int = 0
    note: str = ""


@dataclass(frozen=True)
class NeedRecord:
    """A need: so many people for a post, with these majors and this degree, by then."""

    employer: str
    post: str
    headcount: int | None = None
    majors: str = ""
    degree: str = ""
    needed_by: date | None = None
    note: str = ""


@dataclass(frozen=True)
class ListedEmployer:
    """An employer with what the ledger counts of it."""

    id: int
    record: EmployerRecord
    visits: int
    last_visit: date | None
    needs: int
    postings: int


@dataclass(frozen=True)
class Statement:
    """What became of a candidate, as it was said last; `history` the outcomes before, oldest first."""

    reference: str
    outcome: Outcome
    note: str
    by: str
    at: datetime
    posting_id: int | None
    history: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class LinkedPosting:
    """A posting that answers a need, as it stands now."""

    id: int
    title: str
    status: str


@dataclass(frozen=True)
class Trace:
    """A need, the postings that came of it and the candidates that came of those."""

    need_id: int
    need: NeedRecord
    postings: tuple[LinkedPosting, ...] = ()
    candidates: tuple[Statement, ...] = ()

    @property
    def signed(self) -> int:
        """How many candidates signed."""
        return sum(1 for candidate in self.candidates if candidate.outcome == "signed")


@dataclass(frozen=True)
class Targets:
    """What is to be reached in the period; the numbers are those of 教学厅函〔2022〕3号 (100) and of the yearly notice (10 on average)."""

    principal_visited: int = 100
    """Employers that 书记、校长 visit together."""
    school_new: int = 100
    """Employers new to the school that its leadership visits."""
    college_average: int = 10
    """Employers that each visitor of a college visits, on average."""


@dataclass(frozen=True)
class Count:
    """Distinct employers somebody visited in the period, how many of them new, and the posts gained."""

    visitor: str
    level: Level
    college: str
    employers: int
    new: int
    posts: int


@dataclass(frozen=True)
class Goal:
    """A target and how far it is reached."""

    name: str
    reached: float
    target: int
    definition: str

    @property
    def met(self) -> bool:
        return self.reached >= self.target


@dataclass(frozen=True)
class VisitReport:
    """The counts of a period, both days included; they can be recounted from the rows of the visits."""

    start: date
    end: date
    people: tuple[Count, ...]
    goals: tuple[Goal, ...]
    employers: int
    new: int
    posts: int
    definitions: tuple[str, ...] = field(default=())

"""What each condition means: does this posting fit what was asked for? The single home of that; the index only has to find the same.

Three grades. A posting that surely fits is shown first; one that may fit is shown behind, with what is uncertain; else it is not shown at
all. What is not written is no promise: an unwritten 双休 is none, an unknown salary meets no wish for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from knowledge.postings.record import TraitName
from knowledge.postings.search import texts
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.majors import ANY, UNSAID, asked_terms
from knowledge.postings.search.meanings import (
    ANYWHERE,
    Row,
    accepted_types,
    asked_years,
    city_names,
    conditional_years,
    day_span,
    denies_trait,
    has_trait,
    is_open,
    is_salary_unsaid,
    last_past_class,
    major_terms,
    named,
    place,
    provinces,
    salary_band,
    salary_span,
    searched_text,
)
from knowledge.postings.search.words import stands_in

TRAIT_CONDITIONS: tuple[TraitName, ...] = ("weekends_off", "no_overtime", "housing", "meals", "hukou", "remote", "internship", "tenured")


class Grade(IntEnum):
    """How a posting stands to a condition; of several the lowest counts."""

    NO = 0
    UNCERTAIN = 1
    YES = 2


@dataclass(frozen=True)
class Verdict:
    """A grade; for an uncertain one the reason in Chinese."""

    grade: Grade
    reason: str = ""


@dataclass(frozen=True)
class Doubt:
    """A condition (by its name in `CONDITIONS`) that a posting may not meet, and why, in Chinese."""

    condition: str
    reason: str

    @property
    def label(self) -> str:
        """What the condition is called."""
        return texts.LABELS[self.condition]


@dataclass(frozen=True)
class Fit:
    """How a posting stands to all conditions: what is uncertain of it, or by which condition it falls."""

    grade: Grade
    doubts: tuple[Doubt, ...] = ()
    failed: str | None = None


Condition = Callable[[Row, Criteria, date], Verdict]
_YES, _NO = Verdict(Grade.YES), Verdict(Grade.NO)


def fit(row: Row, criteria: Criteria, today: date) -> Fit:
    """Whether a posting fits on a day: surely, with doubts, or not, and then the name of the condition it falls by."""
    doubts = []
    for name in ("open", *conditions_of(criteria)):
        verdict = CONDITIONS[name](row, criteria, today)
        if verdict.grade is Grade.NO:
            return Fit(Grade.NO, failed=name)
        if verdict.grade is Grade.UNCERTAIN:
            doubts.append(Doubt(name, verdict.reason))
    return Fit(Grade.UNCERTAIN if doubts else Grade.YES, tuple(doubts))


@lru_cache(maxsize=256)
def conditions_of(criteria: Criteria) -> tuple[str, ...]:
    """The names of the conditions that decide: those asked for, an internship always, for who did not ask for one should know."""
    asked = {"salary" if name in ("salary_min", "salary_max") else name for name in criteria.asked()}
    return tuple(name for name in CONDITIONS if name in asked or name == "internship")


def _open(row: Row, _criteria: Criteria, today: date) -> Verdict:
    if not is_open(row, today):
        return _NO
    if row.deadline is not None or row.deadline_state == "open":
        return _YES
    return Verdict(Grade.UNCERTAIN, texts.DEADLINE_UNTIL_FILLED if row.deadline_state == "until_filled" else texts.DEADLINE_UNKNOWN)


def _cities(row: Row, criteria: Criteria, _today: date) -> Verdict:
    if set(city_names(criteria)).intersection(row.cities):
        return _YES
    return Verdict(Grade.UNCERTAIN, texts.ANYWHERE.format(text=ANYWHERE)) if ANYWHERE in row.cities else _NO


def _districts(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(any(stands_in(name, place(row)) for name in named(criteria.districts)))


def _provinces(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(bool(provinces(row).intersection(criteria.provinces)))


def _roles(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(bool(set(criteria.roles).intersection(row.roles)))


def _words(row: Row, criteria: Criteria, _today: date) -> Verdict:
    text = searched_text(row)
    return _when(all(stands_in(word, text) for word in named(criteria.words)))


def _employer(row: Row, criteria: Criteria, _today: date) -> Verdict:
    asked = named((criteria.employer or "",))
    return _when(bool(asked) and stands_in(asked[0], row.employer))


def _employer_types(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(row.employer_type in accepted_types(criteria.employer_types))


def _salary(row: Row, criteria: Criteria, _today: date) -> Verdict:
    low, high = salary_span(row)
    if not high:
        return Verdict(Grade.UNCERTAIN, _unsaid(row)) if criteria.negotiable_ok and is_salary_unsaid(row) else _NO
    band = salary_band(criteria)
    if band is not None:
        return _when(low <= band[1] and high >= band[0])
    wanted = criteria.salary_min or 0
    if low >= wanted:
        return _YES
    return Verdict(Grade.UNCERTAIN, texts.ONLY_UPPER_END.format(text=row.salary_text)) if high >= wanted else _NO


def _unsaid(row: Row) -> str:
    return texts.SALARY_UNSAID.format(text=row.salary_text) if row.salary_text else texts.SALARY_EMPTY


def _daily_min(row: Row, criteria: Criteria, _today: date) -> Verdict:
    (low, high), wanted = day_span(row), criteria.daily_min or 0
    if not high:
        return _NO
    if low >= wanted:
        return _YES
    return Verdict(Grade.UNCERTAIN, texts.DAY_UPPER_END.format(text=row.salary_text)) if high >= wanted else _NO


def _negotiable_ok(_row: Row, _criteria: Criteria, _today: date) -> Verdict:
    return _YES


def _education(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when((row.education or 0) <= int(criteria.education or 0))


def _major(row: Row, criteria: Criteria, _today: date) -> Verdict:
    terms, asked = major_terms(row), asked_terms(criteria.major or "")
    if terms & asked.sure:
        return _YES
    if not terms & asked.unsure:
        return _NO
    if ANY in terms:
        return Verdict(Grade.UNCERTAIN, texts.ANY_MAJOR.format(major=(criteria.major or "").removesuffix("专业")))
    return Verdict(Grade.UNCERTAIN, texts.MAJOR_UNSAID if UNSAID in terms else texts.BROAD_MAJOR.format(text=row.majors_text))


def _cohort(row: Row, criteria: Criteria, _today: date) -> Verdict:
    if row.any_cohort:
        return _YES
    meant, conditional = asked_years(criteria).intersection(row.cohorts), conditional_years(row)
    if meant - conditional:
        return _YES
    if meant:
        return Verdict(Grade.UNCERTAIN, texts.COHORT_CONDITION.format(year=min(meant), text=row.cohort_condition))
    return _NO if row.cohorts else Verdict(Grade.UNCERTAIN, texts.COHORT_UNSAID)


def _past_cohort(row: Row, _criteria: Criteria, today: date) -> Verdict:
    if row.any_cohort:
        return _YES
    if any(year <= last_past_class(today) for year in row.cohorts):
        return Verdict(Grade.UNCERTAIN, texts.COHORT_PAST_YEARS.format(text=row.cohort_text))
    return _NO if row.cohorts else Verdict(Grade.UNCERTAIN, texts.COHORT_UNSAID)


def _internship(row: Row, criteria: Criteria, _today: date) -> Verdict:
    is_one = has_trait(row, "internship")
    if criteria.internship is None:
        return Verdict(Grade.UNCERTAIN, texts.INTERNSHIP) if is_one else _YES
    return _when(is_one is criteria.internship)


def _no_overtime(row: Row, criteria: Criteria, _today: date) -> Verdict:
    if has_trait(row, "no_overtime") is criteria.no_overtime:
        return _YES
    if criteria.no_overtime and has_trait(row, "weekends_off") and not denies_trait(row, "no_overtime"):
        return Verdict(Grade.UNCERTAIN, texts.OVERTIME_UNSAID)
    return _NO


def _trait(name: TraitName) -> Condition:
    return lambda row, criteria, _today: _when(has_trait(row, name) is getattr(criteria, name))


def _deadline_until(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(criteria.deadline_until is not None and row.deadline is not None and row.deadline <= criteria.deadline_until)


def _deadline_from(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(criteria.deadline_from is not None and row.deadline is not None and row.deadline >= criteria.deadline_from)


def _posted_since(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(criteria.posted_since is not None and row.posted_on is not None and row.posted_on >= criteria.posted_since)


def _exclude_roles(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(not set(criteria.exclude_roles).intersection(row.roles))


def _exclude_words(row: Row, criteria: Criteria, _today: date) -> Verdict:
    text = searched_text(row)
    return _when(not any(stands_in(word, text) for word in named(criteria.exclude_words)))


def _exclude_cities(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(not set(criteria.exclude_cities).intersection(row.cities))


def _exclude_employer_types(row: Row, criteria: Criteria, _today: date) -> Verdict:
    return _when(row.employer_type not in accepted_types(criteria.exclude_employer_types))


def _when(holds: bool) -> Verdict:
    return _YES if holds else _NO


CONDITIONS: dict[str, Condition] = {
    "open": _open,
    "cities": _cities,
    "districts": _districts,
    "provinces": _provinces,
    "roles": _roles,
    "words": _words,
    "employer": _employer,
    "employer_types": _employer_types,
    "salary": _salary,
    "daily_min": _daily_min,
    "negotiable_ok": _negotiable_ok,
    "education": _education,
    "major": _major,
    "cohort": _cohort,
    "past_cohort": _past_cohort,
    "internship": _internship,
    **{name: _trait(name) for name in TRAIT_CONDITIONS if name not in ("internship", "no_overtime")},
    "no_overtime": _no_overtime,
    "deadline_until": _deadline_until,
    "deadline_from": _deadline_from,
    "posted_since": _posted_since,
    "exclude_roles": _exclude_roles,
    "exclude_words": _exclude_words,
    "exclude_cities": _exclude_cities,
    "exclude_employer_types": _exclude_employer_types,
}
"""By the names of `Criteria`'s fields; `salary` is that of `salary_min` and `salary_max` together."""

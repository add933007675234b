"""A row of a file becomes a posting, or the reason why it cannot be one. Everything that is odd about it is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge.postings import texts
from knowledge.postings.columns import FIELD_NAMES
from knowledge.postings.fields.cleaning import clean, clean_line, compact
from knowledge.postings.fields.cohorts import looks_like_cohort, read_cohorts
from knowledge.postings.fields.dates import DayReading, looks_like_day, read_day
from knowledge.postings.fields.education import looks_like_education, read_education
from knowledge.postings.fields.employer_types import looks_like_company, looks_like_employer_type, read_employer_type
from knowledge.postings.fields.headcount import looks_like_headcount, read_headcount
from knowledge.postings.fields.labelled import LABELLED, labelled
from knowledge.postings.fields.majors import read_majors
from knowledge.postings.fields.places import Places, looks_like_city, read_places
from knowledge.postings.fields.roles import roles_in
from knowledge.postings.fields.salary import looks_like_salary, read_salary
from knowledge.postings.fields.traits import read_traits
from knowledge.postings.gathered_cells import Cells
from knowledge.postings.reading import Row
from knowledge.postings.record import Cohorts, PostingFields, Salary

LONGEST = {
    "title": 200,
    "employer": 200,
    "source": 100,
    "external_id": 100,
    "employer_type": 50,
    "district": 100,
    "place": 200,
    "salary": 100,
    "education": 100,
    "cohort": 200,
    "headcount": 50,
    "deadline": 100,
    "url": 500,
    "majors": 1_000,
    "description": 20_000,
    "benefits": 2_000,
    "contact": 1_000,
}
"""Characters that a field may have; of what is longer the beginning is kept, except for title and employer, where it means displaced columns."""


_LETTER = re.compile(r"\w")


class RowRefused(Exception):
    """A row that cannot become a posting; the message is the Chinese reason."""


@dataclass(frozen=True)
class Issue:
    """Something odd about a row, in Chinese. What `hinders` keeps the posting from graduates until a person has looked."""

    text: str
    hinders: bool = True


@dataclass(frozen=True)
class Understood:
    """A row understood."""

    row: Row
    fields: PostingFields
    issues: tuple[Issue, ...] = ()


def understand(row: Row, cells: Cells, source: str) -> Understood:
    """The posting that a row describes, its cells gathered by field; `source` stands in where the row names none. Raises RowRefused."""
    if row.problem:
        raise RowRefused(row.problem)
    _refuse_damaged(row, cells)
    issues = [*_displaced(cells)]
    description = clean(cells.text("description"))
    cells = cells.completed({field: labelled(description, field) for field in LABELLED})
    posted = read_day(cells.text("posted_on"))
    deadline = read_day(cells.text("deadline"), posted.day)
    place = read_places(cells.text("city"), cells.text("district"), cells.text("address"))
    salary = read_salary(cells.salary_text())
    issues += _day_issues(posted, deadline) + ([Issue(place.issue)] if place.issue else [])
    issues += [Issue(note, hinders=False) for note in salary.notes]
    fields = _fields(cells, description, place, salary.salary, posted, deadline, source)
    cut, cuts = _cut(fields)
    return Understood(row, cut, (*issues, *cuts))


def _fields(cells: Cells, description: str, place: Places, salary: Salary, posted: DayReading, deadline: DayReading, source: str) -> PostingFields:
    title, benefits = clean_line(cells.text("title")), clean(cells.text("benefits"))
    majors, any_major = read_majors(cells.text("majors"))
    education = clean_line(cells.text("education"))
    employer_type = clean_line(cells.text("employer_type"))
    headcount = clean_line(cells.text("headcount"))
    return PostingFields(
        title=title,
        employer=clean_line(cells.text("employer")),
        source=clean_line(cells.text("source")) or source,
        external_id=clean_line(cells.text("external_id")),
        employer_type=read_employer_type(employer_type),
        employer_type_text=employer_type,
        cities=place.cities,
        district=place.district,
        place_text=place.text,
        roles=roles_in(title),
        salary=salary,
        education_text=education,
        education=read_education(education),
        majors_text=clean_line(cells.text("majors")),
        majors=majors,
        any_major=any_major,
        cohorts=_cohorts(cells, title, posted.day),
        headcount_text=headcount,
        headcount=read_headcount(headcount),
        traits=read_traits(title, [benefits, description], cells.traits),
        description=description,
        benefits=benefits,
        posted_on=posted.day,
        deadline=deadline.day,
        deadline_text=clean_line(cells.text("deadline")),
        deadline_state=deadline.state,
        contact=clean(cells.text("contact")),
        url=clean_line(cells.text("url")),
        extra=cells.extra,
    )


def _cohorts(cells: Cells, title: str, posted_on: date | None) -> Cohorts:
    """The years of their own column; where there is none, those that the title names (会计（2027届）)."""
    own = read_cohorts(cells.text("cohort"), posted_on)
    if own.text:
        return own
    named = read_cohorts(title, posted_on)
    return named if named.years and "届" in title else own


# What is wrong with a row


_KINDS: dict[str, Callable[[str], bool]] = {
    "salary": looks_like_salary,
    "education": looks_like_education,
    "day": looks_like_day,
    "cohort": looks_like_cohort,
    "employer_type": looks_like_employer_type,
    "city": looks_like_city,
    "headcount": looks_like_headcount,
    "employer": looks_like_company,
}
_MAY_HOLD: dict[str, frozenset[str]] = {
    "title": frozenset(),
    "employer": frozenset({"employer"}),
    "city": frozenset({"city"}),
    "district": frozenset({"city"}),
    "employer_type": frozenset({"employer_type"}),
    "salary": frozenset({"salary"}),
    "education": frozenset({"education"}),
    "majors": frozenset({"education"}),
    "cohort": frozenset({"cohort", "education", "day"}),
    "headcount": frozenset({"headcount"}),
    "posted_on": frozenset({"day"}),
    "deadline": frozenset({"day"}),
}
"""Field → kinds of text that may stand in it; another kind there means that the columns are displaced."""


def _refuse_damaged(row: Row, cells: Cells) -> None:
    if "\ufffd" in "".join(row.cells.values()):
        raise RowRefused(texts.MOJIBAKE)
    if len(row.cells) == 1 and len(cells.values) <= 1:
        raise RowRefused(texts.REMARK_ROW)
    if row.surplus:
        raise RowRefused(texts.SURPLUS.format(count=len(row.surplus), sample=row.surplus[0][:20]))
    for field, reason in (("title", texts.NO_TITLE), ("employer", texts.NO_EMPLOYER)):
        said = clean_line(cells.text(field))
        if not _LETTER.search(said):
            raise RowRefused(reason)
        if len(said) > LONGEST[field]:
            raise RowRefused(texts.TOO_LONG.format(column=FIELD_NAMES[field], length=len(said)))


def _displaced(cells: Cells) -> list[Issue]:
    """One text in a column of another kind is odd; two, or one in place of the job or the employer, and the row is refused."""
    kinds = {field: _kind_of(cells.text(field)) for field in _MAY_HOLD}
    misplaced = {field: kind for field, kind in kinds.items() if kind and kind not in _MAY_HOLD[field]}
    said = [
        texts.ONE_MISPLACED.format(column=FIELD_NAMES[field], kind=texts.KINDS[kind], value=clean_line(cells.text(field))[:20])
        for field, kind in misplaced.items()
    ]
    if len(misplaced) > 1 or {"title", "employer"} & set(misplaced):
        raise RowRefused(texts.DISPLACED.format(details="，".join(said)))
    return [Issue(reason) for reason in said]


@lru_cache(maxsize=8192)
def _kind_of(text: str) -> str | None:
    """What kind of text this can only be, if one; short texts come again and again, so they are remembered."""
    if not text or len(text) > 60 or len(compact(text)) > 30:
        return None
    return next((kind for kind, looks_like in _KINDS.items() if looks_like(text)), None)


def _day_issues(posted: DayReading, deadline: DayReading) -> list[Issue]:
    issues = [
        Issue(texts.FIELD_ISSUE.format(column=FIELD_NAMES[field], issue=reading.issue))
        for field, reading in (("posted_on", posted), ("deadline", deadline))
        if reading.issue
    ]
    if posted.day and deadline.day and deadline.day < posted.day:
        issues.append(Issue(texts.DATES_CROSSED.format(deadline=deadline.day, posted=posted.day)))
    return issues


def _cut(fields: PostingFields) -> tuple[PostingFields, list[Issue]]:
    """The fields within the bounds of the store, and what was cut off."""
    long: dict[str, str] = {
        "employer_type": "employer_type_text",
        "education": "education_text",
        "majors": "majors_text",
        "headcount": "headcount_text",
        "deadline": "deadline_text",
        "description": "description",
        "benefits": "benefits",
        "contact": "contact",
        "url": "url",
        "source": "source",
        "external_id": "external_id",
    }
    changed = {name: getattr(fields, name)[: LONGEST[field]] for field, name in long.items() if len(getattr(fields, name)) > LONGEST[field]}
    issues = [
        Issue(texts.CUT.format(column=FIELD_NAMES[field], most=LONGEST[field]), hinders=False) for field, name in long.items() if name in changed
    ]
    if len(fields.salary.text) > LONGEST["salary"]:
        changed["salary"] = replace(fields.salary, text=fields.salary.text[: LONGEST["salary"]])
        issues.append(Issue(texts.CUT.format(column=FIELD_NAMES["salary"], most=LONGEST["salary"]), hinders=False))
    if len(fields.cohorts.text) > LONGEST["cohort"]:
        changed["cohorts"] = replace(fields.cohorts, text=fields.cohorts.text[: LONGEST["cohort"]])
        issues.append(Issue(texts.CUT.format(column=FIELD_NAMES["cohort"], most=LONGEST["cohort"]), hinders=False))
    return (replace(fields, **changed) if changed else fields), issues

"""A posting between its two forms: `record.PostingFields` and the columns of `models.Posting`."""

from __future__ import annotations

from typing import Any

from knowledge.postings.models import Posting
from knowledge.postings.record import Cohorts, Degree, PostingFields, Salary, Trait


def columns_of(fields: PostingFields) -> dict[str, Any]:
    """The columns that hold what a posting says; not its status, its key or where it came from."""
    return {
        "external_id": fields.external_id,
        "title": fields.title,
        "employer": fields.employer,
        "employer_type": fields.employer_type,
        "employer_type_text": fields.employer_type_text,
        "cities": list(fields.cities),
        "district": fields.district,
        "place_text": fields.place_text,
        "roles": list(fields.roles),
        "salary_text": fields.salary.text,
        "salary_min": fields.salary.minimum,
        "salary_max": fields.salary.maximum,
        "salary_months": fields.salary.months,
        "salary_period": fields.salary.period,
        "day_min": fields.salary.day_minimum,
        "day_max": fields.salary.day_maximum,
        "negotiable": fields.salary.negotiable,
        "open_ended": fields.salary.open_ended,
        "education_text": fields.education_text,
        "education": None if fields.education is None else int(fields.education),
        "majors_text": fields.majors_text,
        "majors": list(fields.majors),
        "any_major": fields.any_major,
        "cohort_text": fields.cohorts.text,
        "cohorts": list(fields.cohorts.years),
        "any_cohort": fields.cohorts.any,
        "cohort_condition": fields.cohorts.condition,
        "headcount_text": fields.headcount_text,
        "headcount": fields.headcount,
        "traits": {name: [trait.value, trait.evidence] for name, trait in fields.traits.items() if trait.value is not None},
        "description": fields.description,
        "benefits": fields.benefits,
        "posted_on": fields.posted_on,
        "deadline": fields.deadline,
        "deadline_text": fields.deadline_text,
        "deadline_state": fields.deadline_state,
        "contact": fields.contact,
        "url": fields.url,
        "extra": dict(fields.extra),
    }


def fields_of(posting: Posting, source: str = "") -> PostingFields:
    """What a stored posting says; `source` is the origin's that is meant, for a posting may have several."""
    return PostingFields(
        title=posting.title,
        employer=posting.employer,
        source=source,
        external_id=posting.external_id,
        employer_type=posting.employer_type,
        employer_type_text=posting.employer_type_text,
        cities=tuple(posting.cities),
        district=posting.district,
        place_text=posting.place_text,
        roles=tuple(posting.roles),
        salary=_salary(posting),
        education_text=posting.education_text,
        education=None if posting.education is None else Degree(posting.education),
        majors_text=posting.majors_text,
        majors=tuple(posting.majors),
        any_major=posting.any_major,
        cohorts=Cohorts(posting.cohort_text, tuple(posting.cohorts), posting.any_cohort, posting.cohort_condition),
        headcount_text=posting.headcount_text,
        headcount=posting.headcount,
        traits={name: Trait(value, evidence) for name, (value, evidence) in posting.traits.items()},  # type: ignore[misc]
        description=posting.description,
        benefits=posting.benefits,
        posted_on=posting.posted_on,
        deadline=posting.deadline,
        deadline_text=posting.deadline_text,
        deadline_state=posting.deadline_state,  # type: ignore[arg-type]
        contact=posting.contact,
        url=posting.url,
        extra=dict(posting.extra),
    )


def _salary(posting: Posting) -> Salary:
    return Salary(
        posting.salary_text,
        posting.salary_min,
        posting.salary_max,
        posting.salary_months,
        posting.salary_period,  # type: ignore[arg-type]
        posting.day_min,
        posting.day_max,
        posting.negotiable,
        posting.open_ended,
    )

"""What a posting's columns come to and what a wish's fields mean, as the conditions of `fitting` and the index both take them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from knowledge.language.places import province_of
from knowledge.postings.record import TraitName
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.majors import written_terms
from knowledge.postings.search.surroundings import around
from knowledge.postings.search.words import asked_runs

PUBLISHED = "published"
ABOUT_FROM, ABOUT_TO = 0.85, 1.2
"""一万左右: a span that meets 0.85 to 1.2 of the sum."""
ANYWHERE = "全国"
_STATE_OWNED = "国有企业"
_STATE_OWNED_TOO = "央企"
_SEASON_STARTS = 9
"""The month from which employers look for those who graduate in the following year."""
_LONG_AGO = 2
"""Who graduated so many classes before the present one has no fresh status left; a posting that names just such years takes 往届 at most."""


class Row(Protocol):
    """The columns of `models.Posting` that decide; rows of a query and objects of the session both have them."""

    status: Any
    title: Any
    employer: Any
    employer_type: Any
    cities: Any
    district: Any
    place_text: Any
    roles: Any
    salary_text: Any
    salary_min: Any
    salary_max: Any
    day_min: Any
    day_max: Any
    education: Any
    majors_text: Any
    majors: Any
    any_major: Any
    cohort_text: Any
    cohorts: Any
    any_cohort: Any
    cohort_condition: Any
    traits: Any
    description: Any
    benefits: Any
    posted_on: Any
    deadline: Any
    deadline_state: Any


def is_open(row: Row, today: date) -> bool:
    """Whether graduates may see it: reviewed, and its last day not over."""
    return bool(row.status == PUBLISHED and (row.deadline is None or row.deadline >= today))


def salary_span(row: Row) -> tuple[int, int]:
    """Yuan a month from and to; (0, 0) where nothing is known. A floor without a ceiling reaches no further than itself."""
    low, high = row.salary_min or 0, row.salary_max or 0
    return low, max(low, high)


def salary_band(criteria: Criteria) -> tuple[int, int] | None:
    """The band that a span must meet; None where a floor is asked for."""
    if criteria.salary_wish == "at_least" and criteria.salary_max is None:
        return None
    if criteria.salary_wish == "about" and criteria.salary_min is not None:
        return math.ceil(criteria.salary_min * ABOUT_FROM), math.floor(criteria.salary_min * ABOUT_TO)
    return criteria.salary_min or 1, criteria.salary_max if criteria.salary_max is not None else 10**9


def is_salary_unsaid(row: Row) -> bool:
    """Neither a sum a month nor one a day follows from the text."""
    return salary_span(row)[1] == 0 and day_span(row)[1] == 0


def day_span(row: Row) -> tuple[int, int]:
    """Yuan a day from and to; (0, 0) where it is not paid by the day."""
    low, high = row.day_min or 0, row.day_max or 0
    return low, max(low, high)


def city_names(criteria: Criteria) -> tuple[str, ...]:
    """The cities that fit, those asked for first, then those around them where these are welcome."""
    return (*criteria.cities, *around(criteria.cities)) if criteria.nearby else criteria.cities


def accepted_types(types: Sequence[str]) -> frozenset[str]:
    """The kinds of employer that are meant: a central state-owned one (央企) is a state-owned one (国企) as well."""
    return frozenset({*types, _STATE_OWNED_TOO} if _STATE_OWNED in types else types)


def provinces(row: Row) -> frozenset[str]:
    """The provinces of a posting's cities."""
    return frozenset(province_of(city) for city in row.cities)


def has_trait(row: Row, trait: TraitName) -> bool:
    """Whether it is written that the posting offers something."""
    return bool((row.traits.get(trait) or (None,))[0] is True)


def denies_trait(row: Row, trait: TraitName) -> bool:
    """Whether it is written that the posting does not offer something."""
    return bool((row.traits.get(trait) or (None,))[0] is False)


def graduating_class(today: date) -> int:
    """The class that is 应届 on a day: from September on the one of the next year."""
    return today.year + (today.month >= _SEASON_STARTS)


def last_past_class(today: date) -> int:
    """The latest class that is 往届 beyond doubt."""
    return graduating_class(today) - _LONG_AGO


def asked_years(criteria: Criteria) -> frozenset[int]:
    """The graduating classes of which any will do."""
    return frozenset((*criteria.or_cohorts, *([criteria.cohort] if criteria.cohort is not None else [])))


def conditional_years(row: Row) -> frozenset[int]:
    """Years that may apply only under the condition written (2025届未就业视同应届)."""
    condition = row.cohort_condition or ""
    return frozenset(year for year in row.cohorts if f"{year}" in condition or f"{year % 100:02d}届" in condition) if condition else frozenset()


def major_terms(row: Row) -> frozenset[str]:
    """What the posting writes of majors, as the terms of `majors`."""
    return written_terms(row.majors, row.majors_text, row.any_major)


def searched_text(row: Row) -> str:
    """Where free words are looked for."""
    return "|".join((row.title, row.employer, row.majors_text, row.description, row.benefits))


def place(row: Row) -> str:
    """Where a district is looked for."""
    return f"{row.district}|{row.place_text}"


def named(words: Sequence[str]) -> tuple[str, ...]:
    """The words that hold anything to look for."""
    return tuple(word for word in words if asked_runs(word))

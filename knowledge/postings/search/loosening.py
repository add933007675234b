"""When nothing surely fits: which single condition to let go or to ease, ordered by how little that changes what was asked for.

What a graduate is (degree, class, major) is never eased, and neither is what was ruled out: a count there would be a count of jobs that
cannot be had or are not wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from knowledge.language.places import province_of
from knowledge.postings.fields.roles import near
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.surroundings import around


@dataclass(frozen=True)
class Loosening:
    """A condition by its field's name, what is asked for without it or with less of it, and how many postings may fit then."""

    condition: str
    criteria: Criteria
    total: int


BestPay = Callable[[Criteria], int | None]
"""The highest floor (yuan a month) among postings that fit all else; None where none says one."""
Count = Callable[[Criteria], int]


def loosenings(criteria: Criteria, count: Count, best_pay: BestPay) -> tuple[Loosening, ...]:
    """What each easing would give, those that give something, the smallest step first."""
    found: list[Loosening] = []
    for condition, eased in _steps(criteria, best_pay):
        if eased.is_empty() or any(each.condition == condition for each in found):
            continue  # everything there is is no help; and a smaller step on the same condition helps already
        total = count(eased)
        if total:
            found.append(Loosening(condition, eased, total))
    return tuple(found)


def _steps(criteria: Criteria, best_pay: BestPay) -> Iterator[tuple[str, Criteria]]:
    """Single easings by how little they change; a condition may come again with a larger step."""
    yield from _pay_steps(criteria, best_pay)
    if criteria.districts:
        yield "districts", replace(criteria, districts=())
    if criteria.cities and not criteria.nearby and around(criteria.cities):
        yield "cities", replace(criteria, nearby=True)
    if criteria.posted_since is not None:
        yield "posted_since", replace(criteria, posted_since=None)
    if criteria.deadline_until is not None:
        yield "deadline_until", replace(criteria, deadline_until=None, deadline_from=None)
    for trait in ("meals", "no_overtime", "weekends_off", "housing", "remote", "hukou", "tenured", "internship"):
        if getattr(criteria, trait) is not None:
            yield trait, _without(criteria, trait)
    if criteria.employer_types:
        yield "employer_types", replace(criteria, employer_types=())
    if criteria.employer is not None:
        yield "employer", replace(criteria, employer=None)
    if criteria.cities:
        own = {province_of(city) for city in criteria.cities}
        yield "cities", replace(criteria, cities=(), nearby=False, provinces=tuple(sorted({*criteria.provinces, *own})))
        yield "cities", replace(criteria, cities=(), nearby=False)
    if criteria.provinces:
        yield "provinces", replace(criteria, provinces=())
    if criteria.words:
        yield "words", replace(criteria, words=())
    if criteria.roles:
        if others := near(criteria.roles):
            yield "roles", replace(criteria, roles=(*criteria.roles, *others))
        yield "roles", replace(criteria, roles=())


def _without(criteria: Criteria, condition: str) -> Criteria:
    free: dict[str, Any] = {condition: None}
    return replace(criteria, **free)


def _pay_steps(criteria: Criteria, best_pay: BestPay) -> Iterator[tuple[str, Criteria]]:
    if criteria.salary_min is not None or criteria.salary_max is not None:
        free = replace(criteria, salary_min=None, salary_max=None, salary_wish="at_least", negotiable_ok=False)
        best = best_pay(free)
        if best is not None and criteria.salary_min is not None and best < criteria.salary_min:
            yield "salary_min", replace(free, salary_min=best)
        if not criteria.negotiable_ok:
            yield "negotiable_ok", replace(criteria, negotiable_ok=True)
        yield "salary_min", free
    if criteria.daily_min is not None:
        yield "daily_min", replace(criteria, daily_min=None)

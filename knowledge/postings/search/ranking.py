"""The order among postings that fit: what is soft decides, and not one employer takes all places. Pure and the same at every call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from knowledge.postings.models import Posting
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.meanings import day_span, salary_span
from knowledge.postings.search.words import stands_in

_ROLE, _FIRST_ROLE, _TITLE, _PAY, _FRESH, _SOON, _CITY = 2.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5
_SAME_EMPLOYER = 1.5
"""What each posting of an employer that is shown already costs the next one of it."""
_GOOD_PAY, _GOOD_DAY = 20_000, 500
"""Yuan a month and a day from which more does not lift a posting further."""
_FRESH_DAYS = 60
_SOON_DAYS = 14


def ranked(rows: Sequence[Posting], criteria: Criteria, today: date, most: int) -> list[Posting]:
    """The best `most` of the rows, best first; of equals the one that stands earlier in `rows`."""
    left = [(_score(row, criteria, today), row) for row in rows]
    shown: Counter[str] = Counter()
    chosen: list[Posting] = []
    while left and len(chosen) < most:
        best = max(range(len(left)), key=lambda place: (left[place][0] - _SAME_EMPLOYER * shown[left[place][1].employer], -place))
        row = left.pop(best)[1]
        shown[row.employer] += 1
        chosen.append(row)
    return chosen


def _score(row: Posting, criteria: Criteria, today: date) -> float:
    score = _PAY * _pay(row) + _FRESH * _fresh(row, today)
    if row.roles and row.roles[0] in criteria.roles:
        score += _ROLE + _FIRST_ROLE * (row.roles[0] == criteria.roles[0])
    score += sum(_TITLE for word in criteria.words if stands_in(word, row.title))
    if set(criteria.cities).intersection(row.cities):
        score += _CITY
    if row.deadline is not None and (row.deadline - today).days <= _SOON_DAYS:
        score += _SOON
    return score


def _pay(row: Posting) -> float:
    monthly, daily = sum(salary_span(row)) / 2, sum(day_span(row)) / 2
    return min(1.0, max(monthly / _GOOD_PAY, daily / _GOOD_DAY))


def _fresh(row: Posting, today: date) -> float:
    age = (today - row.posted_on).days if row.posted_on else _FRESH_DAYS
    return max(0.0, 1 - max(0, age) / _FRESH_DAYS)

"""What is asked for as queries of the index: one that finds all that may fit, one that finds what surely does. The meanings are `fitting`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import tantivy

from knowledge.postings.record import Degree
from knowledge.postings.search import fitting, meanings
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.entry import schema, single
from knowledge.postings.search.majors import asked_terms
from knowledge.postings.search.meanings import ANYWHERE
from knowledge.postings.search.words import asked_runs

_FIRST_CLASS = 2000
"""The earliest graduating class that a posting could still name."""
_LARGEST = 2**63 - 1
_SCHEMA = schema()
Query = tantivy.Query


@dataclass
class _Parts:
    """What must hold and must not; `sure` on top of `fits`."""

    fits: list[tuple[tantivy.Occur, Query]] = field(default_factory=list)
    sure: list[tuple[tantivy.Occur, Query]] = field(default_factory=list)

    def must(self, query: Query) -> None:
        self.fits.append((tantivy.Occur.Must, query))

    def must_not(self, query: Query) -> None:
        self.fits.append((tantivy.Occur.MustNot, query))

    def surely(self, query: Query) -> None:
        self.sure.append((tantivy.Occur.Must, query))

    def surely_not(self, query: Query) -> None:
        self.sure.append((tantivy.Occur.MustNot, query))


@dataclass(frozen=True)
class Queries:
    """`fits`: all that may fit. `sure`: those without a doubt. `unsure`: the others. `best`: the sure ones whose first role or title is meant."""

    fits: Query
    sure: Query
    unsure: Query
    best: Query | None


def queries(criteria: Criteria, today: date) -> Queries:
    """The queries for what is asked on a day."""
    parts = _Parts()
    for name in ("open", *fitting.conditions_of(criteria)):
        _ADD[name](parts, criteria, today)
    always = (tantivy.Occur.Must, Query.all_query())
    fits = Query.boolean_query([always, *parts.fits])
    sure = Query.boolean_query([always, *parts.fits, *parts.sure])
    best = [(tantivy.Occur.Must, each) for each in _best(criteria)]
    return Queries(
        fits,
        sure,
        Query.boolean_query([always, *parts.fits, (tantivy.Occur.MustNot, sure)]),
        Query.boolean_query([always, *parts.fits, *parts.sure, *best]) if best else None,
    )


def without(query: Query, numbers: Sequence[int]) -> Query:
    """The query without some postings, by their numbers."""
    known = [number for number in numbers if 0 <= number <= _LARGEST]
    if not known:
        return query
    left_out = Query.term_set_query(_SCHEMA, "id", known)
    return Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, left_out)])


def among(query: Query, numbers: Sequence[int]) -> Query:
    """What a query finds of some few postings: of a million it then looks at no others."""
    return Query.boolean_query([(tantivy.Occur.Must, Query.term_set_query(_SCHEMA, "id", list(numbers))), (tantivy.Occur.Must, query)])


def with_id(number: int) -> Query:
    """One posting by its number."""
    return Query.term_query(_SCHEMA, "id", number, "basic")


def _best(criteria: Criteria) -> list[Query]:
    best = [_any_term(f"first:{role}" for role in criteria.roles)] if criteria.roles else []
    best += [_stands("title", word) for word in meanings.named(criteria.words)]
    if criteria.nearby and criteria.cities:
        best.append(_any_term(f"city:{city}" for city in criteria.cities))
    return best


def _term(term: str) -> Query:
    return Query.const_score_query(Query.term_query(_SCHEMA, "term", term, "basic"), 0.0)


def _any_term(terms: Iterable[str]) -> Query:
    return _any([Query.term_query(_SCHEMA, "term", term, "basic") for term in dict.fromkeys(terms)])


def _any(alternatives: Sequence[Query]) -> Query:
    if not alternatives:
        return Query.empty_query()
    return alternatives[0] if len(alternatives) == 1 else Query.boolean_query([(tantivy.Occur.Should, each) for each in alternatives])


def _between(name: str, low: int | None, high: int | None) -> Query:
    """A number from `low` to `high`, both included; None where there is no bound. No number is below nought."""
    if (high is not None and high < 0) or (low is not None and low > _LARGEST):
        return Query.empty_query()
    least = max(low, 0) if low is not None else None
    return Query.range_query(_SCHEMA, name, tantivy.FieldType.Unsigned, least, min(high, _LARGEST) if high is not None else None)


def _stands(name: str, word: str) -> Query:
    """All runs of a word stand in a field."""
    return Query.boolean_query([(tantivy.Occur.Must, _run_stands(name, run)) for run in asked_runs(word)])


def _run_stands(name: str, run: Sequence[str]) -> Query:
    if len(run) == 1:
        return Query.term_query(_SCHEMA, single(name), run[0], "basic")
    neighbours = ["".join(pair) for pair in pairwise(run)]
    if len(neighbours) == 1:
        return Query.term_query(_SCHEMA, name, neighbours[0], "basic")
    return Query.phrase_query(_SCHEMA, name, list(neighbours))


def _open(parts: _Parts, _criteria: Criteria, today: date) -> None:
    parts.must(_between("deadline", today.toordinal(), None))
    parts.surely_not(_term("deadline:unknown"))


def _cities(parts: _Parts, criteria: Criteria, _today: date) -> None:
    wanted = _any_term(f"city:{city}" for city in meanings.city_names(criteria))
    parts.must(_any([wanted, _term(f"city:{ANYWHERE}")]))
    parts.surely(wanted)


def _districts(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must(_any([_stands("place", name) for name in meanings.named(criteria.districts)]))


def _provinces(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must(_any_term(f"province:{province}" for province in criteria.provinces))


def _roles(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must(_any_term(f"role:{role}" for role in criteria.roles))


def _words(parts: _Parts, criteria: Criteria, _today: date) -> None:
    for word in meanings.named(criteria.words):
        parts.must(_stands("text", word))


def _employer(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must(_any([_stands("employer", name) for name in meanings.named((criteria.employer or "",))]))


def _employer_types(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must(_any_term(f"type:{each}" for each in sorted(meanings.accepted_types(criteria.employer_types))))


def _salary(parts: _Parts, criteria: Criteria, _today: date) -> None:
    band = meanings.salary_band(criteria)
    if band is None:
        wanted = criteria.salary_min or 0
        known, sure = _between("pay_to", max(wanted, 1), None), _between("pay_from", wanted, None)
    else:
        known = _all([_between("pay_from", None, band[1]), _between("pay_to", max(band[0], 1), None)])
        sure = _between("pay_to", 1, None)
    parts.must(_any([known, _term("pay:unsaid")]) if criteria.negotiable_ok else known)
    parts.surely(_between("pay_to", 1, None))
    parts.surely(sure)


def _all(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(tantivy.Occur.Must, each) for each in queries])


def _daily_min(parts: _Parts, criteria: Criteria, _today: date) -> None:
    wanted = criteria.daily_min or 0
    parts.must(_between("day_to", max(wanted, 1), None))
    parts.surely(_between("day_from", wanted, None))


def _nothing(_parts: _Parts, _criteria: Criteria, _today: date) -> None:
    """The condition filters nothing by itself."""


def _education(parts: _Parts, criteria: Criteria, _today: date) -> None:
    higher = [degree for degree in Degree if degree > (criteria.education or Degree.ANY)]
    if higher:
        parts.must_not(_any_term(f"degree:{int(degree)}" for degree in higher))


def _major(parts: _Parts, criteria: Criteria, _today: date) -> None:
    asked = asked_terms(criteria.major or "")
    parts.must(_any_term(f"major:{term}" for term in sorted(asked.sure | asked.unsure)))
    parts.surely(_any_term(f"major:{term}" for term in sorted(asked.sure)))


def _cohort(parts: _Parts, criteria: Criteria, _today: date) -> None:
    years, free = sorted(meanings.asked_years(criteria)), "class:any"
    parts.must(_any_term([*(f"class:{year}" for year in years), free, "class:unsaid"]))
    unconditional = [
        Query.boolean_query([(tantivy.Occur.Must, _term(f"class:{year}")), (tantivy.Occur.MustNot, _term(f"condition:{year}"))]) for year in years
    ]
    parts.surely(_any([*unconditional, _term(free)]))


def _past_cohort(parts: _Parts, _criteria: Criteria, today: date) -> None:
    years = range(_FIRST_CLASS, meanings.last_past_class(today) + 1)
    parts.must(_any_term(["class:any", "class:unsaid", *(f"class:{year}" for year in years)]))
    parts.surely(_term("class:any"))


def _internship(parts: _Parts, criteria: Criteria, _today: date) -> None:
    if criteria.internship is None:
        parts.surely_not(_term("trait:internship"))
    else:
        _wish("internship", criteria.internship, parts)


def _no_overtime(parts: _Parts, criteria: Criteria, _today: date) -> None:
    if not criteria.no_overtime:
        parts.must_not(_term("trait:no_overtime"))
        return
    said = _term("trait:no_overtime")
    likely = Query.boolean_query([(tantivy.Occur.Must, _term("trait:weekends_off")), (tantivy.Occur.MustNot, _term("denied:no_overtime"))])
    parts.must(_any([said, likely]))
    parts.surely(said)


def _trait(name: str) -> Callable[[_Parts, Criteria, date], None]:
    return lambda parts, criteria, _today: _wish(name, getattr(criteria, name), parts)


def _wish(name: str, wanted: bool, parts: _Parts) -> None:
    (parts.must if wanted else parts.must_not)(_term(f"trait:{name}"))


def _deadline_until(parts: _Parts, criteria: Criteria, _today: date) -> None:
    if criteria.deadline_until is not None:
        parts.must(_between("deadline", None, criteria.deadline_until.toordinal()))


def _deadline_from(parts: _Parts, criteria: Criteria, _today: date) -> None:
    if criteria.deadline_from is not None:
        parts.must(_between("deadline", criteria.deadline_from.toordinal(), None))


def _posted_since(parts: _Parts, criteria: Criteria, _today: date) -> None:
    if criteria.posted_since is not None:
        parts.must(_between("posted", criteria.posted_since.toordinal(), None))


def _exclude_roles(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must_not(_any_term(f"role:{role}" for role in criteria.exclude_roles))


def _exclude_words(parts: _Parts, criteria: Criteria, _today: date) -> None:
    for word in meanings.named(criteria.exclude_words):
        parts.must_not(_stands("text", word))


def _exclude_cities(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must_not(_any_term(f"city:{city}" for city in criteria.exclude_cities))


def _exclude_employer_types(parts: _Parts, criteria: Criteria, _today: date) -> None:
    parts.must_not(_any_term(f"type:{each}" for each in sorted(meanings.accepted_types(criteria.exclude_employer_types))))


_ADD: dict[str, Callable[[_Parts, Criteria, date], None]] = {
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
    "negotiable_ok": _nothing,
    "education": _education,
    "major": _major,
    "cohort": _cohort,
    "past_cohort": _past_cohort,
    "internship": _internship,
    **{name: _trait(name) for name in fitting.TRAIT_CONDITIONS if name not in ("internship", "no_overtime")},
    "no_overtime": _no_overtime,
    "deadline_until": _deadline_until,
    "deadline_from": _deadline_from,
    "posted_since": _posted_since,
    "exclude_roles": _exclude_roles,
    "exclude_words": _exclude_words,
    "exclude_cities": _exclude_cities,
    "exclude_employer_types": _exclude_employer_types,
}

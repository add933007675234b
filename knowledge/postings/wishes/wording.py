"""Criteria in words: the chips that show what was understood, each with the text that takes it away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.postings.fields.roles import roles
from knowledge.postings.record import DEGREE_NAMES, Degree
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.loosening import Loosening
from knowledge.postings.search.meanings import asked_years
from knowledge.postings.wishes import wording_texts as texts
from knowledge.postings.wishes.commands import GROUPS

_TEN_THOUSAND = 10_000
_MOST_NAMED = 4
_LABEL_OF = {name: group.label for group in GROUPS for name in group.fields}


def chips(criteria: Criteria) -> list[dict[str, str]]:
    """What was understood, a chip a condition: `{"condition", "label", "text"}`; `text`, said as a message, drops it."""
    said: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for condition, words in _worded(criteria):
        label = _LABEL_OF[condition]
        first.setdefault(label, condition)
        said.setdefault(label, []).append(words)
    return [{"condition": first[label], "label": "，".join(words), "text": texts.DROP.format(label=label)} for label, words in said.items()]


def described(criteria: Criteria) -> str:
    """The criteria in one line: 长沙、会计、双休."""
    return "、".join(chip["label"] for chip in chips(criteria))


def easing(loosening: Loosening, before: Criteria) -> str:
    """What a graduate says to ease a condition as proposed (不限双休, 工资6000以上); understood by `turns.read_turn`."""
    eased, condition = loosening.criteria, loosening.condition
    if condition == "salary_min" and eased.salary_min:
        return f"工资{eased.salary_min}以上"
    if condition == "negotiable_ok":
        return "工资面议也行"
    if condition == "cities" and eased.nearby and not before.nearby:
        return "周边的也可以"
    if condition == "cities" and eased.provinces != before.provinces:
        return f"换成{'、'.join(eased.provinces)}"
    if condition == "districts":
        return f"换成{'、'.join(eased.cities)}" if eased.cities else texts.DROP.format(label=_LABEL_OF[condition])
    return texts.DROP.format(label=_LABEL_OF[condition])


def main_roles(criteria: Criteria) -> tuple[str, ...]:
    """The occupations that were wished for, without those that only come with them."""
    known = roles()
    taken = {other for name in criteria.roles for other in known[name].takes if name not in known[other].takes}
    mutual = {other for index, name in enumerate(criteria.roles) for other in criteria.roles[index + 1 :] if other in known[name].takes}
    return tuple(name for name in criteria.roles if name not in taken | mutual) or criteria.roles


def _worded(criteria: Criteria) -> Iterator[tuple[str, str]]:
    yield from _places(criteria)
    if criteria.roles:
        yield "roles", "、".join(main_roles(criteria))
    if criteria.words:
        yield "words", texts.WITH_WORDS.format(words="、".join(criteria.words))
    if criteria.employer:
        yield "employer", criteria.employer
    if criteria.employer_types:
        yield "employer_types", "、".join(criteria.employer_types)
    yield from _pay(criteria)
    yield from _person(criteria)
    for name, words in texts.TRAITS.items():
        value = getattr(criteria, name)
        if value is not None:
            yield name, words[0] if value else words[1]
    yield from _days(criteria)
    yield from _exclusions(criteria)


def _places(criteria: Criteria) -> Iterator[tuple[str, str]]:
    if criteria.cities:
        named = _shortened(criteria.cities)
        yield "cities", texts.AROUND.format(cities=named) if criteria.nearby else named
    if criteria.districts:
        yield "districts", _shortened(criteria.districts)
    if criteria.provinces:
        yield "provinces", _shortened(criteria.provinces)


def _pay(criteria: Criteria) -> Iterator[tuple[str, str]]:
    low, high = criteria.salary_min, criteria.salary_max
    if low and high:
        yield "salary_min", texts.BAND.format(low=_sum(low), high=_sum(high))
    elif low:
        yield "salary_min", (texts.ABOUT if criteria.salary_wish == "about" else texts.AT_LEAST).format(sum=_sum(low))
    elif high:
        yield "salary_max", texts.AT_MOST.format(sum=_sum(high))
    if criteria.daily_min:
        yield "daily_min", texts.DAILY.format(sum=criteria.daily_min)
    if criteria.negotiable_ok:
        yield "negotiable_ok", texts.NEGOTIABLE


def _person(criteria: Criteria) -> Iterator[tuple[str, str]]:
    if criteria.education is not None:
        degree = Degree(criteria.education)
        yield "education", texts.NO_DEGREE if degree is Degree.ANY else texts.DEGREE.format(degree=DEGREE_NAMES[degree])
    if criteria.major:
        yield "major", texts.MAJOR.format(major=criteria.major)
    if criteria.cohort:
        yield "cohort", texts.COHORT.format(year=texts.OR.join(str(year) for year in sorted(asked_years(criteria))))
    if criteria.past_cohort:
        yield "past_cohort", texts.PAST


def _days(criteria: Criteria) -> Iterator[tuple[str, str]]:
    first, last = criteria.deadline_from, criteria.deadline_until
    if first and last:
        yield "deadline_until", texts.BETWEEN.format(first=_day(first), last=_day(last))
    elif last:
        yield "deadline_until", texts.UNTIL.format(day=_day(last))
    if criteria.posted_since:
        yield "posted_since", texts.SINCE.format(day=_day(criteria.posted_since))


def _exclusions(criteria: Criteria) -> Iterator[tuple[str, str]]:
    unwanted = {
        "exclude_roles": criteria.exclude_roles,
        "exclude_words": criteria.exclude_words,
        "exclude_cities": criteria.exclude_cities,
        "exclude_employer_types": criteria.exclude_employer_types,
    }
    for name, things in unwanted.items():
        if things:
            yield name, texts.WITHOUT.format(things=_shortened(things))


def _shortened(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_MOST_NAMED])
    return f"{shown}{texts.GENERAL}" if len(names) > _MOST_NAMED else shown


def _sum(amount: int) -> str:
    if amount >= _TEN_THOUSAND and amount % 100 == 0:
        return texts.TEN_THOUSAND.format(sum=f"{amount / _TEN_THOUSAND:g}")
    return texts.YUAN.format(sum=amount)


def _day(day: date) -> str:
    return texts.DAY.format(month=day.month, day=day.day)

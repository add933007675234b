"""Whether two sources name the same job, and what is known of it from both.

They must agree on title, employer and city (`key_of`), as far as these can be written in several ways. Then nothing that both say may
contradict: pay, district, degree, years, kind of work, the time in which one may apply; and the descriptions must be nearly the same.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from core.text.folding import fold
from knowledge.postings.record import Cohorts, PostingFields, Salary

SAME_TEXT = 0.6
"""The share of shingles (4 characters) of the shorter description that the longer one has too, from which both describe the same work."""

_SHINGLE = 4
_URGENT = re.compile(r"[(\[【]?(?:急招|急聘|急需|诚聘|诚招|热招|高薪诚聘|直招|直聘|可内推|内推|推荐|置顶|hot|new|最新|补录|补招)[)\]】]?")
_NOT_WORDS = re.compile(r"[^0-9a-z\u4e00-\u9fff+#]+")
_COMPANY_FORMS = re.compile(r"(?:股份)?有限(?:责任)?公司$|有限公司$")
_DISTRICT_FORMS = re.compile(r"(?:新区|自治县|区|县|市|街道|镇)$")


def employer_key(name: str) -> str:
    """An employer's name folded: width, blanks, brackets and script do not tell two apart.

    >>> employer_key("示例 水务（长沙）有限公司") == employer_key("示例水务(长沙)有限公司")
    True
    """
    return _NOT_WORDS.sub("", fold(name).lower())[:200]


def key_of(fields: PostingFields) -> str:
    """What two sources that name the same job agree on, as a digest: title, employer, cities."""
    title = _NOT_WORDS.sub("", _URGENT.sub("", fold(fields.title).lower())) or fold(fields.title)
    employer = _COMPANY_FORMS.sub("", employer_key(fields.employer))
    places = "、".join(sorted(fields.cities)) or fold(fields.place_text)
    return hashlib.blake2b("\n".join((title, employer, places)).encode(), digest_size=20).hexdigest()


def same_job(one: PostingFields, other: PostingFields) -> bool:
    """Whether two postings of one key are one job."""
    return (
        _same_salary(one.salary, other.salary)
        and _same_district(one.district, other.district)
        and (one.education is None or other.education is None or one.education == other.education)
        and _same_years(one.cohorts, other.cohorts)
        and _traits_agree(one, other)
        and _same_round(one, other)
        and _same_description(one.description, other.description)
    )


def merged(first: PostingFields, second: PostingFields) -> PostingFields:
    """All that is known from both. Where both say something the first counts, except that the longer description and benefits are kept."""
    known = {name: getattr(first, name) or getattr(second, name) for name in ("external_id", "employer_type", "cities", "roles", "contact", "url")}
    place = first if first.district or not second.district else second
    majors = first if first.majors_text else second
    deadline = first if first.deadline_state != "unknown" or second.deadline_state == "unknown" else second
    headcount = first if first.headcount is not None or not second.headcount_text else second
    education = first if first.education is not None else second
    return replace(
        first,
        **known,
        employer_type_text=first.employer_type_text or second.employer_type_text,
        district=place.district,
        place_text=place.place_text,
        salary=first.salary if _says(first.salary) or not _says(second.salary) else second.salary,
        education=education.education,
        education_text=education.education_text,
        majors_text=majors.majors_text,
        majors=majors.majors,
        any_major=majors.any_major,
        cohorts=first.cohorts if first.cohorts.text else second.cohorts,
        headcount=headcount.headcount,
        headcount_text=headcount.headcount_text,
        traits={**second.traits, **first.traits},
        description=_fuller(first.description, second.description),
        benefits=_fuller(first.benefits, second.benefits),
        posted_on=first.posted_on or second.posted_on,
        deadline=deadline.deadline,
        deadline_text=deadline.deadline_text,
        deadline_state=deadline.deadline_state,
        extra={**second.extra, **first.extra},
    )


def _says(salary: Salary) -> bool:
    return any(bound is not None for bound in (salary.minimum, salary.maximum, salary.day_minimum, salary.day_maximum))


def _same_salary(one: Salary, other: Salary) -> bool:
    if not _says(one) or not _says(other):
        return one.period is None or other.period is None or one.period == other.period
    bounds = [(s.minimum, s.maximum, s.day_minimum, s.day_maximum) for s in (one, other)]
    return bounds[0] == bounds[1] and (one.months == other.months or 12 in (one.months, other.months))


def _same_district(one: str, other: str) -> bool:
    short = [_DISTRICT_FORMS.sub("", fold(name)) for name in (one, other)]
    return not all(short) or short[0] in short[1] or short[1] in short[0]


def _same_years(one: Cohorts, other: Cohorts) -> bool:
    if not (one.years or one.any) or not (other.years or other.any):
        return True
    return one.any == other.any and one.years == other.years


def _traits_agree(one: PostingFields, other: PostingFields) -> bool:
    """Nothing that one offers does the other deny; and an internship is another job than a permanent one of the same name."""
    shared = set(one.traits) & set(other.traits)
    if any(one.traits[name].value != other.traits[name].value for name in shared):
        return False
    return ("实习" in one.title) == ("实习" in other.title)


def _same_round(one: PostingFields, other: PostingFields) -> bool:
    """A posting that came out after the other had closed belongs to another year's hiring."""
    return not any(earlier.deadline and later.posted_on and later.posted_on > earlier.deadline for earlier, later in ((one, other), (other, one)))


def _same_description(one: str, other: str) -> bool:
    texts = [_NOT_WORDS.sub("", fold(text).lower()) for text in (one, other)]
    if not all(texts) or texts[0] == texts[1]:
        return True
    if min(map(len, texts)) < _SHINGLE:
        return texts[0] in texts[1] or texts[1] in texts[0]
    sets = [{text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1)} for text in texts]
    return len(sets[0] & sets[1]) >= SAME_TEXT * min(len(sets[0]), len(sets[1]))


def _fuller(first: str, second: str) -> str:
    return second if len(second) > len(first) else first

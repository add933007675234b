"""Which graduating years may apply. Years are named, or follow from the posting day (毕业两年内); where neither, the words are kept.

A year's graduates finish around 1 July, so 毕业时间2026年9月至2027年8月 is the year 2027, and 毕业两年内 on 10 October 2026 are 2025 and 2026.
"""

from __future__ import annotations

import re
from datetime import date

from core.text.numerals import whole_number
from knowledge.postings.fields.cleaning import clean_line, compact
from knowledge.postings.record import Cohorts

_LONGEST = 400
"""Characters that are read; more than that is no list of years."""
_FIRST, _LAST = 2000, 2060
_SEASON = (9, 6)
"""应届 named from September on are those of the next summer, until June those of this one; in between it may be either."""
_DASH = "[-~—–至到]"
_SEP = r"[、,，/;；.和及与或|]"
_Y = r"(?:20)?\d{2}"
_LIST = re.compile(
    rf"(?<![\d.])({_Y}(?:(?:届|年|级)?(?:{_SEP}|{_DASH}){_Y})*)(?:届|年?度?(?:应届|毕业|高校毕业|"
    rf"全日制|普通|校招|春招|秋招|未就业)|$)"
)
_PART = re.compile(rf"({_Y})(?:届|年)?(?:{_DASH}({_Y}))?")
_WINDOW = re.compile(rf"(20\d{{2}})[-年./](\d{{1,2}})[月]?(?:[-./]?\d{{1,2}}日?)?(?:起|以后)?{_DASH}(20\d{{2}})[-年./](\d{{1,2}})月?")
_SINCE = re.compile(rf"({_Y})届?年?(?:届|毕业生?)?(?:及|或)?(?:之|以)后")
_WITHIN = re.compile(
    r"(?:毕业|离校)(?:后)?(?:时间)?(?:不超过|未满)?([一二两三四五\d])年(?:以?内|之内)?|(?:近|"
    r"最近)([一二两三四五\d])年(?:内)?毕业|([一二两三四五\d])年内毕业"
)
_CHOICE = re.compile("择业期")
_CHOICE_YEARS = 2
"""择业期 is two years after graduation in most places (人力资源社会保障部 and provinces; three in a few): the shorter is sure."""
_ANY = re.compile(
    r"(?:应届|应|往届|往)生?(?:毕业生)?(?:[/、和与及或]|及)?(?:应届|往届|往|应)?(?:届)?生?(?:毕业生)?(?:均可|"
    r"皆可|都可|不限|都行|均接受|都要|兼可)|届[别次]?不限|不限(?:届|毕业|应届|年)|"
    r"(?:毕业)?(?:年份|时间|年限)不限|往届(?:生|毕业生)?(?:也)?(?:均可|亦可|也可|可投|可报|可)|接受往届"
)
_FRESH = re.compile(r"应届")
_PAST = re.compile(r"往届")
_CONDITIONAL = re.compile(r"[^;；,，。]*(?:视同|视为|视作|按应届|未就业|未落实|择业期|档案|优先)[^;；,，。]*")
_EXCLUDED = re.compile(rf"(?:不招|不含|不包括|不接受|不要|非|除){_Y}届|{_Y}届[^;；,，。]*?(?:除外|勿投|不可|不招|不收)")
_PREFERRED = re.compile(r"[^;；,，。]*优先[^;；,，。]*")


def read_cohorts(written: str, posted_on: date | None = None) -> Cohorts:
    """The years that a field says, rising.

    >>> read_cohorts("2026届;2025届未就业视同应届").years, read_cohorts("应届/往届均可").any
    ((2025, 2026), True)
    """
    shown = clean_line(written)
    text = compact(shown[:_LONGEST])
    if not text:
        return Cohorts()
    condition = _condition(shown[:_LONGEST])
    if text in ("不限", "无", "无要求", "无限制", "不限制", "均可", "all", "any") or _ANY.search(text):
        return Cohorts(shown, any=True, condition=condition)
    required = _EXCLUDED.sub("", _PREFERRED.sub("", text))
    years = _named(required) | _since(required, posted_on) | _within(required, posted_on)
    if not years and _FRESH.search(required) and not _PAST.search(required):
        years, condition = _fresh(posted_on), condition or shown
    if not years:
        condition = condition or shown
    elif not condition and (_WITHIN.search(required) or _CHOICE.search(required)):
        condition = shown
    return Cohorts(shown, tuple(sorted(years)), condition=condition[:200])


def looks_like_cohort(written: str) -> bool:
    """Whether a text can hardly be anything but a list of years of graduation."""
    return re.fullmatch(rf"(?:{_Y}届(?:[;；,，、/]|$)){{1,4}}", compact(written)) is not None


def _condition(shown: str) -> str:
    return "；".join(match[0].strip() for match in _CONDITIONAL.finditer(shown) if match[0].strip())[:200]


def _named(text: str) -> set[int]:
    years: set[int] = set()
    for match in _WINDOW.finditer(text):
        years |= _in_window(*(int(part) for part in match.groups()))
    for match in _LIST.finditer(_WINDOW.sub("", text)):
        for first, last in _PART.findall(match[1]):
            start, end = _full(first), _full(last or first)
            years.update(range(start, end + 1) if start <= end <= start + 10 else (start, end))
    return {year for year in years if _FIRST <= year <= _LAST}


def _full(year: str) -> int:
    return int(year) + 2000 if len(year) == 2 else int(year)


def _in_window(year: int, month: int, last_year: int, last_month: int) -> set[int]:
    return {
        each
        for each in range(year, min(last_year, year + 10) + 1)
        if (year, month) <= (each, 7) <= (last_year, last_month) or (each, 6) == (last_year, last_month)
    }


def _since(text: str, posted_on: date | None) -> set[int]:
    """2025届及以后: up to the class that graduates next; without a posting day just the year named."""
    match = _SINCE.search(text)
    if match is None:
        return set()
    first = _full(match[1])
    last = max(first, posted_on.year + (posted_on.month >= _SEASON[0])) if posted_on else first
    return set(range(first, min(last, first + 10) + 1))


def _within(text: str, posted_on: date | None) -> set[int]:
    match = _WITHIN.search(text)
    span = whole_number(next(part for part in match.groups() if part)) if match else _CHOICE_YEARS if _CHOICE.search(text) else 0
    if not span or posted_on is None:
        return set()
    latest = posted_on.year if posted_on.month >= 7 else posted_on.year - 1
    return set(range(latest - span + 1, latest + 1))


def _fresh(posted_on: date | None) -> set[int]:
    if posted_on is None or _SEASON[1] < posted_on.month < _SEASON[0]:
        return set()
    return {posted_on.year + (posted_on.month >= _SEASON[0])}

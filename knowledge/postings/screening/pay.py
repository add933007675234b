"""Pay that the text contradicts: a sum in it that is far from what the salary field says.

The field may name what somebody earns with commission, so only a gulf counts, and a person has to look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from core.text.numerals import whole_number
from knowledge.postings.fields.salary import read_salary
from knowledge.postings.record import Salary

_LEAST_SHARE = 0.35
"""Of the salary's lower end that a base pay has to reach."""
_MOST_TIMES = 2.0
"""The salary's upper end that a promise may reach."""
_LEAST_MONTHLY = 300
"""Yuan; a smaller number is none of a month's pay."""
_NO_SUM = r"(?![\d%年个天名人台单岁日次一二两三四五六七八九十百千万]|周岁|小时|[-至到~]\d)"
_SUM = rf"(?:(?P<digits>\d+(?:\.\d+)?)(?P<unit>[万千kw]?)|(?P<words>[一二两三四五六七八九十百千万]{{2,6}})){_NO_SUM}"
_GAP = r"(?:仅|只有|只|为|是|按|约|统一|轻松|稳定|可达|高达|达到|能|可|达|过|超|破|到|:)*"
_BASE = re.compile(rf"(?:底薪|基本工资|固定工资|保底工资){_GAP}{_SUM}[元块]?", re.IGNORECASE)
_PROMISED = re.compile(rf"(?:月入|月收入|月薪|月赚|(?:每月|一个月)(?:能|可)?(?:拿|挣|赚|收入)){_GAP}{_SUM}[元块+]?", re.IGNORECASE)
_UNITS = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "": 1}


def contradicted(salary_text: str, sentence: str) -> Iterator[tuple[int, int]]:
    """The places in a folded sentence that name pay far from a monthly salary, given as written."""
    bases, promises = list(_sums(_BASE, sentence)), list(_sums(_PROMISED, sentence))
    if not bases and not promises:
        return
    salary = _salary(salary_text)
    if salary.minimum:
        yield from (span for span, yuan in bases if yuan < _LEAST_SHARE * salary.minimum)
    if salary.maximum:
        yield from (span for span, yuan in promises if yuan > _MOST_TIMES * salary.maximum)


@lru_cache(maxsize=4_096)
def _salary(text: str) -> Salary:
    return read_salary(text).salary


def _sums(pattern: re.Pattern[str], sentence: str) -> Iterator[tuple[tuple[int, int], float]]:
    for match in pattern.finditer(sentence):
        yuan = float(match["digits"]) * _UNITS[match["unit"].lower()] if match["digits"] else float(whole_number(match["words"]))
        if yuan >= _LEAST_MONTHLY:
            yield match.span(), yuan

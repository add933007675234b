"""Which year the graduate belongs to: 27届, 应届, 去年毕业, 往届."""

from __future__ import annotations

import re
from datetime import date

from core.text.numerals import whole_number
from knowledge.postings.search.meanings import graduating_class
from knowledge.postings.wishes.remaining import Conditions, Remaining

_COHORT = re.compile(
    r"(?<!\d)(?:(20\d{2})|(\d{2})|([二两][零〇○][一二三][零〇○一二三四五六七八九])|"
    r"([一二三][零〇一二三四五六七八九]))\s?(?:届|级毕业|年毕业)(?:的)?(?:毕业生|学生|生)?"
)
_Y = r"(?:20)?\d{2}"
_SEVERAL = re.compile(
    rf"(?<!\d)({_Y})届?\s?(?P<to>[-~—至到])?(?:或者?|和|与|跟|还是|[、,，/])?\s?({_Y})\s?届(?:都行|都可以|均可|的)*(?:毕业生|学生|生)?"
)
_WIDEST = 3
"""So far apart two years may be that are meant together: 10,27届 is a sum and a year."""
_RELATIVE = re.compile("(今年|去年|前年|明年|后年)(?:[六七6712]{1,2}月)?(?:份)?(?:刚|才|就)?(?:要|会)?毕业(?:的)?(?:了)?")
_YEARS = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_BOTH = re.compile("应(?:届)?往届|应届(?:和|、|/|或|跟)?往届|往届(?:和|、|/|或|跟)?应届")
_PAST = re.compile("往届(?:毕业)?(?:生)?|毕业(?:了)?(?:一|两|二|三|1|2|3|好几|几|半)年(?:多)?(?:了)?(?!内)|不是应届(?:生)?|非应届(?:生)?")
_CURRENT = re.compile("应届(?:毕业)?(?:生)?|(?<!学)校招|秋招|刚毕业|即将毕业|快毕业|马上毕业")
_FINAL_YEAR, _YEAR_BEFORE = re.compile("大四|研三"), re.compile("大三|研二")
"""They tell the degree too, and stay for its reader."""
_INTERNSHIP = re.compile("实习")


def read_cohort(remaining: Remaining, today: date) -> Conditions:
    """The graduate's year, or that they graduated earlier. Who is in the year before the last and looks for an internship names no year: few
    internships that they may take name theirs."""
    if several := _several(remaining):
        remaining.take(_CURRENT)
        return {"cohort": several[-1], "or_cohorts": several[:-1], "past_cohort": False}
    if named := remaining.take(_COHORT):
        remaining.take(_CURRENT)
        return {"cohort": _year(named[0]), "past_cohort": False}
    if relative := remaining.take(_RELATIVE):
        return {"cohort": today.year + _YEARS[relative[0][1]], "past_cohort": False}
    if remaining.takes(_BOTH):
        return {}
    if remaining.takes(_PAST):
        return {"past_cohort": True, "cohort": None}
    if remaining.takes(_CURRENT) or remaining.has(_FINAL_YEAR):
        return {"cohort": graduating_class(today), "past_cohort": False}
    if remaining.has(_YEAR_BEFORE) and not remaining.has(_INTERNSHIP):
        return {"cohort": graduating_class(today) + 1, "past_cohort": False}
    return {}


def _several(remaining: Remaining) -> tuple[int, ...]:
    """The years of 26或27届 or 25到27届, rising; empty where fewer than two are named."""
    found = _SEVERAL.search(remaining.text)
    if found is None:
        return ()
    first, last = sorted(2000 + int(written[-2:]) for written in (found[1], found[3]))
    if not 0 < last - first <= _WIDEST:
        return ()
    remaining.take(_SEVERAL)
    return tuple(range(first, last + 1)) if found["to"] else (first, last)


def _year(match: re.Match[str]) -> int:
    long, short, long_han, short_han = match.groups()
    if long or long_han:
        return whole_number(long or long_han.replace("两", "二"))
    return 2000 + (int(short) if short else int("".join(str(whole_number(digit)) for digit in short_han)))

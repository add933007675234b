"""Salaries as employers write them. What cannot be read is kept as text; nothing is guessed.

A text is read only if all of it is understood: sums, units, a period, and remarks that change nothing. A sum in an unlikely size for its
period (11K/年, 15-20万 without 年) says that the text means something else than it says, so it stays unread.
A yearly sum becomes a twelfth of itself a month, whatever 13薪 stands beside it: it is the whole of a year. A monthly sum with 13薪 stays the
sum of one month, and `months` says 13. Sums an hour or a piece, and other currencies, are kept as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text.numerals import whole_number
from knowledge.postings.fields.cleaning import clean_line, compact
from knowledge.postings.record import Salary, SalaryPeriod

REVERSED = "薪资上下限写反，已按从低到高理解"
UNREAD = "薪资写法看不懂，按原文保留"

_NEGOTIABLE = re.compile(r"面议|面谈|电议|协商|另议|商议|详谈")
_FOREIGN = re.compile(r"美元|美金|欧元|日元|港元|港币|澳元|加元|英镑|新币|台币|韩元|usd|eur|hkd|jpy|gbp|sgd|twd|\$|€|£")
_MONTHS = re.compile(r"(?:[·*x×,、+/]|\(|一年|年)?(?:(\d{2}|十[二-八三四五六七]|十二|十八)(?:-(?:\d{2}))?薪|[*x×](\d{2})(?!\d)(?:个?月)?)\)?")
_DOUBLE_PAY = re.compile(r"[+,、]?(?:年底|年终|年末)双薪")
_COMMISSION = re.compile(
    r"[+,、加和]*(?:高额|丰厚|业绩|销售|个人)?(?:提成|绩效(?:工资|奖金|奖)?|奖金|业绩|分红|年终奖|"
    r"全勤奖?|(?<!实习)(?:补贴|补助|津贴)|餐补|房补|话补|交补|奖励)(?:\d+(?:\.\d+)?(?:元|块)?)?(?:/月)?"
)
_REMARK = re.compile(
    r"\((?:税前|税后|含税|不含税|试用期[^()]{0,12}|转正后|可面议|面议|[^()\d]{0,20}|税前[^()\d]{0,12})\)|"
    r"五险[一二两]金|六险[一二两]金|五险|社保|包吃住?|包住|双休|单休|"
    r"(?:具体)?(?:工资|薪资|薪酬|待遇)?(?:可)?(?:面议|面谈|协商|另议|从优)|税前|税后|人民币|rmb|cny|[¥￥]|试用期\d+%|左右|上下|不等"
)
_N = r"(\d+(?:\.\d+)?)"
_UNIT = r"(k|w|千|万|元|块)?(?:元|块钱?)?(?:人民币)?"
_PERIOD = r"(?:(?:[/每一]|元/)?(?:人[/·]?)?(月|年|天|日|小时|时|h|周|次|单|件|节|课时|month|year|day|hour)(?:[/·]?人)?(?:薪|工资)?)?"
_SEP = r"(?:-|~|至|到|—|–|―|─|－|_)+"
_FLOOR = r"(不低于|不少于|至少|最低|≥|>=|>|起薪|保底)?"
_CEILING = r"(不超过|最高|至多|≤|<=|<|高达|可达)?"
_AFTER = r"(底薪|起薪|起|以上|及以上|\+|上不封顶|以下|以内|封顶)?"
_LEAD = (
    r"(?:(?:综合|基本|平均|岗位|税前|税后|转正|实习|固定|无责任?|责任|到手|预计|参考|约|大约|"
    r"大概)*(?P<lead>月薪|年薪|日薪|时薪|周薪|薪资|薪酬|工资|底薪|月收入|年收入|收入|待遇|"
    r"月工资|每月|每年|每天|每日|一年|一天|一?个月|年包|补贴|津贴|月|年)?(?:范围|标准|待遇|水平|为|约|[:：])*)?"
)
_SUM = re.compile(rf"{_LEAD}{_FLOOR}{_CEILING}{_N}{_UNIT}{_PERIOD}(?:{_SEP}{_N}{_UNIT})?{_PERIOD}{_AFTER}{_PERIOD}")
_HYBRID = re.compile(r"(\d+)(万|千|w|k)(\d)(?![\d.万千wk])")
_CHINESE = re.compile("[零一二两三四五六七八九十百千万]*[一二两三四五六七八九十][零一二两三四五六七八九十百千万]*")
_SCALES = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "元": 1, "块": 1}
_PERIODS: dict[str, SalaryPeriod | None] = {
    **dict.fromkeys(("月", "month", "月薪", "月收入", "月工资", "每月", "一个月", "个月"), "month"),
    **dict.fromkeys(("年", "year", "年薪", "年收入", "每年", "一年", "年包"), "year"),
    **dict.fromkeys(("天", "日", "day", "日薪", "每天", "每日", "一天"), "day"),
    **dict.fromkeys(("小时", "时", "h", "hour", "时薪"), "hour"),
    **dict.fromkeys(("周", "次", "单", "件", "节", "课时", "周薪"), None),
}
_LIKELY: dict[SalaryPeriod, tuple[int, int]] = {"month": (300, 1_000_000), "year": (20_000, 10_000_000), "day": (20, 5_000), "hour": (5, 2_000)}
"""Yuan in a period between which a sum is believed where the period is written out."""
_YEAR_IN_THOUSANDS = 60_000
"""11K/年 is no yearly pay, and whether a month's is meant cannot be told: from here on thousands a year are believed."""
_UNSAID: dict[str, tuple[int, int, int]] = {
    "k": (500, 200_000, 300_000),
    "千": (500, 200_000, 300_000),
    "w": (3_000, 30_000, 60_000),
    "万": (3_000, 30_000, 60_000),
    "元": (800, 60_000, 100_000),
    "": (800, 60_000, 100_000),
}
"""By the unit: from and to which lower bound, and up to which upper one, a sum without a period is one a month."""
_LONGEST = 80
"""Characters; what is longer is no salary but a text about one."""
_WIDEST_REVERSED = 5.0
"""A reversed range wider than this is more likely a slip in a unit (8-1.2万) than a reversed one."""


@dataclass(frozen=True)
class SalaryReading:
    """What was understood, and in Chinese what was odd (nothing that hinders publishing)."""

    salary: Salary
    notes: tuple[str, ...] = ()


def read_salary(written: str) -> SalaryReading:
    """The salary that a field says; the text is kept as written.

    >>> read_salary("13-22K·13薪").salary.minimum, read_salary("年薪18万").salary.maximum, read_salary("11K/年").salary.minimum
    (13000, 15000, None)
    """
    shown = clean_line(written)
    text = compact(shown).replace("～", "~").replace("〜", "~")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    if not text:
        return SalaryReading(Salary())
    if len(text) > _LONGEST or _FOREIGN.search(text):
        return SalaryReading(Salary(text=shown), (UNREAD,))
    months, rest = _months(text)
    found = _sums(rest)
    if found is None:
        negotiable = _NEGOTIABLE.search(text) is not None
        return SalaryReading(Salary(text=shown, negotiable=negotiable), () if negotiable else (UNREAD,))
    return _reading(shown, months, found)


def looks_like_salary(written: str) -> bool:
    """Whether a text can hardly be anything but a salary (to tell displaced columns): a sum with a unit or a period, or 面议."""
    text = compact(written)
    if text in ("面议", "薪资面议", "工资面议"):
        return True
    return re.search(r"\d(?:k|w|千|万|元)|薪|/[天日月]$", text) is not None and read_salary(written).salary.period is not None


@dataclass(frozen=True)
class _Sums:
    """Sums as written, in yuan a period."""

    period: SalaryPeriod
    low: float | None
    high: float | None


def _months(text: str) -> tuple[int, str]:
    match = _MONTHS.search(text)
    if match and (count := _count(match[1] or match[2])) is not None and 12 <= count <= 24:
        return count, text[: match.start()] + text[match.end() :]
    double = _DOUBLE_PAY.search(text)
    return (13, text[: double.start()] + text[double.end() :]) if double else (12, text)


def _count(text: str) -> int | None:
    try:
        return whole_number(text)
    except ValueError:
        return None


def _sums(text: str) -> _Sums | None:
    """The sums of a text all of which is understood, else None. Of pay on trial and pay afterwards the latter counts."""
    text = _in_digits(text)
    after = re.search(r"转正(?:后|工资|薪资)?[:：为]*(?=\d)", text)
    if after:
        text = text[after.end() :]
    bare = _REMARK.sub("", text)
    commission = _COMMISSION.search(bare)
    plain = _COMMISSION.sub("", bare)
    parts = [part for part in re.split(r"[,，;；、。|()\[\]【】]+|\+(?!$)", plain) if re.search(r"\d", part)]
    if len(parts) > 1:
        whole = [part for part in parts if "综合" in part]
        parts = whole if len(whole) == 1 else parts
    match = _SUM.fullmatch(parts[0].strip("/:：·")) if len(parts) == 1 else None
    return _understood(match, commission is not None) if match else None


def _in_digits(text: str) -> str:
    """八千 to 8000, 1万2 to 12000, 8k5 to 8500."""
    text = _HYBRID.sub(lambda match: str(int(match[1]) * _SCALES[match[2]] + int(match[3]) * _SCALES[match[2]] // 10), text)
    if re.search(r"\d", text):
        return text
    words = re.sub("一(?=[个天年月])", "", text)
    return _CHINESE.sub(lambda match: str(_count(match[0]) or match[0]), words)


def _understood(match: re.Match[str], commission: bool) -> _Sums | None:
    lead = match["lead"]
    floor, ceiling, first, first_unit, period_a, second, second_unit, period_b, after, period_c = (match[i] for i in range(2, 12))
    written = [word for word in (lead, period_a, period_b, period_c) if word in _PERIODS]
    periods = {_PERIODS[word] for word in written}
    if len(periods) > 1 or None in periods:
        return None
    low, high, unit = _scaled(first, first_unit, second, second_unit)
    if second is None:
        if ceiling or after in ("以下", "以内", "封顶"):
            low, high = None, high
        elif floor or after or lead == "底薪" or commission:
            high = None
    elif ceiling:
        return None
    return _believed(periods.pop() if periods else None, low, high, unit)


def _scaled(first: str, first_unit: str | None, second: str | None, second_unit: str | None) -> tuple[float | None, float | None, str]:
    """Both sums in yuan; a unit written once holds for both, unless the sum without one is large enough to be yuan itself."""
    a = float(first) * _scale(first, first_unit, second_unit)
    if second is None:
        return a, a, first_unit or ""
    return a, float(second) * _scale(second, second_unit, first_unit), second_unit or first_unit or ""


def _scale(number: str, own: str | None, other: str | None) -> int:
    if own:
        return _SCALES[own]
    return 1 if other is None or float(number) >= 500 else _SCALES[other]


def _believed(period: SalaryPeriod | None, low: float | None, high: float | None, unit: str) -> _Sums | None:
    bounds = sorted(value for value in (low, high) if value is not None)
    if not bounds or (bounds[-1] > bounds[0] * _WIDEST_REVERSED and (low or 0) > (high or float("inf"))):
        return None
    if period is None:
        least, most_low, most = _UNSAID[{"块": "元"}.get(unit, unit)]
        return _Sums("month", low, high) if least <= bounds[0] <= most_low and bounds[-1] <= most else None
    least, most = _LIKELY[period]
    if period == "year" and unit in ("k", "千"):
        least = _YEAR_IN_THOUSANDS
    return _Sums(period, low, high) if least <= bounds[0] and bounds[-1] <= most else None


def _reading(shown: str, months: int, found: _Sums) -> SalaryReading:
    low, high = found.low, found.high
    turned = low is not None and high is not None and low > high
    if turned:
        low, high = high, low
    share = 12 if found.period == "year" else 1
    bounds = [None if value is None else round(value / share) for value in (low, high)]
    open_ended = bounds[1] is None
    notes = (REVERSED,) if turned else ()
    if found.period in ("month", "year"):
        return SalaryReading(Salary(shown, bounds[0], bounds[1], months, found.period, open_ended=open_ended), notes)
    if found.period == "day":
        return SalaryReading(Salary(shown, None, None, months, "day", bounds[0], bounds[1], open_ended=open_ended), notes)
    return SalaryReading(Salary(shown, months=months, period="hour"), notes)

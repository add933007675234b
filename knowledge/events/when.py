"""Which days a question means: 这周, 下周末, 12月, 月底前, 未来十天, 12月5号到8号. Pure functions of words and today; weeks start on Monday."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.text.numerals import whole_number

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_WEEK = "(?:周|星期|礼拜)"
_DAY_NAMES = "一二三四五六日天"


@dataclass(frozen=True)
class Span:
    """Days asked for, both included; None leaves that side open. `words` is what said so, `start` and `end` where it stands."""

    first: date | None
    last: date | None
    words: str
    start: int
    end: int


_Days = tuple[date | None, date | None] | None
_Resolver = Callable[[re.Match[str], date], _Days]


def span_in(text: str, today: date) -> Span | None:
    """The days that a folded text without blanks asks for; None where it names none, or an impossible one."""
    lowered = text.lower()
    for pattern, resolve in _RULES:
        for match in re.finditer(pattern, lowered):
            days = resolve(match, today)
            if days is not None:
                first, last, end = _bounded(days, lowered, match.end(), today)
                return Span(first, last, text[match.start() : end], match.start(), end)
    return None


def _bounded(days: tuple[date | None, date | None], text: str, end: int, today: date) -> tuple[date | None, date | None, int]:
    """What 前 and 后 behind the days make of them: before 12月 is before its first day, before 月底 or 5号 is until then."""
    first, last = days
    followed = re.compile("(?:之|以)?(前|后)(?!天)").match(text, end)
    if followed is None or first is None or last is None:
        return first, last, end
    whole = first != last
    if followed[1] == "后":
        return (last + timedelta(days=1) if whole else first), None, followed.end()
    until_its_end = not whole or text[end - 1] in "底末"
    return today, (last if until_its_end else first - timedelta(days=1)), followed.end()


# What each way of saying it means


def _range(match: re.Match[str], today: date) -> _Days:
    first = _date(match["y"], match["m"], match["d"], today)
    if first is None:
        return None
    last = _made(first.year, whole_number(match["m2"]) if match["m2"] else first.month, whole_number(match["d2"]))
    if last is not None and last < first:
        last = _made(first.year + 1, last.month, last.day)
    return (first, last) if last else None


def _single(match: re.Match[str], today: date) -> _Days:
    found = _date(match["y"], match["m"], match["d"], today)
    return (found, found) if found else None


def _day_of_month(match: re.Match[str], today: date) -> _Days:
    """20号: of this month while it is still to come, else of the next."""
    day = whole_number(match["d"])
    if match["month"]:
        first, _ = _month_span(today, _shift(match["month"]))
        found = _made(first.year, first.month, day)
    else:
        found = _made(today.year, today.month, day)
        if found is None or found < today:
            following, _ = _month_span(today, 1)
            found = _made(following.year, following.month, day)
    return (found, found) if found else None


def _relative_day(match: re.Match[str], today: date) -> _Days:
    named = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
    found = today + timedelta(days=named[match["day"]])
    return found, found


def _english(match: re.Match[str], today: date) -> _Days:
    word = " ".join(match.group().split()).replace(" ", "")
    if word in ("today", "tonight", "tomorrow", "yesterday"):
        found = today + timedelta(days={"tomorrow": 1, "yesterday": -1}.get(word, 0))
        return found, found
    shift = {"this": 0, "next": 1, "last": -1}[word[:4]]
    if word.endswith("month"):
        return _month_span(today, shift)
    monday = _monday(today) + timedelta(weeks=shift)
    return (monday + timedelta(days=5 if word.endswith("weekend") else 0), monday + timedelta(days=6))


def _week(match: re.Match[str], today: date) -> _Days:
    monday = _monday(today) + timedelta(weeks=_shift(match["which"]))
    return _within_week(monday, match["day"], match["to"])


def _weekday(match: re.Match[str], today: date) -> _Days:
    """周三, 周末: the next one, today's own day included."""
    span = _within_week(_monday(today), match["day"], match["to"])
    if span is None or span[1] is None or span[0] is None:
        return None
    return span if span[1] >= today else (span[0] + timedelta(weeks=1), span[1] + timedelta(weeks=1))


def _within_week(monday: date, day: str | None, to: str | None) -> _Days:
    if not day:
        return monday, monday + timedelta(days=6)
    if day in ("末", "六日", "六周日"):
        return monday + timedelta(days=5), monday + timedelta(days=6)
    first = monday + timedelta(days=_weekday_number(day))
    last = monday + timedelta(days=_weekday_number(to)) if to else first
    return (first, last) if last >= first else None


def _coming(match: re.Match[str], today: date) -> _Days:
    """未来十天, 一周内, 接下来两个月: from today on."""
    number = match["n"]
    count = 0.5 if number == "半" else whole_number(number) if number else 1
    days = 30 if match["unit"] == "个月" else 1 if match["unit"] in ("天", "日") else 7
    return today, today + timedelta(days=round(count * days))


def _these_days(match: re.Match[str], today: date) -> _Days:
    return today, today + timedelta(days=2 if match["n"] == "两" else 6)


def _month(match: re.Match[str], today: date) -> _Days:
    first, last = _month_span(today, _shift(match["which"]))
    return _part_of_month(first, last, match["part"])


def _numbered_month(match: re.Match[str], today: date) -> _Days:
    """12月: this year's while it is not over, else next year's, unless the year is said or the question looks back."""
    month = whole_number(match["m"])
    if not 1 <= month <= 12:
        return None
    year = _year(match["y"], today)
    if year is None:
        looks_back = re.search("那场|那次|办过|举办了|开过|来过|结束", match.string) is not None
        year = today.year + (month < today.month and not looks_back) - (month > today.month and looks_back)
    return _part_of_month(date(year, month, 1), _end_of_month(year, month), match["part"])


def _part(match: re.Match[str], today: date) -> _Days:
    """月底, 月初, 月中: of this month while they are still to come."""
    for shift in (0, 1):
        first, last = _part_of_month(*_month_span(today, shift), match["part"])
        if last >= today:
            return first, last
    return None


def _season(match: re.Match[str], today: date) -> _Days:
    """春季, 秋天: of the year said; else the one that is nearest, for one asks of the season that has just ended too."""
    first_month, months = {"春": (2, 4), "夏": (6, 3), "秋": (9, 3), "冬": (12, 3)}[match["season"]]
    year = _year(match["y"], today)
    candidates = [_months_from(each, first_month, months) for each in ([year] if year else range(today.year - 1, today.year + 2))]
    return min(candidates, key=lambda span: max((span[0] - today).days, (today - span[1]).days, 0))


def _half(match: re.Match[str], today: date) -> _Days:
    year = _year(match["y"], today) or today.year
    return _months_from(year, 1 if match["half"] == "上" else 7, 6)


def _whole_year(match: re.Match[str], today: date) -> _Days:
    year = _year(match["y"], today)
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def _holiday(match: re.Match[str], today: date) -> _Days:
    """Feasts that keep their day in the solar calendar, and the school's holidays by the months that they fill."""
    first, last = {
        "元旦": ((1, 1), (1, 3)),
        "五一": ((5, 1), (5, 5)),
        "国庆": ((10, 1), (10, 7)),
        "寒假": ((1, 10), (2, 28)),
        "暑假": ((7, 1), (8, 31)),
        "年底": ((12, 1), (12, 31)),
        "年末": ((12, 1), (12, 31)),
    }[match.group()]
    year = today.year if date(today.year, *last) >= today else today.year + 1
    return date(year, *first), date(year, *last)


def _from_today(match: re.Match[str], today: date) -> _Days:
    return today, None


_YEAR = r"(?P<y>20\d\d年?|今年|明年|后年|去年)?的?"
_RULES: tuple[tuple[str, _Resolver], ...] = (
    (
        rf"(?:从)?{_YEAR}(?P<m>{_N})[月/.](?P<d>{_N})[日号]?(?:至|到|-|—+|~)(?:(?P<m2>{_N})[月/.])?(?P<d2>{_N})[日号]?",
        _range,
    ),
    (r"(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", _single),
    (rf"{_YEAR}(?P<m>{_N})月(?P<d>{_N})(?:[日号]|(?!\d))", _single),
    (rf"(?:(?P<month>(?:这个?|本|下个?|上个?)月)|(?<![周期拜月\d]))(?P<d>{_N})[号日](?!线|楼|馆|门|厅|公告|常)", _day_of_month),
    (r"(?P<day>大前|大后|前|昨|今|明|后)(?:天|日|晚|早)", _relative_day),
    (r"(?P<day>今|明)儿", _relative_day),
    (r"\b(?:today|tonight|tomorrow|yesterday|(?:this|next|last) ?(?:weekend|week|month))\b", _english),
    (
        rf"(?P<which>上上|上|这|本|今|下下|下|呢)个?{_WEEK}(?P<day>六日|六周日|[末{_DAY_NAMES}])?(?:(?:到|至|-|~){_WEEK}?(?P<to>[{_DAY_NAMES}]))?",
        _week,
    ),
    (rf"(?:未来|接下来|今后|往后|以后|最近|近)(?:的|这)?(?P<n>半|{_N})?(?P<unit>个?(?:周|星期|礼拜)|个月|天|日)(?:内|里)?", _coming),
    (rf"(?P<n>半|{_N})(?P<unit>个?(?:周|星期|礼拜)|个月|天|日)(?:之内|以内|内|里)", _coming),
    ("这(?P<n>两|几)天", _these_days),
    (rf"(?<!每){_WEEK}(?P<day>六日|六周日|[末{_DAY_NAMES}])(?:(?:到|至|-|~){_WEEK}?(?P<to>[{_DAY_NAMES}]))?", _weekday),
    (r"(?P<which>上上|上|这|本|当|下下|下)个?月(?P<part>上旬|中旬|下旬|初|中|底|末)?", _month),
    (rf"{_YEAR}(?P<m>{_N})月(?![\d一二三四五六七八九十])份?(?P<part>上旬|中旬|下旬|初|中|底|末)?", _numbered_month),
    (r"月(?P<part>初|中|底|末)", _part),
    (rf"{_YEAR}(?P<season>[春夏秋冬])(?:季|天|招(?!骋))?(?!风行动|季攻坚|暖|校园招聘月)", _season),
    (rf"{_YEAR}(?P<half>[上下])半年", _half),
    ("元旦|五一|国庆|寒假|暑假|年底|年末", _holiday),
    (r"(?P<y>今年|明年|去年|20\d\d年)", _whole_year),
    ("最近|近期|近来|近排|近日|后面|接下来|之后|以后|今后", _from_today),
)
"""The most particular first: the first that matches and is possible counts."""


# Calendar arithmetic


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weekday_number(name: str) -> int:
    return _DAY_NAMES.index(name) % 7 if name != "天" else 6


def _shift(which: str) -> int:
    return {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(re.sub("个?月$", "", which), 0)


def _month_span(today: date, shift: int) -> tuple[date, date]:
    years, month = divmod(today.month - 1 + shift, 12)
    year = today.year + years
    return date(year, month + 1, 1), _end_of_month(year, month + 1)


def _months_from(year: int, month: int, count: int) -> tuple[date, date]:
    last = date(year, month, 1)
    for _ in range(count - 1):
        last = _end_of_month(last.year, last.month) + timedelta(days=1)
    return date(year, month, 1), _end_of_month(last.year, last.month)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _part_of_month(first: date, last: date, part: str | None) -> tuple[date, date]:
    if part in ("上旬", "初"):
        return first, first.replace(day=10)
    if part in ("中旬", "中"):
        return first.replace(day=11), first.replace(day=20)
    return (first.replace(day=21), last) if part in ("下旬", "底", "末") else (first, last)


def _year(said: str | None, today: date) -> int | None:
    if not said:
        return None
    shift = {"今年": 0, "明年": 1, "后年": 2, "去年": -1}.get(said)
    return today.year + shift if shift is not None else int(said[:4])


def _date(year: str | None, month: str, day: str, today: date) -> date | None:
    """A day; without a year the one nearest to today, which for most is the one to come."""
    known = _year(year, today)
    if known:
        return _made(known, whole_number(month), whole_number(day))
    found = [each for shift in (-1, 0, 1) if (each := _made(today.year + shift, whole_number(month), whole_number(day)))]
    return min(found, key=lambda each: (each - today).days if each >= today else 3 * (today - each).days, default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

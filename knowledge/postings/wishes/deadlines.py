"""Until when one can apply, and since when a posting is out: 这个礼拜截止的, 三天内, 月底前, 最近一周发布的. Weeks begin on Monday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.text.numerals import whole_number
from knowledge.postings.wishes.remaining import Conditions, Remaining

_SOON_DAYS = 7
"""What 快截止 means: a convention."""
_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WEEKDAYS = {character: day for day, character in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 6}
_CLOSES = (
    "(?:就)?(?:要)?(?:会)?(?:截止|截至|到期|过期|关闭|结束报名|报名结束|结束|停止报名|停招|要投完|投完|"
    "(?:是|就是)?(?:报名|投递|申请)?的?最后(?:一天|一日|期限)(?:报名|投递|投|申请|能投|能报)*)(?:的|了)?"
)
_WITHIN = "(?:之内|以内|内|之前|以前|前)?"
_WHEN = (
    rf"(?P<today>今天|今晚|今日)|(?P<tomorrow>明天|明日)|(?P<after>明?后天)|(?P<nextweek>下个?(?:周|礼拜|星期)(?!末|[一二三四五六日天]))"
    rf"|(?P<week>(?:这|本)一?个?(?:周|礼拜|星期)(?![一二三四五六日天]))"
    rf"|(?P<weekday>(?:(?:这|本)个?)?(?:周|礼拜|星期)[一二三四五六日天末])|(?P<days>{_NUMBER}天)|(?P<weeks>{_NUMBER}(?:个)?(?:周|礼拜|星期))"
    r"|(?P<month>(?:这|本)个?月(?:底|末)?|月底|月末|月内)|(?P<nextmonth>下个?月(?:底|末)?)|(?P<year>年底|年末|年内|今年内|元旦)"
    r"|(?P<third>(?:(?P<third_month>\d{1,2})月|(?:这|本)个?月)?(?P<third_name>上旬|中旬|下旬))"
    r"|(?P<date>(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})[号日])"
    r"|(?P<dotted>(?<![\d.])(?P<m2>1[0-2]|[1-9])[./](?P<d2>[0-3]?\d)(?![\d万千wk]))"
)
_DEADLINE = re.compile(rf"(?:在|到)?(?:{_WHEN}){_WITHIN}(?:就|要|会|快|才)*{_CLOSES}(?:报名)?")
_DEADLINE_AFTER = re.compile(rf"(?:在|到)?(?:{_WHEN})(?:之|以)?后(?:才|再)?{_CLOSES}")
_DEADLINE_BEFORE = re.compile(rf"截止(?:日期|时间)?(?:在|到|是|为)?(?:{_WHEN}){_WITHIN}(?:的)?")
_BY = re.compile(rf"(?:在)?(?:{_WHEN})(?:之前|以前|前|之内|以内|内)(?:能|要|可以|得|必须)?(?:投|投递|报名|报|申请|交)?(?:完|的)*")
_SOON = re.compile(f"(?:快要?|马上(?:就)?(?:要)?|即将|近期|最近|眼看)(?:就)?(?:要)?{_CLOSES}")
_OUT = "(?:新)?(?:发布|更新|发出|新增|上新|上线|挂出|新出|出|放出)(?:来)?(?:的)?"
_POSTED = re.compile(
    rf"(?:最近|近|这)?(?:(?P<today>今天|今日)|(?P<week>(?:这|本)一?个?(?:周|礼拜|星期)|这周)|(?P<days>(?:最近|近|"
    rf"这)?{_NUMBER}天)|(?P<weeks>(?:最近|近|这)?{_NUMBER}(?:个)?(?:周|礼拜|星期))"
    rf"|(?P<month>(?:这|本)个?月))(?:内|以内|之内)?(?:新)?{_OUT}"
)


def read_deadline(remaining: Remaining, today: date) -> Conditions:
    """By when applications close, and since when the posting is out, in days of the graduate's calendar."""
    conditions: Conditions = {}
    for match in remaining.take(_POSTED):
        conditions["posted_since"] = _since(match, today)
    for match in remaining.take(_DEADLINE_AFTER):
        if day := _last_day(match, today):
            conditions["deadline_from"] = day + timedelta(days=1)
    for pattern in (_DEADLINE, _DEADLINE_BEFORE, _BY):
        for match in remaining.take(pattern):
            conditions |= _until(match, today)
    if remaining.takes(_SOON):
        conditions.setdefault("deadline_until", today + timedelta(days=_SOON_DAYS))
    return conditions


def _until(match: re.Match[str], today: date) -> Conditions:
    if match["nextweek"]:
        return {"deadline_from": _sunday(today) + timedelta(days=1), "deadline_until": _sunday(today) + timedelta(days=7)}
    if match["nextmonth"]:
        first = _month_end(today) + timedelta(days=1)
        return {"deadline_from": first, "deadline_until": _month_end(first)}
    day = _last_day(match, today)
    return {"deadline_until": day, "deadline_from": None} if day else {}


def _last_day(match: re.Match[str], today: date) -> date | None:
    named = match.groupdict()
    if named["today"]:
        return today
    if named["tomorrow"]:
        return today + timedelta(days=1)
    if named["after"]:
        return today + timedelta(days=2)
    if named["week"]:
        return _sunday(today)
    if named["weekday"]:
        return _sunday(today) - timedelta(days=6 - _WEEKDAYS[named["weekday"][-1]])
    if named["days"] or named["weeks"]:
        return today + timedelta(days=_days(named["days"] or named["weeks"]))
    if named["month"]:
        return _month_end(today)
    if named["third"]:
        return _end_of_third(named["third_month"], named["third_name"], today)
    if named["year"]:
        return date(today.year, 12, 31)
    if named["dotted"]:
        return _named_date(named["m2"], named["d2"], today)
    return _named_date(named["m"], named["d"], today)


def _end_of_third(month: str | None, third: str, today: date) -> date | None:
    """The last day of the first ten, the second ten or the remaining days of a month."""
    first = _named_date(month or str(today.month), "1", today)
    if first is None or third == "下旬":
        return _month_end(first) if first else None
    return first.replace(day=10 if third == "上旬" else 20)


def _since(match: re.Match[str], today: date) -> date:
    if match["today"]:
        return today
    if match["week"]:
        return _sunday(today) - timedelta(days=6)
    if match["month"]:
        return today.replace(day=1)
    return today - timedelta(days=_days(match["days"] or match["weeks"]))


def _days(words: str) -> int:
    number = re.search(_NUMBER, words)
    count = whole_number(number.group()) if number else 1
    return count * (7 if re.search("周|礼拜|星期", words) else 1)


def _named_date(month: str | None, day: str, today: date) -> date | None:
    """A day of this month or of the month named, the next time that it comes; None where no such day exists."""
    asked = int(month) if month else today.month if int(day) >= today.day else today.month % 12 + 1
    year = today.year + (asked < today.month)
    try:
        return date(year, asked, int(day))
    except ValueError:
        return None


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def _month_end(today: date) -> date:
    first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first_of_next - timedelta(days=1)

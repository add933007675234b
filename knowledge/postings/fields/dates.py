"""Days as sources write them. A day that does not exist is None and said to be wrong; which year is meant is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.clock import CHINA
from knowledge.ingest.days import day_of, months_later
from knowledge.postings.fields.cleaning import clean_line, compact
from knowledge.postings.record import DeadlineState

IMPOSSIBLE = "日期不存在：{text}"
UNREAD = "日期看不懂：{text}"
NO_YEAR = "日期没有写年份，也没有发布日期可以推断：{text}"

_LONGEST = 200
"""Characters; what is longer is no day but a text."""
_FIRST, _LAST = 2000, 2089
"""Years outside are slips (0027) or mean that there is no end (9999-12-31)."""
_EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's 1900 date system, counted so that its leap-year slip does no harm from March 1900 on (ECMA-376 part 1, 18.17.4.1)."""
_EXCEL = re.compile(r"[34567]\d{4}(?:\.\d+)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?(?:\.0)?")
_OPEN = re.compile(r"长期|常年|全年|不限|无截止|无期限|持续招聘|随时")
_UNTIL_FILLED = re.compile(r"[招额][满完够到][即为]?[止满]|满额[即为]?止|招到[即为]止|招[满到]为?止|额满|招满|满员")
_UNSAID = re.compile(
    r"[-—/\\.。·]*|无|暂无|没有|空|none|null|nan|n/a|na|nat|待定|未定|另行通知|以?(?:详?见|官网|"
    r"公告|正文|附件|通知|简章|实际|具体)[\u4e00-\u9fff]*|尽快|未注明|未知|不详"
)
_Y4 = r"(?:19|20)\d{2}"
_YMD = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?号?")
_YY_MD = re.compile(r"(?<!\d)(\d{2})年(\d{1,2})月(\d{1,2})[日号]?")
_DIGITS = re.compile(rf"(?<!\d)({_Y4})(\d{{2}})(\d{{2}})(?!\d)")
_DMY = re.compile(rf"(?<!\d)(\d{{1,2}})[-/.](\d{{1,2}})[-/.]({_Y4})(?!\d)")
_MD = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})[日号]?(?!\d)")
_MONTH_END = re.compile(rf"(?:({_Y4})年)?(\d{{1,2}})月[底末]")
_TIME = re.compile(r"[T\s]?\s*(?<![\d])\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?\s*(?:Z|[+-]\d{2}:\d{2}|\+\d{4})?(?!\d)", re.I)
"""The hour of the day says nothing here."""
_SPELLED = re.compile("[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")


@dataclass(frozen=True)
class DayReading:
    """A day, or what there is instead. `issue` is Chinese and says why a text that should be a day is none."""

    day: date | None = None
    state: DeadlineState = "unknown"
    issue: str = ""


def read_day(written: str, since: date | None = None) -> DayReading:
    """The day that a field says, of several the last. A day without a year is the first from `since` on.

    >>> read_day("2027年1月8日").day, read_day("招满即止").state, read_day("2026-02-30").issue
    (datetime.date(2027, 1, 8), 'until_filled', '日期不存在：2026-02-30')
    """
    shown = clean_line(written)
    text = compact(_TIME.sub(" ", shown))
    if not text or _UNSAID.fullmatch(text):
        return DayReading()
    if len(text) > _LONGEST:
        return DayReading(issue=UNREAD.format(text=shown[:40]))
    if _EXCEL.fullmatch(text):
        return DayReading(_EXCEL_EPOCH + timedelta(days=int(float(text))), "date")
    if _EPOCH.fullmatch(text):
        return DayReading(_since_epoch(text), "date")
    found = _all_days(text, since)
    if not found:
        return _without_day(text, shown)
    last = found[-1]
    if isinstance(last, date):
        return DayReading(last, "date")
    if last == "open":
        return DayReading(state="open")
    return DayReading(issue=last.format(text=shown[:40]))


def looks_like_day(written: str) -> bool:
    """Whether a text is a full day and hardly anything else (to tell displaced columns); an impossible one too."""
    text = compact(written)
    return bool(re.fullmatch(rf"{_Y4}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:t?\d{{1,2}}:\d{{2}}.*)?", text)) or text in ("招满即止", "长期有效")


def _without_day(text: str, shown: str) -> DayReading:
    if _UNTIL_FILLED.search(text):
        return DayReading(state="until_filled")
    if _OPEN.search(text):
        return DayReading(state="open")
    return DayReading(issue=UNREAD.format(text=shown[:40]))


def _since_epoch(text: str) -> date:
    seconds = int(float(text))
    return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, CHINA).date()


def _all_days(text: str, since: date | None) -> list[date | str]:
    """The days of a text in order; for one that cannot be, the reason (or `open` for a year that means never)."""
    places: dict[int, date | str] = {}
    taken: list[tuple[int, int]] = []

    def note(match: re.Match[str], value: date | str) -> None:
        if not any(match.start() < end and start < match.end() for start, end in taken):
            taken.append(match.span())
            places[match.start()] = value

    for match in _SPELLED.finditer(text):
        note(match, day_of(match[0]) or IMPOSSIBLE)
    for match in _YMD.finditer(text):
        note(match, _day(int(match[1]), int(match[2]), int(match[3])))
    for match in _YY_MD.finditer(text):
        note(match, _day(2000 + int(match[1]), int(match[2]), int(match[3])))
    for match in _DIGITS.finditer(text):
        note(match, _day(int(match[1]), int(match[2]), int(match[3])))
    for match in _DMY.finditer(text):
        note(match, _day_or_month_first(int(match[1]), int(match[2]), int(match[3])))
    for match in _MONTH_END.finditer(text):
        note(match, _month_end(match[1], int(match[2]), since))
    before = [places[start] for start in sorted(places)]
    for match in _MD.finditer(text):
        first = before[0] if before and isinstance(before[0], date) else None
        note(match, _next(int(match[1]), int(match[2]), first or since))
    return [places[start] for start in sorted(places)]


def _day(year: int, month: int, day: int) -> date | str:
    if year > _LAST and 1 <= month <= 12:
        return "open"
    try:
        return date(year, month, day) if year >= _FIRST else IMPOSSIBLE
    except ValueError:
        return IMPOSSIBLE


def _day_or_month_first(first: int, second: int, year: int) -> date | str:
    """8/1/2027 may be August or January: it is read only where one order alone is possible, or both say the same."""
    readings = {value for value in (_day(year, second, first), _day(year, first, second)) if isinstance(value, date)}
    return readings.pop() if len(readings) == 1 else UNREAD if readings else IMPOSSIBLE


def _month_end(year: str | None, month: int, since: date | None) -> date | str:
    if not 1 <= month <= 12:
        return IMPOSSIBLE
    if year:
        return months_later(date(int(year), month, 1), 1) - timedelta(days=1)
    if since is None:
        return NO_YEAR
    end = months_later(date(since.year, month, 1), 1) - timedelta(days=1)
    return end if end >= since else months_later(date(since.year + 1, month, 1), 1) - timedelta(days=1)


def _next(month: int, day: int, since: date | None) -> date | str:
    """The first such day from `since` on; 29 February may be years away and is then not believed."""
    if isinstance(_day(2024, month, day), str):
        return IMPOSSIBLE
    if since is None:
        return NO_YEAR
    for year in (since.year, since.year + 1):
        found = _day(year, month, day)
        if isinstance(found, date) and found >= since:
            return found
    return IMPOSSIBLE

"""How much, as people say it: 八九千, 一万左右, 5位数, 8k以上, 1w2到1w5, 月薪过万, 年薪20万, 200一天."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text.numerals import whole_number
from knowledge.postings.wishes.remaining import Conditions, Remaining

HIGHER, LOWER = 1.25, 0.8
"""What 工资再高点 and 低点也行 make of the last floor: a convention."""
_MONTHS = 12
_LEAST_MONTHLY, _MOST_MONTHLY = 1000, 200_000
_LEAST_DAILY, _MOST_DAILY = 30, 3000
_TEN_THOUSAND = 10_000
_UNITS = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000, "百": 100}

_HAN = "一二两三四五六七八九十百千万零"
_AMOUNT = (
    r"(?:\d+(?:\.\d+)?\s?(?:万|w(?![a-z])|千|k(?![a-z])|百)?(?:\d(?![\d届天个年]))?"
    rf"|[一二两三四五六七八九十][{_HAN}]*[百千万][{_HAN}]*)"
)
_PAIR = "(?P<low>[一二三四五六七八九])(?P<high>[二两三四五六七八九])(?P<unit>[百千万])"
_YUAN = "(?:元|块钱|块|rmb)?"
_PER = r"(?P<per>(?:/|每|一|1)\s?(?:个)?(?:月|天|日|年|小时)|(?:以上|左右|起)?的?(?:月薪|日薪|年薪)|(?<=[千万kw元块0百])年薪)?"
_BEFORE = (
    "(?P<period>月薪|月入|年薪|年收入|年包|日薪|日结|时薪|薪资|薪水|薪酬|工资|底薪|基本工资|待遇|收入|每个?月|"
    "一个?月|每天|一天|月|工钱|税后|税前|到手|期望|"
    "(?:实习)?补贴)?(?:要|得|是|在|能|能有|给|有|达到|能到|能拿|拿|最好|都|一般|期望|大概要|大概有|想要|到手|要求)*[:：]?\\s?"
)
_LEAST_BEFORE = "(?P<least>不低于|不少于|至少|最少|最低|起码|高于|大于|超过|多于|>=|>|≥|保底|底线|不能低于|别低于|起薪)?(?:要|有|得|给|是)?"
_ABOUT_BEFORE = "(?P<about>大概|大约|约|差不多|左右)?(?:在|是|有)?"
_AFTER = (
    r"(?P<after>\s?(?:及?以上|起步|起|往上|朝上|向上|\+|打底|保底|出头|多一?点|以外|左右|上下|差不多|附近|的样子|"
    r"以下|以内|之内|不到|之间|这个?区间|这样))?"
)
_TO = r"\s?(?:-|~|—|–|到|至|和|、)+\s?"
_SALARY = re.compile(
    rf"{_BEFORE}{_LEAST_BEFORE}{_ABOUT_BEFORE}(?:{_PAIR}(?!{_TO}\d)|(?P<from>{_AMOUNT}){_YUAN}{_TO}(?P<to>{_AMOUNT})|"
    rf"(?P<amount>{_AMOUNT})){_YUAN}{_PER}{_YUAN}{_AFTER}"
    r"(?P<per2>(?:的)?\s?(?:一|每|/)\s?个?(?:月|天|日|年|小时))?"
)
_DIGITS_FIVE = re.compile("(?:月薪|工资|薪资|薪水)?(?:能|要|有)?(?:五|5)位数(?:以上|的)?(?:工资|月薪|薪资|薪水)?")
_OVER_TEN_THOUSAND = re.compile(
    "(?:月薪|工资|薪资|月入|薪水|收入)?(?:要|能|得)?(?:过|破|上)万(?!元)(?:的)?(?:月薪|工资|薪资)?|"
    "(?<![\\d一二两三四五六七八九十百千.])万元?(?:以上|起|左右|往上)"
)
_NOT_NEGOTIABLE = re.compile(
    "(?:不要|别给我|别推|不看|不考虑)(?:薪资|工资|薪酬)?面议(?:的)?|(?:薪资|工资|薪酬|待遇)?面议的?(?:都|"
    "就)?(?:别给我|别推|不要|不看|不考虑|除外|就算了)(?:了)?"
)
_NEGOTIABLE = re.compile(
    "(?:工资|薪资|薪水|待遇|薪酬|月薪)?(?:是|写)?(?:面议|面谈)(?:的)?(?:也|都)?(?:行|可以|可|能接受|没关系|无所谓|接受|ok|看看|考虑)?(?:的)?"
)
_WANT_HIGHER = re.compile(
    "(?:有没有|有)?(?:工资|薪资|薪水|待遇|薪酬|月薪|日薪|钱|价格?)(?:能|可以|要)?(?:不能|能不能|可不可以)?(?:再|更|"
    "还要|给)*(?:高|多|涨)(?:一?点儿?|些|一些|的|一点点)?(?:的)?|(?:再|更)高(?:一?点儿?|些|一些)?的?"
    "|(?:工资|薪资|薪水|待遇|钱)(?:太|有点|有些)(?:低|少)了?"
)
_WANT_LOWER = re.compile(
    "(?:工资|薪资|薪水|待遇|薪酬|月薪|钱)(?:可以|稍微|能|再)*(?:低|少)(?:一?点儿?|些|一些)(?:也|都)?(?:行|可以|没关系|无所谓|能接受|ok)?(?:的)?"
)
_OTHER_MONEY = re.compile("(?:补|交|收|亏|扣|罚|押|付|骗|花|赔|贷|欠|转|要收|培训费|押金|中介费|定金|一笔|刷)(?:了|我|我们|他|到|给|您|你)*$")
"""Before a sum that is no salary."""
_SUM_ALONE = re.compile(r"\d+(?:\.\d+)?")
_MONEY_WORDS = re.compile("薪|工资|待遇|收入|元|块|月|日薪|年包|补贴|到手|底线|起薪|日结")


@dataclass(frozen=True)
class _Sum:
    """One or two amounts of money, in yuan of the period that they are said of."""

    low: float
    high: float | None
    period: str


def read_salary(remaining: Remaining, internship: bool = False) -> Conditions:
    """The salary asked for; `internship` lets a small bare sum be one a day."""
    remaining.take(_NOT_NEGOTIABLE)  # a salary that is not said fits no wish for one anyway
    conditions: Conditions = {"negotiable_ok": True} if remaining.takes(_NEGOTIABLE) else {}
    if remaining.takes(_DIGITS_FIVE):
        return conditions | {"salary_wish": "at_least", "salary_min": _TEN_THOUSAND, "salary_max": None}
    for match in _OVER_TEN_THOUSAND.finditer(remaining.text):
        remaining.blank(match.start(), match.end())
        return conditions | {"salary_wish": "about" if "左右" in match.group() else "at_least", "salary_min": _TEN_THOUSAND, "salary_max": None}
    for match in _SALARY.finditer(remaining.text):
        if _OTHER_MONEY.search(remaining.text[: match.start()]):
            continue
        if found := _condition(match, internship):
            remaining.blank(match.start(), match.end())
            return conditions | found
    return conditions


def wants_higher(remaining: Remaining) -> bool:
    """Whether more is wanted than before (工资再高点); taken out."""
    return remaining.takes(_WANT_HIGHER)


def wants_lower(remaining: Remaining) -> bool:
    """Whether less will do as well; taken out."""
    return remaining.takes(_WANT_LOWER)


def _condition(match: re.Match[str], internship: bool) -> Conditions | None:
    """What a match asks for; None where it is no salary."""
    amounts = _amounts(match)
    if amounts is None:
        return None
    period = _period(match, amounts[0], internship)
    said_as_money = bool(_MONEY_WORDS.search(match.group())) or match["after"] or match["least"] or match["low"]
    if match["amount"] and _SUM_ALONE.fullmatch(match["amount"]) and not said_as_money and not _is_plausible_alone(amounts[0], period):
        return None
    if period == "hour":
        return None
    return _daily(amounts) if period == "day" else _monthly(_Sum(*amounts, period), match["after"] or "", match["least"] or "", match["about"] or "")


def _is_plausible_alone(amount: float, period: str) -> bool:
    """Whether a bare number can be a salary: 6000 can, 2027, 985 and 24365 cannot."""
    return period == "day" or (_LEAST_MONTHLY <= amount <= 50_000 and amount % 100 == 0)


def _daily(amounts: tuple[float, float | None]) -> Conditions | None:
    return {"daily_min": round(amounts[0])} if _LEAST_DAILY <= amounts[0] <= _MOST_DAILY else None


def _monthly(asked: _Sum, after: str, least: str, about: str) -> Conditions | None:
    share = _MONTHS if asked.period == "year" else 1
    low, high = _whole(asked.low / share), _whole(asked.high / share) if asked.high else None
    if not _LEAST_MONTHLY <= low <= _MOST_MONTHLY:
        return None
    if re.search("以下|以内|之内|不到", after):
        return {}
    if least or re.search("以上|起|往上|朝上|向上|\\+|打底|保底|出头|多", after):
        return {"salary_wish": "at_least", "salary_min": low, "salary_max": None}
    if high:
        return {"salary_wish": "band", "salary_min": min(low, high), "salary_max": max(low, high)}
    if about or re.search("左右|上下|差不多|附近|样子|这样", after):
        return {"salary_wish": "about", "salary_min": low, "salary_max": None}
    return {"salary_wish": "at_least", "salary_min": low, "salary_max": None}


def _whole(amount: float) -> int:
    """Whole yuan, rounded up: a floor may not fall below what was said."""
    return int(-(-amount // 1))


def _period(match: re.Match[str], amount: float, internship: bool) -> str:
    words = f"{match['period'] or ''}{match['per'] or ''}{match['per2'] or ''}"
    if re.search("时薪|小时", words):
        return "hour"
    if re.search("日薪|日结|天|日", words):
        return "day"
    if re.search("年", words):
        return "year"
    if re.search("月", words):
        return "month"
    return "day" if internship and amount < _LEAST_MONTHLY else "month" if amount < 100_000 else "year"


def _amounts(match: re.Match[str]) -> tuple[float, float | None] | None:
    if match["low"]:
        unit = _UNITS[match["unit"]]
        low, high = whole_number(match["low"]), whole_number(match["high"])
        return (low * unit, high * unit) if high == low + 1 else (_value(match["low"] + match["high"] + match["unit"]) or 0, None)
    if match["amount"]:
        value = _value(match["amount"])
        return None if value is None else (value, None)
    low_text, high_text = match["from"].strip(), match["to"].strip()
    unit_said = re.search(r"[万w千k百]", high_text)
    if unit_said and _SUM_ALONE.fullmatch(low_text) and float(low_text) < _LEAST_DAILY * 10:
        low_text += unit_said.group()  # 8-10k, 1到1.5万
    bounds = _value(low_text), _value(high_text)
    return None if bounds[0] is None or bounds[1] is None else (bounds[0], bounds[1])


def _value(text: str) -> float | None:
    """An amount in yuan: 1.2万, 1w2, 8k, 8000, 八千, 一万五; None for what is none."""
    plain = text.replace(" ", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(万|w|千|k|百)?(\d)?", plain)
    if match:
        unit = _UNITS.get(match[2] or "", 1)
        return float(match[1]) * unit + (int(match[3]) * unit / 10 if match[3] else 0)
    try:
        return float(whole_number(plain))
    except ValueError:
        return None

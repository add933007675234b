"""Facts that are numbers or words of an order: years of graduation, ages, lengths of time, education, grades, scores."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from knowledge.eligibility.facts import EDUCATION
from knowledge.eligibility.reading.numerals import LENGTH, NUMBER, months, number

_YEAR = r"(?P<year>20\d{2}|(?<!\d)[012]\d)"
_BETWEEN = r"(?:[^,。]{0,8}?)"
_COHORT = re.compile(rf"{_YEAR}\s?(?:届|年?(?:(?P<month>1?\d)月(?:份|底|初)?)?(?:才|刚|就|将|要|从|的)?{_BETWEEN}毕业(?!论文|设计))")
_RELATIVE = re.compile(
    rf"(?P<when>大前年|前年|去年|今年|明年|后年)(?:年?(?P<month>1?\d|十[一二]?|[一二三四五六七八九])月(?:份)?)?(?:才|"
    rf"刚|就|将|要|从)?{_BETWEEN}毕(?:了)?业(?!论文|设计|补)"
)
_SHIFT = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_SINCE = re.compile(
    rf"(?:毕业|离校)(?:已经?|都|也|有|快|将近|近|刚|才|超过|满|超|过|了|到|整|至今|还)*(?P<under>不到|不满|未满|"
    rf"没到|没满)?(?:已|第)?{LENGTH}(?P<within>以?内)?(?P<still>后)?"
)
_ORDINAL = re.compile(rf"毕业第(?P<n>{NUMBER})年")
_SINCE_BEFORE = re.compile(rf"(?<!服务期)(?<!合同){LENGTH}(?:前|之前)毕(?:了)?业")
_JUST = re.compile(r"刚(?:刚)?(?:从[^,。]{0,8})?(?:本科|大专|专科|硕士|研究生)?毕业|刚离校|刚出校门")
_AGE = re.compile(
    r"(?<!\d)(?P<n>\d{2}|[一二三四五]?十[一二三四五六七八九]?)\s?(?:周)?岁(?!以[下上内]|及以)|(?:今年|我|年龄|"
    r"年纪)(?:已经?|都|是|才|刚|为)*(?P<bare>[1-5]\d)(?=[,。了]|$)|^(?P<alone>[1-5]\d)$"
)
_GRADE = re.compile(r"(?P<grade>大[一二三四五]|研[一二三])(?!时|期间|的时候|上学期就|那年)")
_EDUCATION = (
    (re.compile(r"专升本(?:的|毕业|学生|在读|上来)"), "本科"),
    (re.compile(r"(?<!想读)(?<!想考)(?<!报考)(?<!考上)博士(?!后|以上|及以上)|读博|博[一二三]"), "博士"),
    (re.compile(r"(?<!考)(?<!想读)(?<!报考)(?<!考上)(?:硕士|研究生(?!考试|入学|招生|院|初试|以上))(?!以上|及以上)|研[一二三]"), "硕士"),
    (re.compile(r"(?<!专升)(?<!升)(?:大学)?本科(?!以上|及以上|生以上|院校)|(?<![一-龥])[一二三]本(?=[,。毕应在院的大]|$)|学士"), "本科"),
    (re.compile(r"(?:大专|专科|高职|高专)(?!以上|及以上|院校的?要求|升)"), "专科"),
    (re.compile(r"中专|职高|技校|中职(?!老师|教师)|中师"), "中专"),
    (re.compile(r"高中(?=学历|毕业|文凭|生|[,。]|$)(?!老师|教师)"), "高中"),
)
_INSURED = re.compile(
    rf"(?:社保|失业保险|社会保险|五险(?:一金)?|养老保险|保险)(?:一共|总共|都|也|已经?|只|才|断断续续|陆续|累计)*(?:缴|"
    rf"交|买)?(?:纳|费)?(?:了|过|满|有|才|够)*(?P<under>不到|不满|未满|没到|没满)?{LENGTH}"
    rf"|(?:缴|交|买)(?:纳)?(?:了|过|满|有|够|费)*(?P<under2>不到|不满|未满)?(?P<n2>{NUMBER})(?P<unit2>个?多?月|"
    rf"年)(?P<half2>半)?(?:多)?(?:的)?(?:社保|失业保险|社会保险|五险|养老|失业|保险)?"
)
_NEVER_INSURED = re.compile(
    r"(?:没有?|未|从没|从未|没给)(?:缴|交|买|上)(?:纳)?过?(?:任何)?(?:社保|失业保险|社会保险|保险|五险)|(?:社保|"
    r"失业保险|社会保险)(?:从来|还|都|也|一直|一天)*(?:没|未)(?:有)?(?:缴|交|买|上)|(?:没有?|无)(?:社保|失业保险)(?!卡)"
)
_CONTRACT_YEARS = re.compile(rf"(?:签|合同|协议|约定|服务期)(?:了|订|的|是|期|约|为|满|劳动合同|服务协议|合同)*(?P<n>{NUMBER})年")
_SERVICE_YEARS = re.compile(rf"(?:干|工作|服务|上班|教书|代课|支教|任教|待|做)(?:了|满|过|已经?|快|够|整)*(?P<n>{NUMBER})年(?!就)")
_SERVICE_ENDED = re.compile(rf"(?:服务期?满|期满|服务结束|结束)(?:已经?|都|了|有|考核|合格|快|不到)*{LENGTH}(?!服务)")
_SERVICE_ENDED_YEAR = re.compile(
    r"(?P<when>前年|去年|今年|刚刚?|上个月)(?:[^,。]{0,8})(?:期满|服务结束|服务期结束|服务完)|(?:服务期|服务)(?:在|"
    r"于)?(?P<when2>前年|去年|今年|刚刚?)(?:[^,。]{0,3})(?:结束|满)"
)
_ENDED = {"前年": 24, "去年": 14, "今年": 4, "刚": 1, "刚刚": 1, "上个月": 1}
_BUSINESS = re.compile(rf"(?:公司|店|企业|个体户|工作室|执照|注册|成立|开业|营业|开|登记)[^,。]{{0,6}}?(?:才|刚|了|已经?|满|有|快|不到)*{LENGTH}")
_STAY = re.compile(rf"(?:住|居住|待|来|呆)[^,。]{{0,5}}?(?:了|满|已经?|才|刚|快|有)*(?P<under>不到|不满|未满)?{LENGTH}")
_SCORE = re.compile(r"(?<!\d)(?P<n>\d{2,3}(?:\.\d)?)分")


def read_quantities(clause: str, today: date) -> dict[str, Any]:
    """The facts of a clause that are numbers or ordered words. A denied year or degree states nothing."""
    found: dict[str, Any] = {}
    for read in (_graduation, _grade_and_education, _age, _insurance, _service, _rest):
        read(clause, today, found)
    return found


def _graduation(clause: str, today: date, found: dict[str, Any]) -> None:
    relative, absolute = _RELATIVE.search(clause), _COHORT.search(clause)
    if relative and not _negated(clause, relative.start()):
        found["cohort"] = today.year + _SHIFT[relative["when"]]
        _month(found, relative["month"])
    elif absolute and not _negated(clause, absolute.start()):
        year = int(absolute["year"])
        found["cohort"] = year if year > 1000 else 2000 + year
        _month(found, absolute["month"])
    elif _JUST.search(clause):
        found |= {"graduated": True, "months_since_graduation": 5}
    else:
        _since(clause, found)


def _since(clause: str, found: dict[str, Any]) -> None:
    """毕业两年, 毕业不到一年, 毕业第三年: how long ago, at about the middle of what the words leave open."""
    ordinal = _ORDINAL.search(clause)
    if ordinal:
        found["months_since_graduation"] = round(number(ordinal["n"]) * 12) - 6
    elif (since := _SINCE.search(clause)) and not since["still"]:
        span = months(since)
        under = since["under"] or since["within"]
        over = re.search("超过|超|过", clause[since.start() : since.start("n")]) and not under
        found["months_since_graduation"] = max(span - 6, span // 2) if under else span + 6 * bool(over) * ("年" in since["unit"])
    elif before := _SINCE_BEFORE.search(clause):
        found["months_since_graduation"] = months(before)


def _month(found: dict[str, Any], text: str | None) -> None:
    if text and 1 <= number(text) <= 12:
        found["graduation_month"] = int(number(text))


def _negated(clause: str, start: int) -> bool:
    return bool(re.search("不是|并非|非$", clause[max(0, start - 4) : start]))


def _grade_and_education(clause: str, today: date, found: dict[str, Any]) -> None:
    grade = _GRADE.search(clause)
    if grade and not _negated(clause, grade.start()):
        found |= {"grade": grade["grade"], "enrolled": True}
    degrees = [name for pattern, name in _EDUCATION for match in pattern.finditer(clause) if not _negated(clause, match.start())]
    if degrees:
        found["education"] = max(degrees, key=EDUCATION.index)


def _age(clause: str, today: date, found: dict[str, Any]) -> None:
    match = _AGE.search(clause)
    if match:
        age = int(number(match["n"] or match["bare"] or match["alone"]))
        if 14 <= age <= 60:
            found["age"] = age


def _insurance(clause: str, today: date, found: dict[str, Any]) -> None:
    if _NEVER_INSURED.search(clause):
        found |= {"ever_insured": False, "insured_months": 0}
    elif match := _INSURED.search(clause):
        span = months(match) if match["n"] else _second(match)
        under = match["under"] or match["under2"]
        found |= {"ever_insured": True, "insured_months": span - 1 if under else span}


def _second(match: re.Match[str]) -> int:
    value = number(match["n2"])
    return round(value * 12) + 6 * bool(match["half2"]) if "年" in match["unit2"] else round(value)


def _service(clause: str, today: date, found: dict[str, Any]) -> None:
    for name, pattern in (("contract_years", _CONTRACT_YEARS), ("service_years", _SERVICE_YEARS)):
        match = pattern.search(clause)
        if match:
            found[name] = int(number(match["n"]))
    if match := _SERVICE_ENDED.search(clause):
        found["service_ended_months"] = months(match)
    elif match := _SERVICE_ENDED_YEAR.search(clause):
        found["service_ended_months"] = _ENDED[match["when"] or match["when2"]]


def _rest(clause: str, today: date, found: dict[str, Any]) -> None:
    spans: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
        ("business_months", _BUSINESS, months),
        ("stay_months", _STAY, lambda match: months(match) - bool(match["under"])),
    )
    for name, pattern, read in spans:
        match = pattern.search(clause)
        if match:
            found[name] = read(match)
    if match := _SCORE.search(clause):
        found["score"] = int(float(match["n"]))

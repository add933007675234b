"""Which degree and which major the graduate has."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from knowledge.postings.record import Degree
from knowledge.postings.wishes.remaining import Conditions, Remaining

_DEGREES = (
    (Degree.DOCTOR, re.compile("博士后?(?:研究生)?(?:学历|学位|毕业|在读|生)?")),
    (
        Degree.MASTER,
        re.compile(
            "硕士(?:研究生)?(?:学历|学位|毕业|在读|生)?|研究生(?:学历|毕业|在读)?(?!院|处)|研[一二三](?![一-鿿]?院)|学硕(?!士)|专硕(?!士)|硕博"
        ),
    ),
    (
        Degree.BACHELOR,
        re.compile("专升本|(?:普通|全日制|民办)?本科(?:学历|毕业|在读|生)?|学士(?:学位)?|[一二三]本(?:学生|学校|院校|毕业)?|双非|大四|大三"),
    ),
    (Degree.JUNIOR_COLLEGE, re.compile("(?:全日制)?大专(?:学历|毕业|在读|生)?|专科(?:学历|毕业|在读|生)?|高职(?:毕业)?|高专")),
    (
        Degree.SECONDARY,
        re.compile("中专(?:学历|毕业)?|高中(?:学历|毕业|生)?(?!教师|老师|语文|数学|英语|物理|化学|生物|历史|地理|政治)|职高|技校(?!老师)|中技"),
    ),
)
_AND_ABOVE = re.compile(
    "(?:学历)?(?:及|或)?以[上下](?:学历)?|能投的?|可投的?|可以投的?|能报的?|能做的|能干的|能进的?|就行|就能投|也能投|也行|也要|也可以"
)
_SELF = re.compile("^(?:我|本人|俺)(?:是|就|现在)?")
_BELOW = re.compile(
    "(?:(?:低于|不到|没到|(?<!有)没有?|达不到|(?<![用要需])不(?:用|需要|必|要求)|无需)(?P<before>大专|专科|本科|硕士|研究生)(?:学历|文凭)?|(?P<behind>大专|专科|本科|硕士|研究生)(?:学历)?以下(?:学历)?)(?:的)?"
)
"""The degree named is just what the graduate has not; 本科及以下 names it too and is none of these."""
_BELOW_IT = {
    "大专": Degree.SECONDARY,
    "专科": Degree.SECONDARY,
    "本科": Degree.JUNIOR_COLLEGE,
    "硕士": Degree.BACHELOR,
    "研究生": Degree.BACHELOR,
}
_NO_DEGREE_ASKED = re.compile("(?:不限|不看|不要求|没有|无|不卡)学历(?:要求|限制)?|学历(?:不限|没要求|无要求|不要求)")


def read_education(remaining: Remaining) -> Conditions:
    """The graduate's degree, the highest where several are named."""
    if remaining.takes(_NO_DEGREE_ASKED):
        return {"education": Degree.ANY}
    if below := remaining.take(_BELOW):
        return {"education": _BELOW_IT[below[0]["before"] or below[0]["behind"]]}
    found = [degree for degree, pattern in _DEGREES if remaining.takes(pattern)]
    if found:
        remaining.take(_AND_ABOVE)
        return {"education": max(found)}
    return {}


def read_major(remaining: Remaining) -> Conditions:
    """The graduate's major where it is said to be one: 学会计的, 法学毕业, 计算机专业."""
    return _major(remaining, _said_as_major())


def read_bare_major(remaining: Remaining) -> Conditions:
    """The bare name of a major that is no occupation (计算机), once occupations have been read."""
    return _major(remaining, _bare_major())


def _major(remaining: Remaining, pattern: re.Pattern[str]) -> Conditions:
    for match in pattern.finditer(remaining.text):
        name = next(group for group in match.groups() if group)
        remaining.blank(match.start(), match.end())
        return {"major": canonical_major(name)}
    return {}


def canonical_major(name: str) -> str:
    """The name that a major goes by: 会计 → 会计学; what is not listed stays."""
    return _canonical().get(name, name)


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, ...], ...]:
    text = resources.files("knowledge.postings.wishes").joinpath("majors.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _canonical() -> dict[str, str]:
    return {name.lstrip("+"): line[0].lstrip("+") for line in _lines() for name in line}


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=1)
def _said_as_major() -> re.Pattern[str]:
    names = _alternatives(list(_canonical()))
    return re.compile(
        rf"(?:专业|(?<![小中大高教同文理])学|读|念|修)(?:的)?(?:是|:|：)?({names})(?:专业|系|类)?(?:的)?(?:毕业生?|学生)?(?![岗员师])"
        rf"|({names})(?:专业|系|方向)(?:的)?(?:毕业生?|学生|应届生)?"
        rf"|({names})(?:本科|大专|硕士|专科|研究生)?(?:毕业生?|学生|生|出身|科班)(?!物|产)"
    )


@lru_cache(maxsize=1)
def _bare_major() -> re.Pattern[str]:
    names = _alternatives([name.lstrip("+") for line in _lines() for name in line if name.startswith("+")])
    return re.compile(
        rf"({names})(?:类|相关)?(?!六级|四级|专[四八]|八级|口语|好|流利|证|老师|教师|翻译|教练|培训|岗|员|师|编辑|客服|业务|销售|主播|学院)"
    )

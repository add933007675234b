"""单位性质: one word for one thing (`record.EMPLOYER_TYPES`). What fits none is kept as text alone."""

from __future__ import annotations

import re

from knowledge.postings.fields.cleaning import compact

_TYPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"央企|中央(?:直属)?企业|中央管理企业|国资委直属"), "央企"),
    (re.compile(r"国有|国企|国资|国控|国营"), "国有企业"),
    (re.compile(r"非营利|民办非企|社会组织|社会团体|社团|基金会|公益|社会服务机构|行业协会|ngo"), "社会组织"),
    (re.compile(r"事业|公立(?:医院|学校|高校)|高等院校|高等学校|高校|科研院所|科研设计单位|医疗卫生单位|中初教育单位|中小学"), "事业单位"),
    (re.compile(r"机关|政府|公务员|党政"), "机关"),
    (re.compile(r"合资|中外合作"), "合资企业"),
    (re.compile(r"外资|外企|外商|独资企业\(外|港澳台|港资|台资|三资|外国|foreign"), "外资企业"),
    (re.compile(r"上市|a股|港股|新三板"), "上市公司"),
    (re.compile(r"民营|民企|私营|私企|个体|民办|private"), "民营企业"),
)

_EXACT = re.compile(r"央企|国企|国有企业|事业单位|机关|民企|民营(?:企业)?|私营(?:企业)?|私企|外企|外资(?:企业)?|合资(?:企业)?|上市公司|社会组织")
_COMPANY = re.compile(r".{2,40}(?:有限(?:责任)?公司|股份公司)")


def read_employer_type(written: str) -> str | None:
    """The kind of employer that a field names; of several the first of 央企, 国有企业, … in the order above.

    >>> read_employer_type("国企"), read_employer_type("私营"), read_employer_type("有限责任公司")
    ('国有企业', '民营企业', None)
    """
    text = re.sub(r"非国有|非上市|非公有?制?|非事业", "", compact(written))
    return next((name for pattern, name in _TYPES if pattern.search(text)), None)


def looks_like_employer_type(written: str) -> bool:
    """Whether a text is the name of a kind of employer and nothing else (to tell displaced columns)."""
    return _EXACT.fullmatch(compact(written)) is not None


def looks_like_company(written: str) -> bool:
    """Whether a text is a company's full name."""
    return _COMPANY.fullmatch(compact(written)) is not None

"""What kind of employer, and which one."""

from __future__ import annotations

import re

from knowledge.postings.fields.roles import mentions
from knowledge.postings.wishes.fillers import bare
from knowledge.postings.wishes.remaining import Conditions, Remaining

STATE_OWNED = ("国有企业", "央企")
"""国企 includes those of the centre."""
KINDS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile("体制内"), (*STATE_OWNED, "事业单位", "机关")),
    (re.compile("央企|中央企业|中字头"), ("央企",)),
    (re.compile("(?:地方)?国企|国有企业|国有单位|国有公司|国营"), STATE_OWNED),
    (re.compile("事业单位|公[立办](?:学校|医院|单位|中学|小学)?"), ("事业单位",)),
    (re.compile("外资企业|外商独资|外资|外商|外企|台资|日企|德企|港资|美企|韩企"), ("外资企业",)),
    (re.compile("中外合资|合资企业|合资"), ("合资企业",)),
    (re.compile("上市公司|上市企业"), ("上市公司",)),
    (re.compile("民营企业|民企|私企|私营企业|民营|私营|私人企业|私人公司|私人老板"), ("民营企业",)),
    (re.compile("政府机关|党政机关|机关单位|政府部门|机关"), ("机关",)),
    (re.compile("社会组织|公益组织|公益机构|ngo|非营利(?:组织|机构)|民办非企业|社会团体|基金会"), ("社会组织",)),
)
_FRAME = "(?:里|类|性质|单位)?(?:的)?"


def read_employer_types(remaining: Remaining) -> Conditions:
    """The kinds of employer asked for, as in `record.EMPLOYER_TYPES`; any of them will do."""
    found: dict[str, None] = {}
    for pattern, names in KINDS:
        if remaining.takes(re.compile(f"(?:{pattern.pattern}){_FRAME}")):
            found |= dict.fromkeys(names)
    return {"employer_types": tuple(found)} if found else {}


def types_at(text: str, start: int) -> tuple[int, tuple[str, ...]] | None:
    """The kinds of employer that a text names right at a place, and where their name ends; None where there is none."""
    for pattern, names in KINDS:
        if match := pattern.match(text, start):
            return match.end(), names
    return None


_ENDS = "(?:股份有限公司|有限公司|集团|公司|研究院|研究所|事务所|人民医院|医院|大学|学院|银行|局|厂)"
_NAMED = re.compile(rf"(?P<one>[\u4e00-\u9fffa-z]{{2,12}}?{_ENDS})(?=(?:的|还|在|有|招|那边|里|校招|最近|今年|要|$|\s))")
_BEFORE_HIRING = re.compile(
    r"(?:^|\s|[,。])(?P<one>[\u4e00-\u9fff]{2,6}?)\s*(?:(?:那边|这边)?(?:还|在|最近|今年|今|到底|有没有|有什么|"
    r"有哪些|有啥|有)*\s*招(?:不招|聘)?(?!人才|生)"
    r"|(?:那边|这边|还|有没有|有什么|有哪些|有啥|有)+\s*岗)"
)
_NO_NAME = re.compile(
    "(?:哪|什么|啥|有|这|那|几|个|些|各|找|去|进|想|好|大|小|该|贵|本|他|我|你|的|些|合适|靠谱|当地|正规|互联网|"
    "外包|教培|上市|半导体|游戏|新能源|电商|化工|房地产|旅游|人力|海运|芯片"
    "|光伏|大数据|制造|医药|器械|物流|科技|食品|汽车|建筑|设计|环保|软件|广告|传媒|金融|证券|保险|现在|目前|今年|谁|长期|常年|大量|公开|社会|校园|集中|统一|补充|"
    "还|在|不|都|能|要|会|给|帮|请|专员|助理|师$|员$|手$|岗)"
)


def read_employer(remaining: Remaining) -> Conditions:
    """The employer that is named: by how its name ends (长沙银行), or as what hires (比亚迪招…)."""
    for pattern in (_NAMED, _BEFORE_HIRING):
        for match in pattern.finditer(remaining.text):
            name = match["one"]
            if len(name) >= 2 and not _NO_NAME.search(name) and not mentions(name) and bare(name) == name and not re.fullmatch(_ENDS, name):
                remaining.blank(match.start(), match.end())
                return {"employer": name}
    return {}

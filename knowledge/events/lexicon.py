"""Whom events are for and which trades they are about: one name for what people call by many."""

from __future__ import annotations

import re
from functools import lru_cache

AUDIENCES: dict[str, str] = {
    "研究生": "研究生|硕士|博士|硕博|高层次人才",
    "本科生": "本科",
    "专科生": "专科|大专|高职|职院|高专",
    "师范生": "师范|公费师范",
    "女大学生": "女生|女大学生|女性|女毕业生",
    "困难毕业生": "困难|重点群体|低收入|脱贫|低保|帮扶|贫困",
    "残疾毕业生": "残疾|残联|助残",
    "退役军人": "退役|退伍|军人",
    "少数民族毕业生": "少数民族|民族生",
    "留学回国人员": "留学|海归|归国",
    "离校未就业毕业生": "离校未就业|未就业毕业生|往届",
    "实习生": "实习",
}
"""Who an event may be for → the words that say so, in a question as in an announcement."""

TRADES: dict[str, str] = {
    "医药卫生": "医药|医护|医学|医疗|护理|卫生|药学|医院|生物医药|健康",
    "教育": "教育|教师|师范|中小学|幼教",
    "国企央企": "国企|央企|国有企业|国资|中央企业|国有",
    "事业单位": "事业单位|事业编",
    "计算机": "计算机|互联网|软件|信息技术|(?<![a-z])it(?![a-z])|电子信息|人工智能|数字|通信",
    "金融财会": "金融|财经|财会|会计|银行|证券|保险",
    "制造机械": "制造|机械|装备|汽车|自动化|工业",
    "建筑土木": "建筑|土木|工程类|建工|建设",
    "理工": "理工类|理工科|工科",
    "农林": "农林|农业|农学|乡村振兴|林业",
    "艺术传媒": "艺术|传媒|设计|音乐|美术",
    "法律": "法学|法律|律师|法务",
    "外语外贸": "外语|外贸|翻译|英语",
    "文科": "文科|人文|管理类|经管",
    "能源电力": "能源|电力|电网|石油|化工|矿业",
    "军工": "军工|航天|航空|兵器|国防",
    "民营企业": "民营|民企",
    "公务员": "公务员|选调|考公",
}
"""What an event may be about → the words that say so."""


_SUFFIXES = "类|业|系|行业|专业|方向|企业|单位|群体|家庭|大学生|毕业生|应届生|学生|人|生|专业类|相关"


def classes_of(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The audiences and the trades that a folded word is made of; none of either where it holds anything else (国家电网 is no trade)."""
    if _all_words().fullmatch(word.lower()) is None:
        return (), ()
    return _named(word, AUDIENCES), _named(word, TRADES)


def says(folded: str, name: str, classes: dict[str, str]) -> bool:
    """Whether a folded text says that it is of the class `name`."""
    return re.search(classes[name], folded.lower()) is not None


def _named(word: str, classes: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name in classes if says(word, name, classes))


@lru_cache(maxsize=1)
def _all_words() -> re.Pattern[str]:
    named = "|".join((*AUDIENCES.values(), *TRADES.values()))
    return re.compile(f"(?:(?:{named})(?:{_SUFFIXES})*)+")

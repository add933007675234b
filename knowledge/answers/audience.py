"""Whom a sentence is for, where a question says who asks: degree, hardship, registered residence. A graduating year is judged elsewhere."""

from __future__ import annotations

import re

_FAMILIES: dict[str, dict[str, re.Pattern[str]]] = {
    "学历": {
        "博士": re.compile("博士|研究生(?!以下)"),
        "硕士": re.compile("硕士|研究生(?!以下)"),
        "本科": re.compile("本科|学士"),
        "专科": re.compile("(?<!本)专科|大专|高职|高专"),
        "技工、中职": re.compile("技工|技校|中职|中专|职高"),
    },
    "困难类别": {
        "低保家庭": re.compile("低保|最低生活保障"),
        "残疾": re.compile("残疾|残联"),
        "脱贫家庭": re.compile("脱贫|建档立卡|贫困家庭|返贫"),
        "零就业家庭": re.compile("零就业"),
        "孤儿、特困": re.compile("孤儿|特困"),
        "助学贷款": re.compile("助学贷款"),
    },
    "户籍": {
        "外地户籍": re.compile("(?:非本|外)(?:地|市|省|区|县)(?:的)?(?:户籍|户口|生源)|(?:户籍|户口)(?:不在|在外)"),
        "本地户籍": re.compile("(?<!非)本(?:地|市|省|区|县)(?:的)?(?:户籍|户口|生源)|(?:户籍|户口)在本"),
    },
}
_ALL = re.compile("各类|所有|全体|不限学历|不论学历|专科(?:及)?以上|本专科")


def groups_in(text: str) -> dict[str, frozenset[str]]:
    """Family → the groups of it that a folded text names."""
    found = {family: frozenset(name for name, pattern in groups.items() if pattern.search(text)) for family, groups in _FAMILIES.items()}
    return {family: groups for family, groups in found.items() if groups}


def for_others(question: str, sentence: str) -> str:
    """The groups that a sentence is for when none of them asks; empty where it is for the one who asks, or for everybody."""
    asked, named = groups_in(question), groups_in(sentence)
    if _ALL.search(sentence):
        return ""
    foreign = [groups for family, groups in named.items() if family in asked and not groups & asked[family]]
    return "、".join(name for groups in foreign for name in sorted(groups))

"""Majors asked for, each as written; names of classes (财会类, 理工科) are kept as they are."""

from __future__ import annotations

import re

from knowledge.postings.fields.cleaning import clean_line, compact

_LONGEST = 1_000
"""Characters that are read."""
_ANY = re.compile(r"(?:专业)?不限(?:制)?(?:专业)?|无(?:专业)?(?:要求|限制)|所有专业|各专业|任意专业|专业(?:均可|皆可)|不作要求")
_CODE = re.compile(r"[(（\[]?(?<![\da-zA-Z])[0-9]{2,6}[A-Z]{0,2}(?![\da-zA-Z])[)）\]]?")
_SEPARATORS = re.compile(r"[、,，;；/|\n。]+|(?<=[类学])\s+|\s{1,}(?=[\u4e00-\u9fff])|或者?|[(（](?:含|包括|如)?[:：]?|[)）]|[:：]")
_TAIL = re.compile(
    r"(?:等)?(?:及|以及)?(?:其他|其它|其)?(?:相关|相近|类似|近似)(?:的)?(?:专业|学科|方向|领域)?(?:类|"
    r"者)?(?:毕业)?$|等?(?:一级学科|专业|方向)(?:优先|毕业|背景)?$|优先$|[等及]$"
)
_HEAD = re.compile(r"^(?:专业要求|所学专业|要求|专业|具有|具备|研究生|本科|硕士|博士|及|等)(?:[:：]|(?=[\u4e00-\u9fff]{2}))")


def read_majors(written: str) -> tuple[tuple[str, ...], bool]:
    """Majors in the order written, each once, and whether any will do.

    >>> read_majors("会计、财务管理等相关专业"), read_majors("不限")
    ((('会计', '财务管理'), False), ((), True))
    """
    text = clean_line(written)[:_LONGEST]
    if not text or compact(text) in ("无", "-", "/", "其他", "其它", "详见公告"):
        return (), False
    if _ANY.search(compact(text)):
        return (), True
    parts = (_trimmed(part) for part in _SEPARATORS.split(_CODE.sub(" ", text)))
    return tuple(dict.fromkeys(part for part in parts if 1 < len(part) <= 40)), False


def _trimmed(part: str) -> str:
    part = part.strip(" .·-—“”\"'*")
    part = _HEAD.sub("", part).strip()
    while (shorter := _TAIL.sub("", part).strip()) != part:
        part = shorter
    return part

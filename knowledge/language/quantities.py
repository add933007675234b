"""Patterns of sums, dates, periods, counts and numbers of documents in folded text (blanks dropped)."""

from __future__ import annotations

import re

_N = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万半]+)"
_RANGE = rf"{_N}(?:[-—~至到]{_N})?"
_Y = r"(?:19|20)\d{2}年"
_UNIT = r"[\d.,]*(?:[余多万千百亿元块个人家名场次天所批项期位篇份处门类年月周]|学时|小时|岗位|工作日)"
"""What follows a number that counts something, so that 120场 is no emergency call."""

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("DOC_NO", re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[（(【](?:19|20)\d{2}[〕\]）)】]第?\d{1,4}号")),
    (
        "PHONE",
        re.compile(rf"(?<!\d)(?:0\d{{2,3}}-\d{{7,8}}|400-?\d{{3}}-?\d{{4}}|1[3-9]\d{{9}}|(?:12[1-9]\d{{2,3}}|96110|110|120|119)(?!{_UNIT}))(?!\d)"),
    ),
    ("RATIO", re.compile(r"\d+[:：]\d+|百分之[一二三四五六七八九十百]+|\d+(?:\.\d+)?%|[一二三四五六七八九]成")),
    (
        "MONEY",
        re.compile(rf"{_RANGE}(?:余|多)?(?:万|千|百|亿)?元(?:/(?:人|月|年))?|\d+(?:\.\d+)?(?:万|k|K)(?![余多人家个名场次所批项位篇份处门类岗])"),
    ),
    (
        "DATE",
        re.compile(
            rf"(?:{_Y})?\d{{1,2}}(?:[-—至到]\d{{1,2}})?月(?:\d{{1,2}}[日号])?(?:前|底|初|上旬|中旬|下旬)?|{_Y}(?:上半年|下半年|底|初)?|(?:上|下)半年|(?:今|明|当|每)年\d{{1,2}}月"
        ),
    ),
    (
        "PERIOD",
        re.compile(rf"(?:不超过|最长|至少|满|不少于)?{_RANGE}(?:个)?(?:工作日|自然日|年(?!\d|级)|个月|天|周|学期|小时|学时)(?:以上|以内|内)?"),
    ),
    ("ORDINAL", re.compile(r"第[一二三四五六七八九十\d]+(?:届|批|轮|期|季|次)|首(?:届|批|期|季)")),
    (
        "COUNT",
        re.compile(
            rf"(?:不少于|不低于|不超过|至少|共|约|超过)?{_RANGE}(?:万|千|百)?(?:余|多)?(?:家|场|个|名|人|次|期|所|批|项|类|位|篇|份|岗位|处|门)(?!月)"
        ),
    ),
)
"""Label and pattern; an earlier one takes the text before a later one sees it. A ratio such as 500:1, a sum of money,
a point or span of time, a length of time, a place in a series, a number of things."""


def find_quantities(text: str) -> list[tuple[str, int, int]]:
    """`(label, start, end)` of each quantity, in order, none overlapping."""
    taken: list[tuple[str, int, int]] = []
    for label, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for _, start, end in taken):
                taken.append((label, match.start(), match.end()))
    return sorted(taken, key=lambda found: found[1])

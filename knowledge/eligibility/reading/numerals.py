"""Numbers and lengths of time as people write them: 24, 二十四, 两年半, 半年, 十一个月."""

from __future__ import annotations

import re

from core.text.numerals import whole_number

NUMBER = r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百零〇半]{1,4})"
LENGTH = rf"(?:(?P<n>{NUMBER})(?P<more>[多来几])?(?P<unit>个?多?月|年|周年|学期)(?P<half>半)?(?P<over>多)?)"
"""A length of time; read it with `months`."""


def number(text: str) -> float:
    """The value of digits or Chinese numerals; raises ValueError for anything else.

    >>> number("二十四"), number("两"), number("半"), number("12")
    (24.0, 2.0, 0.5, 12.0)
    """
    if text[:1].isdigit():
        return float(text)
    if text == "半":
        return 0.5
    return float(whole_number(text))


def months(match: re.Match[str]) -> int:
    """The months of a `LENGTH` match; 两年多 counts as two and a half years, 一个多月 as two months."""
    value = number(match["n"])
    unit = match["unit"]
    if "年" in unit:
        more = bool(match["half"] or match["over"] or match["more"])
        return round(value * 12) + 6 * more
    if unit == "学期":
        return round(value * 6)
    return round(value) + bool(match["half"] or match["over"] or match["more"] or "多" in unit)

"""Chinese numerals: 二十四, 一百零三, 三千五, 一万二, and digit by digit as in years, 二〇二四."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SECTION = 10_000
"""From this unit on, all that stands before is counted by it: 三十二万 is thirty-two times it."""
_CUT_FROM = 100
"""From this unit on, a digit right behind it is meant by the next smaller one: 三千五 is 3,500, 二百五 250, but 二十五 25."""


def whole_number(text: str) -> int:
    """The value of a whole number in Arabic digits or Chinese numerals, folded; raises ValueError for anything else.

    >>> whole_number("二十四"), whole_number("一万二"), whole_number("二〇二四"), whole_number("12")
    (24, 12000, 2024, 12)
    """
    if text.isdecimal():
        return int(text)
    total = section = 0
    cut = 1
    current: int | None = None
    previous = ""
    for character in text:
        if character in _DIGITS:
            current = _DIGITS[character] if current is None else current * 10 + _DIGITS[character]
            cut = _UNITS.get(previous, 1)
        elif character not in _UNITS:
            raise ValueError(f"不是数字：{text}")
        elif (unit := _UNITS[character]) < _SECTION:
            section, current = section + (1 if current is None else current) * unit, None
        else:
            total, section, current = (total + section + (current or 0) or 1) * unit, 0, None
        previous = character
    if not previous:
        raise ValueError("不是数字：（空）")
    if current and previous in _DIGITS and cut >= _CUT_FROM and current < 10:
        current *= cut // 10
    return total + section + (current or 0)

"""The numbers that Word prints before paragraphs and keeps in numbering.xml (ECMA-376 part 1, 17.9), written out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST_LEVELS = 9


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: bool = True


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, part: Any | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if part is not None:
            self._read(part)

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list at a level, `（一）`; empty for bullets and unknown lists."""
        levels = self._lists.get(list_id)
        if levels is None or not 0 <= level < _MOST_LEVELS or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract_of.get(list_id, list_id), [0] * _MOST_LEVELS)
        for above in range(level):
            if counts[above] == 0:
                counts[above] = levels[above].start if above in levels else 1
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_MOST_LEVELS - level - 1)
        if levels[level].form in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda found: self._number(levels, counts, int(found[1]) - 1), levels[level].text).strip()

    def _number(self, levels: dict[int, _Level], counts: list[int], level: int) -> str:
        form = levels[level].form if level in levels else "decimal"
        return _FORMS.get(form, str)(counts[level])

    def _read(self, part: Any) -> None:
        abstract = {node.get(f"{W}abstractNumId"): self._levels(node) for node in part.findall(f"{W}abstractNum")}
        for node in part.findall(f"{W}num"):
            reference = node.find(f"{W}abstractNumId")
            list_id = node.get(f"{W}numId")
            if reference is None or list_id is None:
                continue
            levels = dict(abstract.get(reference.get(f"{W}val"), {}))
            overridden = False
            for override in node.findall(f"{W}lvlOverride"):
                overridden |= self._override(levels, override)
            self._lists[list_id] = levels
            self._abstract_of[list_id] = f"own {list_id}" if overridden else str(reference.get(f"{W}val"))

    def _override(self, levels: dict[int, _Level], node: Any) -> bool:
        index = _integer(node.get(f"{W}ilvl"))
        own, start = node.find(f"{W}lvl"), node.find(f"{W}startOverride")
        if own is not None:
            levels[index] = self._level(own)
        if start is not None:
            base = levels.get(index, _Level())
            levels[index] = _Level(_integer(start.get(f"{W}val")), base.form, base.text)
        return own is not None or start is not None

    def _levels(self, node: Any) -> dict[int, _Level]:
        return {_integer(level.get(f"{W}ilvl")): self._level(level) for level in node.findall(f"{W}lvl")}

    def _level(self, node: Any) -> _Level:
        return _Level(_integer(_value(node, "start"), 1), _value(node, "numFmt") or "decimal", _value(node, "lvlText") or "")


def chinese_number(number: int) -> str:
    """1 to 9999 as it is written in documents: 十, 十二, 二十, 一百零一."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = digit == 0
    return text[1:] if text.startswith("一十") else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 200 else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, name in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix")):
        text, number = text + name * (number // value), number % value
    return text + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[max(0, min(number, 8))]


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else str(number)


def _heavenly(number: int) -> str:
    return _HEAVENLY[number - 1] if 0 < number <= len(_HEAVENLY) else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "chineseLegalSimplified": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "ideographDigital": chinese_number,
    "ideographTraditional": _heavenly,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


def _value(node: Any, tag: str) -> str | None:
    child = node.find(f"{W}{tag}")
    value = None if child is None else child.get(f"{W}val")
    return None if value is None else str(value)


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 7 else default

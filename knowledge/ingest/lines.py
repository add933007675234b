"""A printed line and the numbering it may open with. Every line keeps its place in the printed text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from core.text.folding import fold

ADDRESSEES = re.compile(r"^[^。;；]{4,260}[:：]$")
"""The line of those whom a document addresses, folded (各省、自治区、直辖市教育厅：)."""
PRINTED_LINE = re.compile(r"(?:1 ?9|2 ?0) ?\d ?\d ?年 ?\d ?\d? ?月 ?\d ?\d? ?日 ?印 ?发")
"""The last line of an official document, folded, perhaps letter-spaced: by whom and when it was printed (GB/T 9704)."""

_CN = "一二三四五六七八九十百零〇"


class Level(IntEnum):
    """How deep a numbering stands, by the usage of official documents (GB/T 9704): 一、（一）1.（1）; 章 and 条 in statutes."""

    CHAPTER = 1
    SECTION = 2
    PART = 3
    ARTICLE = 4
    SUBPART = 5
    ITEM = 6
    SUBITEM = 7


_MARKERS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.CHAPTER, re.compile(rf"第[{_CN}]+[编章](?=\s|[\u3400-\u9fff]|$)")),
    (Level.SECTION, re.compile(rf"第[{_CN}]+节(?=\s|[\u3400-\u9fff]|$)")),
    (Level.ARTICLE, re.compile(rf"第[{_CN}]+条(?:之[{_CN}]+)?")),
    (Level.PART, re.compile(rf"[{_CN}]{{1,3}}、")),
    (Level.SUBPART, re.compile(rf"[(（][{_CN}]{{1,3}}[)）]")),
    (Level.ITEM, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (Level.SUBITEM, re.compile(r"[(（]\d{1,2}[)）]")),
)
_ORNAMENT = re.compile(r"[\s#*>_\-—=·|\u3000]*")
_SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』）)]*$")


@dataclass(frozen=True)
class Marker:
    """The number a line opens with: its level, the label as printed (`二、`, `（三）`, `10.`), and where the text after it starts."""

    level: Level
    label: str
    end: int


@dataclass(frozen=True)
class Line:
    """One line of the printed text; `start` and `end` are its offsets there, ornaments and outer blanks left off."""

    start: int
    end: int
    text: str
    blank_before: bool
    heading_mark: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def marker(self) -> Marker | None:
        for level, pattern in _MARKERS:
            match = pattern.match(self.text)
            if match:
                return Marker(level, match.group(), match.end())
        return None

    @property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text))


def split_lines(text: str) -> list[Line]:
    """The lines that hold something, ornaments of Markdown and rules at their start left off."""
    lines: list[Line] = []
    position, blank = 0, True
    for raw in text.split("\n"):
        lead = _ORNAMENT.match(raw)
        offset = lead.end() if lead else 0
        body = raw[offset:].rstrip()
        if body:
            start = position + offset
            lines.append(Line(start, start + len(body), body, blank, "#" in raw[:offset]))
            blank = False
        else:
            blank = True
        position += len(raw) + 1
    return lines

"""A printed line and the numbering it may open with. Every line keeps its place in the printed text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from core.text.folding import fold
from knowledge.ingest.source_text import Mark

ADDRESSEES = re.compile(r"^[^。;；]{4,260}[:：]$")
"""The line of those whom a document addresses, folded (各省、自治区、直辖市教育厅：)."""
PRINTED_LINE = re.compile(r"(?:1 ?9|2 ?0) ?\d ?\d ?年 ?\d ?\d? ?月 ?\d ?\d? ?日 ?印 ?发")
"""The last line of an official document, folded, perhaps letter-spaced: by whom and when it was printed (GB/T 9704)."""

CAPTION_RANK = 7
"""Headings of this rank or below are captions of tables: they end with the table's rows."""

LONGEST_LINE = 1_500
PASSAGE = 400
_SENTENCES = re.compile(r"[^。！？；]*[。！？；]+[”’」』）)]*|[^。！？；]+")

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
    """One line of the printed text; `start` and `end` are its offsets there, ornaments and outer blanks left off.

    `rank` is the level of a heading that the file itself marks as one (1 the highest, 0 none), `row` the path of a table's
    row, `unsure` says that it was read with little confidence.
    """

    start: int
    end: int
    text: str
    blank_before: bool
    heading_mark: bool = False
    rank: int = 0
    row: str = ""
    unsure: bool = False

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def marker(self) -> Marker | None:
        if self.row:
            return None
        for level, pattern in _MARKERS:
            match = pattern.match(self.text)
            if match:
                return Marker(level, match.group(), match.end())
        return None

    @property
    def ends_sentence(self) -> bool:
        return bool(self.row) or bool(_SENTENCE_END.search(self.text))


def split_lines(text: str, marks: Iterable[Mark] = ()) -> list[Line]:
    """The lines that hold something, ornaments and rules at their start left off, with what the reader marked on them."""
    return _with_marks(_split(text), sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _passages(line: str) -> list[str]:
    """A line as it is, or one far longer than any paragraph cut at its sentence ends."""
    if len(line) <= LONGEST_LINE:
        return [line]
    parts = [""]
    for sentence in _SENTENCES.findall(line):
        if parts[-1] and len(parts[-1]) + len(sentence) > PASSAGE:
            parts.append("")
        parts[-1] += sentence
    return parts


def _split(text: str) -> list[Line]:
    lines: list[Line] = []
    position, blank = 0, True
    for raw in (part for line in text.split("\n") for part in _passages(line)):
        lead = _ORNAMENT.match(raw)
        offset = lead.end() if lead else 0
        body = raw[offset:].rstrip()
        if body:
            start = position + offset
            lines.append(Line(start, start + len(body), body, blank, "#" in raw[:offset]))
            blank = False
        else:
            blank = True
        position += len(raw) + (text[position + len(raw) : position + len(raw) + 1] == "\n")
    return lines


def _with_marks(lines: list[Line], marks: list[Mark]) -> list[Line]:
    """Both in order of their start; a mark counts for every line that it overlaps."""
    marked = list(lines)
    first = 0
    for mark in marks:
        while first < len(lines) and lines[first].end <= mark.start:
            first += 1
        for index in range(first, len(lines)):
            if lines[index].start >= mark.end:
                break
            marked[index] = _marked(marked[index], mark)
    return marked


def _marked(line: Line, mark: Mark) -> Line:
    if mark.kind == "heading":
        return replace(line, rank=mark.level, heading_mark=True)
    if mark.kind == "row":
        return replace(line, row=mark.label)
    return replace(line, unsure=True) if mark.kind == "unsure" else line

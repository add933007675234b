"""Lines of print to paragraphs: hard line breaks are joined where the text runs on, also over columns and pages.

A line runs on into the next when it reaches the right margin; a new paragraph shows by its indent, by a larger gap above it,
by another size of type, by the number it opens with (the usage of GB/T 9704: first lines are indented by two characters).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from knowledge.ingest.readers.layout.columns import Flow
from knowledge.ingest.readers.layout.page import Row, ems, gap_between
from knowledge.ingest.readers.layout.ruled import Table

_CN = "一二三四五六七八九十百零〇"
MARKER = re.compile(
    rf"第[{_CN}]{{1,5}}[编章节条]|[{_CN}]{{1,3}}、|[(（][{_CN}\d]{{1,3}}[)）]|\d{{1,2}}(?:[.．](?!\d)|、)|[①-⑳]|附件\d{{0,2}}[:：]|[●•■◆]"
)
_SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』）)]*$")
_LARGER = 1.15
"""Type larger than the body's by this much is a heading's."""
_TOKEN = re.compile(r"^[\x21-\x7e]+")
_UNBROKEN = re.compile(r"^[，。；：、！？）》”,.;:!?)]")


@dataclass(frozen=True)
class Stretch:
    """A part of a paragraph's text that was recognised with one confidence; offsets within the paragraph."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Paragraph:
    """`size` is relative to the body's type; `centred` says that it stands in the middle of its column."""

    text: str
    size: float
    centred: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class _Line:
    """A row with what its column says of it, in ems of the body: indent from the left, room left at the right, gap above."""

    row: Row
    indent: float
    room: float
    gap: float
    column_width: float

    @property
    def text(self) -> str:
        return self.row.text.strip()

    @property
    def centred(self) -> bool:
        return self.indent >= 2 and self.room >= 1.5 and abs(self.indent - self.room) <= max(1.5, 0.06 * self.column_width)


def paragraphs(pages: Sequence[Sequence[Flow]]) -> list[Paragraph | Table]:
    """Paragraphs and tables in reading order; `pages` holds the flows of each page."""
    rows = [item for flows in pages for flow in flows for item in flow.items if isinstance(item, Row)]
    if not rows:
        return [item for flows in pages for flow in flows for item in flow.items if isinstance(item, Table)]
    body = _body_size(rows)
    parts = _lines(pages, body)
    indented = _is_indented([part for part in parts if isinstance(part, _Line)])
    out: list[Paragraph | Table] = []
    open_lines: list[_Line] = []
    for part in parts:
        if isinstance(part, Table) or (open_lines and _starts_new(open_lines, part, body, indented)):
            out += [_join(open_lines, body)] if open_lines else []
            open_lines = []
        if isinstance(part, Table):
            out.append(part)
        else:
            open_lines.append(part)
    return [*out, _join(open_lines, body)] if open_lines else out


def _body_size(rows: Iterable[Row]) -> float:
    """The size most characters are set in, to a tenth."""
    weights: Counter[float] = Counter()
    for row in rows:
        weights[round(row.em, 1)] += len(row.text)
    best = max(weights, key=lambda size: sum(count for other, count in weights.items() if abs(other - size) <= 0.06 * size))
    near = [size for size, count in weights.items() if abs(size - best) <= 0.06 * best for _ in range(count)]
    return median(near)


def _lines(pages: Sequence[Sequence[Flow]], body: float) -> list[_Line | Table]:
    margins = _page_margins(pages, body)
    parts: list[_Line | Table] = []
    for flows in pages:
        for flow in flows:
            left, right = _margins(flow, body) if flow.column else margins
            pitch = _pitch(flow)
            before: float | None = None
            for item in flow.items:
                if isinstance(item, Table):
                    parts.append(item)
                    before = None
                    continue
                gap = 1.0 if before is None or not pitch else (item.box.middle[1] - before) / pitch
                width = (right - left) / body
                parts.append(_Line(item, (item.box.x0 - left) / body, (right - item.box.x1) / body, gap, width))
                before = item.box.middle[1]
    return parts


def _page_margins(pages: Sequence[Sequence[Flow]], body: float) -> tuple[float, float]:
    """The text margins of all that stands in one column; they are the same from page to page."""
    whole = [flow for flows in pages for flow in flows if not flow.column]
    rows = [item for flow in whole for item in flow.items if isinstance(item, Row)]
    if len(rows) >= 3:
        return _margins(Flow(tuple(rows)), body)
    boxes = [item.box for flows in pages for flow in flows for item in flow.items]
    return min(box.x0 for box in boxes), max(box.x1 for box in boxes)


def _margins(flow: Flow, body: float) -> tuple[float, float]:
    """Left and right ends that at least two lines share, else the outermost."""
    boxes = [item.box for item in flow.items if isinstance(item, Row)] or [item.box for item in flow.items]
    return -_outermost([-box.x0 for box in boxes], body), _outermost([box.x1 for box in boxes], body)


def _outermost(ends: Sequence[float], body: float) -> float:
    for end in sorted(ends, reverse=True):
        if sum(abs(other - end) <= 0.6 * body for other in ends) >= 2:
            return end
    return max(ends)


def _pitch(flow: Flow) -> float:
    """The usual distance from line to line: a low quartile, for gaps between paragraphs only ever add to it."""
    middles = [item.box.middle[1] for item in flow.items if isinstance(item, Row)]
    gaps = sorted(b - a for a, b in itertools.pairwise(middles) if b > a)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _is_indented(lines: Sequence[_Line]) -> bool:
    """Whether first lines of paragraphs are indented in this document: full lines follow indented ones."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not a.centred and a.room < 2 and b.gap < 1.5]
    return sum(a.indent >= 1.2 and b.indent < 0.8 for a, b in pairs) >= max(1, 0.1 * len(pairs))


def _starts_new(above: Sequence[_Line], line: _Line, body: float, indented: bool) -> bool:
    last = above[-1]
    if _is_large(last, body) != _is_large(line, body) or not 0.85 < last.row.em / line.row.em < 1.18:
        return True
    if last.centred or line.centred:
        return not _goes_on_centred(above, line, body)
    if line.gap > 1.6 or last.room > 1.2 + _first_word(line.text):
        return True
    if MARKER.match(line.text):
        return bool(_SENTENCE_END.search(last.text)) or line.indent >= 0.8 or line.indent < last.indent - 0.8
    ended = bool(_SENTENCE_END.search(last.text))
    if line.indent >= 1.2:
        deeper = line.indent > last.indent + 0.8
        return ended or (deeper and not MARKER.match(above[0].text))
    return ended and not indented


def _goes_on_centred(above: Sequence[_Line], line: _Line, body: float) -> bool:
    """A title broken over lines is large and centred throughout; a short last line may stand under a full first one."""
    if not _is_large(line, body) or line.gap > 1.9:
        return False
    return not re.search(r"(?:通知|意见|方案|办法|公告|文件|规定|细则|指南)$", above[-1].text) and not MARKER.match(line.text)


def _is_large(line: _Line, body: float) -> bool:
    return line.row.em >= _LARGER * body


def _first_word(text: str) -> float:
    """The width of what cannot be broken at the start of a line: it may have been moved there, leaving room above."""
    word = _TOKEN.match(text)
    first = ems(word.group()) if word else 1.0
    return first + (1.0 if _UNBROKEN.match(text[len(word.group()) if word else 1 :]) else 0.0)


def _join(lines: Sequence[_Line], body: float) -> Paragraph:
    text = ""
    stretches: list[Stretch] = []
    for line in lines:
        for index, piece in enumerate(line.row.pieces):
            part = piece.text.strip()
            if not part:
                continue
            if text:
                text += _between(text, part, index, line)
            stretches.append(Stretch(len(text), len(text) + len(part), piece.confidence))
            text += part
    size = max(line.row.em for line in lines) / body
    return Paragraph(text, size, all(line.centred for line in lines), tuple(stretches))


def _between(text: str, part: str, index: int, line: _Line) -> str:
    if index:
        return gap_between(line.row.pieces[index - 1], line.row.pieces[index])
    narrow = ems(text[-1]) < 1 and ems(part[0]) < 1
    return " " if narrow and text[-1] not in "-/(" and part[0] not in ",.;:)" and not (text[-1].isdigit() and part[0].isdigit()) else ""

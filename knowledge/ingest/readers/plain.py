"""Plain text: nothing in it is marked, so its title and its tables are told by how the lines are laid out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.ingest.cleaning import is_posting_info
from knowledge.ingest.lines import Line, split_lines
from knowledge.ingest.metadata import DOC_NO
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.tables import Cell
from knowledge.ingest.reading import decode
from knowledge.ingest.source_text import Mark, SourceText

LONGEST_TITLE = 50
LEAST_TITLE = 6
LONGER = 1.2
"""By how much the line below a title is longer than it: a broken paragraph's first line is full, the one below is not longer."""
LEAST_ROWS = 3
LONGEST_CELL = 120
LONGEST_HEADING = 16

_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[。；;！!?？]|[，,：:、]$")
_OF_A_PAGE = re.compile(r"[>›»|]|首页|当前位置|网站|信息网$|就业网$|您所在|发布(?:时间|日期)|浏览|来源")
_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]$|^第[一二三四五六七八九十\d]+[章条节]$|^[-*·•●○◆]$")
_COLUMN = re.compile(
    r"^(?:序号|编号|项目|名称|类别|类型|事项|内容|地区|学院|院系|部门|单位|专业|岗位|学历|学位|政策|城市|区县|市县|年份|年度|对象|等级|档次|层次|姓名|材料|场次|条件|情形)"
    r"|(?:标准|金额|额度|时间|日期|期限|地点|地址|电话|人数|名额|数量|比例|条件|对象|依据|方式|流程|材料|备注|说明|联系人|负责人|老师|部门|名称|类别|要求|份数|楼层|房间|教室)$"
)
"""Words that head the columns of schools' and offices' tables."""
_WIDE = re.compile(r"[ \u3000\u00a0]{2,}|\t+")
_ONE = re.compile(r"[ \u3000\u00a0\t]+")

_Cells = list[str]
_Splitter = Callable[[str], _Cells]


def read_plain(name: str, content: bytes) -> SourceText:
    """Read plain text in any encoding, its title and tables marked; raises DocumentRefused for what is no Chinese text."""
    source = decode(name, content)
    lines = source.text.split("\n")
    spans = _tables(lines)
    if spans:
        source = replace(_with_tables(lines, spans, name, content), checksum=source.checksum)
    title = _title(split_lines(source.text, source.marks))
    return replace(source, marks=(title, *source.marks)) if title else source


def _with_tables(lines: Sequence[str], spans: dict[int, list[_Cells]], name: str, content: bytes) -> SourceText:
    builder = TextBuilder()
    index = 0
    while index < len(lines):
        rows = spans.get(index)
        if rows:
            builder.table([[Cell(text, heading=number == 0 and _is_headed(rows)) for text in row] for number, row in enumerate(rows)])
        else:
            builder.line(lines[index])
        index += len(rows) if rows else 1
    return builder.build(name, content, "txt")


# Tables


def _tables(lines: Sequence[str]) -> dict[int, list[_Cells]]:
    """The first line of each table with the cells of its rows."""
    found: dict[int, list[_Cells]] = {}
    index = 0
    while index < len(lines):
        rows = _table_at(lines, index)
        if rows:
            found[index] = rows
        index += len(rows) or 1
    return found


def _table_at(lines: Sequence[str], start: int) -> list[_Cells]:
    """The rows of the table that begins on a line, by the first way of parting cells that gives one; empty when none does."""
    for split in _SPLITTERS:
        width = len(split(lines[start]))
        if width < 2:
            continue
        end = start
        while end < len(lines) and lines[end].strip() and len(split(lines[end])) == width:
            end += 1
        rows = [split(line) for line in lines[start:end]]
        if _is_table(rows, by_tabs=split in _BY_TABS):
            return rows
    return []


def _by_single_tabs(line: str) -> _Cells:
    """An empty cell stands between two tabs."""
    return [cell.strip() for cell in line.rstrip().split("\t")]


def _by_tabs(line: str) -> _Cells:
    """Several tabs that only align."""
    return [cell.strip() for cell in re.split("\t+", line.strip())]


def _by_wide_gaps(line: str) -> _Cells:
    return _WIDE.split(line.strip())


def _by_blanks(line: str) -> _Cells:
    return _ONE.split(line.strip())


_BY_TABS = (_by_single_tabs, _by_tabs)
_SPLITTERS: tuple[_Splitter, ...] = (*_BY_TABS, _by_wide_gaps, _by_blanks)


def _is_table(rows: Sequence[_Cells], by_tabs: bool) -> bool:
    """Whether lines that part alike are a table's rows: they stand under words that head columns, or over each other with figures in a column.

    Lists (a number, then its text) and sentences with gaps in them are none.
    """
    if len(rows) < (LEAST_ROWS if len(rows[0]) == 2 or not by_tabs else LEAST_ROWS - 1) or not _reads_as_heading(rows[0]):
        return False
    if any(len(cell) > LONGEST_CELL or (not by_tabs and "。" in cell) for row in rows for cell in row):
        return False
    if sum(bool(_NUMBER.match(row[0])) for row in rows) * 2 >= len(rows):
        return False
    return _is_headed(rows) or _has_figures(rows)


def _reads_as_heading(row: _Cells) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and all(len(cell) <= LONGEST_HEADING and _HAN.search(cell) and not _SENTENCE.search(cell) for cell in filled)


def _is_headed(rows: Sequence[_Cells]) -> bool:
    return sum(bool(_COLUMN.search(cell)) for cell in rows[0]) >= 2


def _has_figures(rows: Sequence[_Cells]) -> bool:
    """A column with a figure in every row and none in its heading."""
    return any(not re.search(r"\d", column[0]) and all(re.search(r"\d", cell) for cell in column[1:]) for column in list(zip(*rows, strict=True))[1:])


# The title


def _title(lines: Sequence[Line]) -> Mark | None:
    """The first line, where it is set apart from what follows as a title is: short, no sentence, with a gap, a number, the addressees or a
    longer sentence below."""
    if len(lines) < 2 or lines[0].row or lines[0].rank or lines[0].marker:
        return None
    line, after = lines[0], lines[1]
    words = line.folded
    if not LEAST_TITLE <= len(words) <= LONGEST_TITLE or len(_HAN.findall(words)) < LEAST_TITLE:
        return None
    if _SENTENCE.search(words) or _OF_A_PAGE.search(words) or DOC_NO.search(words) or is_posting_info(line):
        return None
    below = after.folded
    longer = after.ends_sentence and len(below) >= len(words) * LONGER
    apart = after.blank_before or after.row or after.marker or below.endswith(":") or DOC_NO.fullmatch(below)
    return Mark("heading", line.start, line.end, level=1) if apart or longer else None

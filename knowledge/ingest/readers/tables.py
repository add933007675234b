"""Tables of every format: which rows are headings, and each row said in one line that holds its column headings.

A row becomes `列名：值；列名：值`, so that a quote of it holds the cell with both its headings. Merged cells count for every
place that they cover. Where no heading row is found, two columns are read as key and value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

MAX_CELLS = 400_000
MAX_COLUMNS = 256
MAX_ROWS = 20_000
MAX_HEADING_ROWS = 4
WIDE = 300
"""Characters from which a row is split into lines that repeat its heading: a quote holds at most 400."""
_LABEL = 24
_NUMERIC = re.compile(
    r"^[约近共计不低高于超过第每人均至少多\s]*[-+¥￥]?\d[\d,.，:：/\-—~～至到年月日号天时点分个元万千百人名%％‰ 倍以上下内()（）]*$|^[-—/、√×✓○●无]$"
)
_YEAR = re.compile(r"^(?:19|20)\d{2}\s*[年级届]?$")
_SERIAL = re.compile(r"^(?:序号|编号|No\.?|#|行号|项次)$", re.IGNORECASE)
_KEY = re.compile(r"(?:联系人|电话|地址|地点|邮箱|邮编|网址|传真|办公室|截止时间|办理时间|受理时间|服务时间|时间)[:：]?$")
_GENERAL = re.compile(r"^(?:项目|名称|类别|类型|事项|内容|序号|单位|地区|学院|部门|专业|岗位|学历|政策|城市|区县|年份|对象|等级|姓名|材料)")
_NOTE = re.compile(r"^[(（]?\s*(?:注|备注|说明|附注|填表说明|来源)\s*\d?\s*[:：)）]|。")
_BLANKS = re.compile(r"\s+")
_SENTENCES = re.compile(r"[^。；;！？]*[。；;！？]?")


@dataclass(frozen=True)
class Cell:
    """A cell where it starts; `heading` is what the file itself says of it (th, a repeated heading row)."""

    text: str
    rows: int = 1
    columns: int = 1
    heading: bool = False


@dataclass(frozen=True)
class Row:
    """`path` is `第2行`, counted without the headings; empty for a line that is no row. `headings`: the lines above inside the table."""

    text: str
    path: str


@dataclass(frozen=True)
class SubHeading:
    """A line across the table that heads the rows below it."""

    text: str


@dataclass(frozen=True)
class Note:
    """A line across the table that says something itself."""

    text: str


@dataclass
class Table:
    """A table said in lines: the title rows above its headings, then rows, subheadings and notes in order."""

    captions: list[str] = field(default_factory=list)
    lines: list[Row | SubHeading | Note] = field(default_factory=list)
    cut: bool = False
    """Whether rows were left out because there are too many."""


@dataclass(frozen=True)
class _Slot:
    """One place of the grid: the text that counts there, and where the cell that covers it starts."""

    text: str
    row: int
    column: int
    heading: bool


_EMPTY = _Slot("", -1, -1, False)
_Grid = list[list[_Slot]]


def read_table(rows: Sequence[Sequence[Cell]]) -> Table:
    """Say a table in lines. `rows` hold only the cells that start there, as in HTML."""
    grid, cut = _place(rows)
    grid = _without_empty(grid)
    table = Table(cut=cut)
    while grid and (line := _across(grid[0])) and len(grid) > 1:
        table.captions.append(line)
        grid = grid[1:]
    if not grid:
        return table
    count = _heading_rows(grid)
    headings = _column_headings(grid[:count], len(grid[0]))
    _say_rows(table, grid[count:], headings, [_texts(row) for row in grid[:count]])
    return table


def _say_rows(table: Table, grid: _Grid, headings: list[str], heading_rows: list[list[str]]) -> None:
    number = 0
    for row in grid:
        line = _across(row)
        if line and len(row) > 1:
            table.lines.append(Note(line) if _NOTE.search(line) or len(line) > 40 else SubHeading(line))
        elif _texts(row) not in heading_rows:
            number += 1
            table.lines += [Row(text, f"第{number}行") for text in _say(row, headings)]


def clean(text: str) -> str:
    """A cell's text on one line."""
    return _BLANKS.sub(" ", text).strip()


# The grid


def _place(rows: Sequence[Sequence[Cell]]) -> tuple[_Grid, bool]:
    """Every place that a cell covers holds it; returns the grid and whether rows were left out."""
    width = min(MAX_COLUMNS, max((sum(max(1, cell.columns) for cell in row) for row in rows), default=0))
    height = min(len(rows), MAX_ROWS, MAX_CELLS // max(1, width))
    grid: _Grid = [[_EMPTY] * width for _ in range(height)]
    for y, row in enumerate(rows[:height]):
        x = 0
        for cell in row:
            while x < width and grid[y][x] is not _EMPTY:
                x += 1
            if x >= width:
                break
            slot = _Slot(clean(cell.text), y, x, cell.heading)
            for below in range(y, min(height, y + max(1, cell.rows))):
                for beside in range(x, min(width, x + max(1, cell.columns))):
                    if grid[below][beside] is _EMPTY:
                        grid[below][beside] = slot
            x += max(1, cell.columns)
    return grid, height < len(rows)


def _without_empty(grid: _Grid) -> _Grid:
    """Rows and columns without any text dropped."""
    rows = [row for row in grid if any(slot.text for slot in row)]
    kept = [x for x in range(len(rows[0]) if rows else 0) if any(row[x].text for row in rows)]
    return [[row[x] for x in kept] for row in rows]


def _texts(row: Sequence[_Slot]) -> list[str]:
    return [slot.text for slot in row]


def _across(row: Sequence[_Slot]) -> str:
    """The text of a row that holds one text alone: one cell across all columns, or one at its start and nothing behind."""
    cells = {(slot.row, slot.column): slot.text for slot in row if slot.text}
    if len(cells) != 1:
        return ""
    (text,) = cells.values()
    covered = sum(slot.text == text for slot in row)
    return text if covered == len(row) or (covered == 1 and row[0].text and (len(row) > 2 or _NOTE.search(text))) else ""


# Headings


def _heading_rows(grid: _Grid) -> int:
    """How many rows at the top are headings; 0 when none is."""
    marked = _marked_rows(grid)
    if marked:
        return marked
    if len(grid) < 2 or not _reads_as_heading(grid[0]) or _is_form(grid):
        return 0
    count = 1
    while count < min(MAX_HEADING_ROWS, len(grid) - 1) and _needs_another(grid, count):
        count += 1
    return count


def _marked_rows(grid: _Grid) -> int:
    count = 0
    while count < min(MAX_HEADING_ROWS, len(grid) - 1) and all(slot.heading or not slot.text for slot in grid[count]):
        count += 1
    return count


def _reads_as_heading(row: Sequence[_Slot]) -> bool:
    """Short words, mostly different ones, no quantities (years may head columns)."""
    texts = [slot.text for slot in row if slot.text]
    if len(texts) < 2 and len(row) > 1:
        return False
    plain = all(len(text) <= _LABEL and (not _NUMERIC.match(text) or _YEAR.match(text)) and not text.endswith(("。", "；")) for text in texts)
    return plain and not all(_YEAR.match(text) for text in texts)


def _is_form(grid: _Grid) -> bool:
    """Two columns of key and value: contacts, times, places."""
    if len(grid[0]) != 2 or _GENERAL.match(grid[0][0].text):
        return False
    return sum(bool(_KEY.search(row[0].text)) for row in grid) >= 2


def _needs_another(grid: _Grid, count: int) -> bool:
    """Whether the row below belongs to the headings too: a cell reaches down into it, or one across is divided by it."""
    above, below = grid[count - 1], grid[count]
    reaches = any(slot.text and slot is under for slot, under in zip(above, below, strict=True))
    divided = any(left is right and left.text and below[x] is not below[x + 1] for x, (left, right) in enumerate(pairwise(above)))
    own = [slot for slot in below if slot.row != above[0].row and slot.text]
    fresh = [slot.text for slot, over in zip(below, above, strict=True) if slot is not over and slot.text]
    return (reaches or divided) and bool(own) and _are_labels(fresh)


def _are_labels(texts: Sequence[str]) -> bool:
    return bool(texts) and all(len(text) <= _LABEL and (not _NUMERIC.match(text) or _YEAR.match(text)) for text in texts)


def _column_headings(rows: _Grid, width: int) -> list[str]:
    """For each column its headings from the top down, each cell once: `补贴标准·市区`."""
    return ["·".join(dict.fromkeys(row[x].text for row in rows if row[x].text)) for x in range(width)] if rows else [""] * width


# Rows


def _say(row: Sequence[_Slot], headings: Sequence[str]) -> list[str]:
    """A row in one line; in several that repeat its heading when it is wide."""
    if not any(headings) and len(row) == 2 and row[0].text and row[1].text:
        return _fit([f"{row[0].text.rstrip('：:')}：{row[1].text}"], 0)
    pairs = _pairs(row, headings)
    return _fit(pairs, _naming(row, headings))


def _pairs(row: Sequence[_Slot], headings: Sequence[str]) -> list[str]:
    pairs = []
    columns = [(slot, heading) for slot, heading in zip(row, headings, strict=True) if slot.text]
    for _, same in groupby(columns, key=lambda column: (column[0].row, column[0].column)):
        covered = list(same)
        names = "、".join(dict.fromkeys(heading for _, heading in covered if heading))
        text = covered[0][0].text
        pairs.append(f"{names.rstrip('：:')}：{text}" if names and names != text else text)
    return pairs


def _naming(row: Sequence[_Slot], headings: Sequence[str]) -> int:
    """How many of the first pairs name the row: its first cell that is no serial number, with the merged ones before it."""
    count = 0
    for slot, heading in zip(row, headings, strict=True):
        if not slot.text:
            continue
        count += 1
        starts_here = any(other.row == slot.row for other in row if other is not slot and other.text)
        if not _SERIAL.match(heading) and starts_here:
            break
    return min(count, 3)


def _fit(pairs: list[str], naming: int) -> list[str]:
    line = "；".join(pairs)
    if len(line) <= WIDE:
        return [line]
    head = "；".join(pairs[:naming])[: WIDE // 2]
    lines: list[str] = []
    current = head
    for part in (part for pair in pairs[naming:] for part in _parts(pair, WIDE - len(head))):
        if current != head and len(current) + len(part) + 1 > WIDE:
            lines.append(current)
            current = head
        current = f"{current}；{part}" if current else part
    return [*lines, current] if current != head or not lines else lines


def _parts(pair: str, room: int) -> list[str]:
    """A pair whose cell alone is too long, cut at its sentences; each part keeps the column's heading."""
    if len(pair) <= room:
        return [pair]
    name, separator, text = pair.partition("：")
    if not separator or len(name) > 60:
        name, text = "", pair
    room = max(80, room - len(name) - 1)
    parts, current = [], ""
    for sentence in (piece for whole in _SENTENCES.findall(text) for piece in _chunks(whole, room)):
        if current and len(current) + len(sentence) > room:
            parts.append(current)
            current = ""
        current += sentence
    return [f"{name}：{part}" if name else part for part in [*parts, current] if part]


def _chunks(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]

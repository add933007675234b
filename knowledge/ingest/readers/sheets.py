"""Sheets: XLSX workbooks and CSV files, each row said with the headings of its columns."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.decoding import decode_bytes
from knowledge.ingest.lines import CAPTION_RANK
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.packages import unpacked
from knowledge.ingest.readers.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell
from knowledge.ingest.reading import plain_lines
from knowledge.ingest.source_text import SourceText
from knowledge.tables.cells import is_error
from knowledge.tables.delimited import delimiter_of
from knowledge.tables.workbooks import BLANK_ROWS, Range, merged_ranges, opened_workbook, part_of, visible_sheets, whole_tags

_DEFAULT_NAME = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_UNSAVED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
_SUFFIX = re.compile(r'^[#,0.]+"([^"]{1,10})"$')
_MOST_MERGES = 20_000
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
Rows = list[list[Cell]]


def read_xlsx(name: str, content: bytes) -> SourceText:
    """Read a workbook of 2007 or later, formulas as their saved values; raises DocumentRefused."""
    builder = TextBuilder()
    with opened_workbook(name, content) as workbook:
        merged, unsaved = _survey(name, content)
        sheets = [(sheet, _rows_of(sheet, merged.get(part_of(sheet), []))) for sheet in visible_sheets(workbook)]
        hidden = [str(sheet.title) for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    filled = [(str(sheet.title), rows) for sheet, rows in sheets if rows]
    if not filled:
        raise DocumentRefused(texts.NO_TABLE.format(name=name))
    for title, rows in filled:
        _write(builder, "" if len(filled) == 1 else title, rows)
    if hidden:
        builder.note(texts.HIDDEN_SHEET.format(sheets="、".join(hidden)))
    if unsaved:
        builder.note(texts.EMPTY_FORMULAS.format(count=unsaved))
    return builder.build(name, content, "xlsx")


def read_csv(name: str, content: bytes) -> SourceText:
    """Read a table as plain text, whatever parts its columns; raises DocumentRefused."""
    text = plain_lines(decode_bytes(name, content)).replace("\x00", "\ufffd")
    delimiter, above = delimiter_of(text)
    lines = io.StringIO(text[above:], newline="")
    try:
        rows = [
            [Cell(value) for value in row[:MAX_COLUMNS]] for row, _ in zip(csv.reader(lines, delimiter=delimiter), range(MAX_ROWS * 2), strict=False)
        ]
    except csv.Error as error:
        raise DocumentRefused(texts.BROKEN.format(name=name)) from error
    builder = TextBuilder()
    width = max((len(row) for row in rows), default=0)
    _write(builder, "", [[*row, *[Cell("")] * (width - len(row))] for row in rows])
    return builder.build(name, content, "csv")


def _write(builder: TextBuilder, sheet: str, rows: Rows) -> None:
    """The tables of a sheet; its name heads them where there are several sheets and it has one of its own."""
    if sheet and not _DEFAULT_NAME.match(sheet):
        builder.heading(sheet, 2)
    for block in _tables_in(rows):
        builder.table(block, CAPTION_RANK if sheet else 1)


def _tables_in(rows: Rows) -> list[Rows]:
    """A sheet's rows; where a blank row and then a title stand, another table begins."""
    blocks: list[Rows] = [[]]
    for index, row in enumerate(rows):
        after_blank = index > 0 and not _filled(rows[index - 1])
        if after_blank and _filled(row) == 1 and sum(_filled(later) > 1 for later in rows[index + 1 : index + 3]) == 2 and blocks[-1]:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell.text.strip()) for cell in row)


def _survey(name: str, content: bytes) -> tuple[dict[str, list[Range]], int]:
    """Merged ranges by sheet part, and how many formulas have no saved value; counts the cells before anything is built of them."""
    merged: dict[str, list[Range]] = {}
    cells = unsaved = 0
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for member in package.infolist():
            if not _SHEET.match(member.filename):
                continue
            ranges = merged.setdefault(member.filename, [])
            for window in whole_tags(unpacked(package, member)):
                cells += len(_CELL.findall(window))
                unsaved += len(_UNSAVED.findall(window))
                ranges += islice(merged_ranges(window), _MOST_MERGES - len(ranges))
                if cells > MAX_CELLS:
                    raise DocumentRefused(texts.MANY_CELLS.format(name=name, most=MAX_CELLS))
    return merged, unsaved


def _rows_of(sheet: Any, merged: list[Range]) -> Rows:
    """The sheet's cells where they start, up to its last filled row; blank rows within stay."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for left, top, right, bottom in merged}
    covered = _covered(merged)
    sheet.reset_dimensions()
    rows: Rows = []
    for number, row in enumerate(_bounded(sheet), 1):
        cells = []
        for column, cell in enumerate(row, 1):
            if (number, column) in covered:
                continue
            height, width = spans.get((number, column), (1, 1))
            cells.append(Cell(_shown(cell), height, width))
        while cells and not cells[-1].text and cells[-1].columns == 1 and cells[-1].rows == 1:
            cells.pop()
        rows.append(cells)
    while rows and not _filled(rows[-1]):
        rows.pop()
    return rows


def _bounded(sheet: Any) -> Iterator[Sequence[Any]]:
    """Rows up to the limit. A lone cell far below makes the rows between: they end the table."""
    blank = 0
    for row in sheet.iter_rows(max_row=MAX_ROWS * 2):
        blank = 0 if any(cell.value is not None for cell in row) else blank + 1
        if blank > BLANK_ROWS:
            return
        yield row[:MAX_COLUMNS]


def _covered(merged: list[Range]) -> set[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    for left, top, right, bottom in merged:
        for row in range(top, min(bottom, MAX_ROWS * 2) + 1):
            if len(places) > MAX_CELLS:
                return places
            places.update((row, column) for column in range(left, min(right, MAX_COLUMNS) + 1) if (row, column) != (top, left))
    return places


def _shown(cell: Any) -> str:
    """A cell's value as a reader of the sheet sees it, nearly."""
    value, form = cell.value, str(getattr(cell, "number_format", "") or "")
    if value is None or is_error(value):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, datetime):
        day = f"{value.year}年{value.month}月{value.day}日"
        return f"{day} {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else day
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, str | timedelta) else ""


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{value * 100:.10g}%"
    suffix = _SUFFIX.match(form)
    return (str(value) if isinstance(value, int) else f"{value:.12g}") + (suffix[1] if suffix else "")

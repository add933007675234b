"""Sheets: XLSX workbooks and CSV files, each row said with the headings of its columns."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.decoding import decode_bytes
from knowledge.ingest.lines import CAPTION_RANK
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.packages import BROKEN, check_package, unpacked
from knowledge.ingest.readers.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell
from knowledge.ingest.reading import plain_lines
from knowledge.ingest.source_text import SourceText

_DEFAULT_NAME = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,80}?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_UNSAVED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
_SUFFIX = re.compile(r'^[#,0.]+"([^"]{1,10})"$')
_MOST_MERGES = 20_000
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_DELIMITERS = (",", "\t", ";", "|", "，")
_SEPARATOR_LINE = re.compile(r"\Asep=(.)\n", re.IGNORECASE)
Rows = list[list[Cell]]


def read_xlsx(name: str, content: bytes) -> SourceText:
    """Read a workbook of 2007 or later, formulas as their saved values; raises DocumentRefused."""
    check_package(name, content)
    builder = TextBuilder()
    try:
        merged, unsaved = _survey(name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that no text depends on
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = [(sheet, _rows_of(sheet, merged.get(_path_of(sheet), []))) for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            hidden = [str(sheet.title) for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
    except (*BROKEN, InvalidFileException, ParseError, etree.LxmlError, AttributeError, TypeError, RecursionError) as error:
        raise DocumentRefused(texts.BROKEN.format(name=name)) from error
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
    declared = _SEPARATOR_LINE.match(text)
    delimiter = declared[1] if declared else _delimiter(text)
    lines = io.StringIO(_SEPARATOR_LINE.sub("", text), newline="")
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


# Workbooks


def _survey(name: str, content: bytes) -> tuple[dict[str, list[tuple[int, int, int, int]]], int]:
    """Merged ranges by sheet part, and how many formulas have no saved value; counts the cells before anything is built of them."""
    merged: dict[str, list[tuple[int, int, int, int]]] = {}
    cells = unsaved = 0
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for member in package.infolist():
            if not _SHEET.match(member.filename):
                continue
            held = b""
            ranges = merged.setdefault(member.filename, [])
            for block in unpacked(package, member):
                window = held + block
                end = window.rfind(b">") + 1
                held, window = window[end:], window[:end]
                cells += len(_CELL.findall(window))
                unsaved += len(_UNSAVED.findall(window))
                ranges += [_bounds(found.decode()) for found in _MERGED.findall(window)[: _MOST_MERGES - len(ranges)]]
                if cells > MAX_CELLS:
                    raise DocumentRefused(texts.MANY_CELLS.format(name=name, most=MAX_CELLS))
    return merged, unsaved


def _bounds(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _path_of(sheet: Any) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _rows_of(sheet: Any, merged: list[tuple[int, int, int, int]]) -> Rows:
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
        if blank > 1_000:
            return
        yield row[:MAX_COLUMNS]


def _covered(merged: list[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
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
    if value is None or (isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A"))):
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


# Plain text


def _delimiter(text: str) -> str:
    """What parts the columns: the sign that gives most rows the same number of columns, more than one."""

    def regularity(delimiter: str) -> tuple[float, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter) if row)
        except csv.Error:
            return 0.0, 0
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return (count / widths.total(), width) if width > 1 else (0.0, 0)

    return max(_DELIMITERS, key=regularity)

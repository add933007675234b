"""Workbooks (ECMA-376): opened with care, their visible sheets row by row, cells that were merged downwards filled in again."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts as file_texts
from knowledge.ingest.readers.packages import BROKEN, check_package, unpacked
from knowledge.tables.cells import as_text, guarded
from knowledge.tables.delimited import NumberedRow

Range = tuple[int, int, int, int]
"""Left, top, right, bottom of merged cells, counted from 1."""
BLANK_ROWS = 1_000
"""After so many blank rows a sheet is over: a lone cell far below makes all the rows between."""
_MAX_COLUMNS = 200
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,80}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


@contextmanager
def opened_workbook(name: str, source: Path | bytes) -> Iterator[Any]:
    """The workbook (openpyxl's, read-only, formulas as their saved values); raises DocumentRefused also for damage that reading its rows meets."""
    check_package(name, source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that no text depends on
            workbook = load_workbook(io.BytesIO(source) if isinstance(source, bytes) else source, read_only=True, data_only=True, keep_links=False)
        yield workbook
        workbook.close()
    except (*BROKEN, InvalidFileException, ParseError, etree.LxmlError, AttributeError, TypeError, RecursionError) as error:
        raise DocumentRefused(file_texts.BROKEN.format(name=name)) from error


def visible_sheets(workbook: Any) -> list[Any]:
    """The sheets that a reader of the workbook sees."""
    return [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def sheet_rows(sheet: Any, source: Path | bytes) -> Iterator[NumberedRow]:
    """A sheet's rows as text; a cell that others below were merged into stands in those too."""
    merged = _merged_downwards(source, part_of(sheet))
    sheet.reset_dimensions()
    blank = 0
    kept: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [as_text(value) for value in row[:_MAX_COLUMNS]]
        blank = 0 if any(cells) else blank + 1
        if blank > BLANK_ROWS:
            return
        for column, (last, value) in kept.items():
            if number <= last and column <= len(cells) and not cells[column - 1]:
                cells[column - 1] = value
        for column, bottom in merged.get(number, ()):
            if column <= len(cells) and cells[column - 1]:
                kept[column] = (bottom, cells[column - 1])
        yield number, cells


def workbook_of(sheets: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> bytes:
    """A workbook of sheets by name, the first row of each its headings, every cell text: no number is rounded, no formula computed."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value:
                    cell = sheet.cell(number, column, guarded(value))
                    cell.data_type, cell.number_format = "s", "@"
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def part_of(sheet: Any) -> str:
    """The name of the package's part that a sheet is read from; empty where openpyxl tells none."""
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def whole_tags(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """XML in pieces that cut no tag."""
    held = b""
    for block in blocks:
        window = held + block
        end = window.rfind(b">") + 1
        held, window = window[end:], window[:end]
        yield window


def merged_ranges(xml: bytes) -> Iterator[Range]:
    """The merged cells that a piece of a sheet's XML lists."""
    for reference in _MERGED.findall(xml):
        left, top, right, bottom = range_boundaries(reference.decode())
        yield int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _merged_downwards(source: Path | bytes, part: str) -> dict[int, list[tuple[int, int]]]:
    """First row of each merged range that is more than one row high → its column and last row; read as a stream."""
    ranges: dict[int, list[tuple[int, int]]] = {}
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as package:
        if part in package.namelist():
            for window in whole_tags(unpacked(package, package.getinfo(part))):
                for left, top, _, bottom in merged_ranges(window):
                    if bottom > top:
                        ranges.setdefault(top, []).append((left, bottom))
    return ranges

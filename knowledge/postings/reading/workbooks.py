"""Postings out of workbooks: every visible sheet that has headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.postings import texts
from knowledge.postings.reading.headings import NoHeadings, rows_below
from knowledge.postings.reading.rows import Row
from knowledge.tables.workbooks import opened_workbook, sheet_rows, visible_sheets


def read_workbook(path: Path, overrides: Mapping[str, str]) -> Iterator[Row]:
    """The rows of all sheets that have a line of headings. Raises DocumentRefused where none has, or for a damaged file."""
    with opened_workbook(path.name, path) as workbook:
        sheets = visible_sheets(workbook)
        found = False
        for number, sheet in enumerate(sheets):
            done = partial(_done, number, len(sheets), max(1, sheet.max_row or 1))
            with suppress(NoHeadings):
                for row in rows_below(sheet_rows(sheet, path), overrides, str(sheet.title) if len(sheets) > 1 else "", done):
                    found = True
                    yield row
    if not found:
        raise DocumentRefused(texts.NO_HEADINGS.format(name=path.name, found="、".join(str(sheet.title) for sheet in sheets)[:60]))


def _done(sheet: int, sheets: int, rows: int, line: int) -> float:
    return (sheet + min(1.0, line / rows)) / sheets

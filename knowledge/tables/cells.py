"""Cells: what a workbook's value says as text, and text that a spreadsheet program must not take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The full-width signs too: some editions take them for the same."""
_MARK = "'"


def is_error(value: object) -> bool:
    """Whether a cell shows an error of its formula (#N/A, #REF!) and so says nothing."""
    return isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A"))


def as_text(value: object) -> str:
    """A workbook's value: whole numbers without a point, days as ISO dates; a day is kept as its midnight, when nothing begins."""
    if value is None or is_error(value):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.12g}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if (value.hour, value.minute) != (0, 0) else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def guarded(cell: str) -> str:
    """What a spreadsheet program would run as a formula stands behind an apostrophe (OWASP, CSV Injection), as does what begins with one."""
    return f"{_MARK}{cell}" if _is_marked(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` wrote."""
    return cell[1:] if cell.startswith(_MARK) and _is_marked(cell[1:]) else cell


def _is_marked(cell: str) -> bool:
    """A word that reads like an error (#N/A) too: in a workbook it would come back as nothing."""
    return cell.startswith((*_FORMULA, _MARK)) or is_error(cell)


def csv_line(cells: Iterable[str]) -> str:
    """A row as CSV (RFC 4180), its line end included, every cell guarded."""
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue()

"""Pages to a `SourceText`: furniture off, columns in order, paragraphs joined, tables as rows, headings and doubtful stretches marked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from knowledge.ingest.readers.layout.aligned import with_aligned_tables
from knowledge.ingest.readers.layout.columns import Flow, flows
from knowledge.ingest.readers.layout.furniture import without_furniture
from knowledge.ingest.readers.layout.page import Page, Row, rows_of
from knowledge.ingest.readers.layout.paragraphs import Paragraph, paragraphs
from knowledge.ingest.readers.layout.ruled import Cell, Table, split_tables
from knowledge.ingest.source_text import Format, Mark, SourceText

UNSURE = 0.80
"""Recognised lines below this confidence are doubtful (measured: docs/quality.md, recognition)."""
_HEADING_SIZE = 1.15
_LONGEST_HEADING = 80
_WIDEST_GAP = 1.2
"""Ems between stretches of one line; justified type leaves less."""


def assemble(name: str, content: bytes, pages: Sequence[Page], format_: Format, notes: Sequence[str] = ()) -> SourceText:
    """The text of the pages in reading order; its text is empty where the pages hold none."""
    cut = [split_tables(page, _em(page)) for page in pages]
    rows = [rows_of(rest, _WIDEST_GAP) for _, rest in cut]
    kept, removed = without_furniture([(page.height, own) for page, own in zip(pages, rows, strict=True)])
    ordered = [_flows([*own, *tables]) for own, (tables, _) in zip(kept, cut, strict=True)]
    writer = _Writer()
    for block in _joined_tables(paragraphs(ordered)):
        writer.take(block)
    return SourceText(
        name=name,
        text="\n".join(writer.lines),
        format=format_,
        checksum=hashlib.sha256(content).hexdigest(),
        marks=tuple(sorted(writer.marks, key=lambda mark: (mark.start, -mark.end))),
        notes=tuple(notes),
        removed_lines=removed,
    )


def _em(page: Page) -> float:
    return median(piece.em for piece in page.pieces) if page.pieces else 1.0


def _flows(items: Sequence[Row | Table]) -> list[Flow]:
    return [flow if flow.column else replace(flow, items=with_aligned_tables(flow.items)) for flow in flows(items)]


def _joined_tables(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """A table that goes on behind a page break is one table; the head it repeats there is dropped."""
    out: list[Paragraph | Table] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(last, Table) and isinstance(block, Table) and _goes_on(last, block):
            out[-1] = _append(last, block)
        else:
            out.append(block)
    return out


def _goes_on(above: Table, below: Table) -> bool:
    """It has the same columns and begins higher on its page than the other ended on its own."""
    width = above.box.width
    same = above.column_count == below.column_count and all(abs(a - b) <= 0.03 * width for a, b in zip(above.stops, below.stops, strict=True))
    return same and below.box.top < above.box.bottom


def _append(above: Table, below: Table) -> Table:
    repeated = _row(above, 0) == _row(below, 0) and below.row_count > 1
    shift = above.row_count - repeated
    moved = [replace(cell, row=cell.row + shift) for cell in below.cells if not (repeated and cell.row == 0)]
    return replace(above, box=below.box, cells=(*above.cells, *moved))


def _row(table: Table, row: int) -> list[str]:
    return [cell.text for cell in sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.column)]


@dataclass
class _Writer:
    """Lines and marks in the making."""

    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tables: int = 0
    position: int = 0

    def take(self, block: Paragraph | Table) -> None:
        if isinstance(block, Table):
            self._table(block)
        else:
            self._paragraph(block)

    def _line(self, text: str) -> int:
        """Add a line; returns where it starts."""
        start = self.position
        self.lines.append(text)
        self.position += len(text) + 1
        return start

    def _paragraph(self, paragraph: Paragraph) -> None:
        heading = _is_heading(paragraph)
        if heading and self.lines:
            self._line("")
        start = self._line(paragraph.text)
        if heading:
            self.marks.append(Mark("heading", start, start + len(paragraph.text), level=1 if paragraph.size > 1.4 else 2))
        for low in (stretch for stretch in paragraph.stretches if stretch.confidence < UNSURE):
            self.marks.append(Mark("unsure", start + low.start, start + low.end))

    def _table(self, table: Table) -> None:
        self.tables += 1
        grid, doubtful = _grid(table)
        if len(grid) < 2 or table.column_count < 2:
            for index, row in enumerate(grid):
                self._row(" ".join(dict.fromkeys(text for text in row if text)), "", doubtful[index])
            return
        head = grid[0]
        for index, row in enumerate(grid[1:], 1):
            text = "；".join(f"{name}：{value}" if name and name != value else value for name, value in zip(head, row, strict=True) if value)
            self._row(text, f"表{self.tables} 第{index}行", doubtful[index] or doubtful[0])

    def _row(self, text: str, label: str, doubtful: bool) -> None:
        if not text:
            return
        start = self._line(text)
        if label:
            self.marks.append(Mark("row", start, start + len(text), label=label))
        if doubtful:
            self.marks.append(Mark("unsure", start, start + len(text)))


def _grid(table: Table) -> tuple[list[list[str]], list[bool]]:
    """The cells as a full grid, merged cells repeated in all they cover, and which rows hold doubtful text."""
    grid = [[""] * table.column_count for _ in range(table.row_count)]
    doubtful = [False] * table.row_count
    for cell in table.cells:
        for row, column in _covered(cell, table):
            grid[row][column] = cell.text
            doubtful[row] = doubtful[row] or (cell.confidence < UNSURE and bool(cell.text))
    return grid, doubtful


def _covered(cell: Cell, table: Table) -> list[tuple[int, int]]:
    rows = range(cell.row, min(cell.row + cell.rows, table.row_count))
    return [(row, column) for row in rows for column in range(cell.column, min(cell.column + cell.columns, table.column_count))]


def _is_heading(paragraph: Paragraph) -> bool:
    """Set clearly larger than the text and no sentence; the red letterhead (……文件) is not the document's."""
    large = paragraph.size >= _HEADING_SIZE and len(paragraph.text) <= _LONGEST_HEADING
    return large and not re.search(r"[。；]$|文件$", paragraph.text)

"""Pages to a `SourceText`: furniture off, columns in order, paragraphs joined, tables as rows, headings and doubtful stretches marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from statistics import median

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.lines import CAPTION_RANK
from knowledge.ingest.readers import tables
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.layout.aligned import with_aligned_tables
from knowledge.ingest.readers.layout.columns import Flow, flows
from knowledge.ingest.readers.layout.furniture import without_furniture
from knowledge.ingest.readers.layout.page import Page, Row, rows_of
from knowledge.ingest.readers.layout.paragraphs import Paragraph, paragraphs
from knowledge.ingest.readers.layout.ruled import Table, split_tables
from knowledge.ingest.source_text import Format, SourceText

UNSURE = 0.90
"""Recognised lines below this confidence are doubtful. On 301 lines of blurred and noisy pages of our own, 179 of them misread, this
bound marks 89 % of the misread lines and 8 % of the others; lines of a clean scan lie above 0.94."""
_HEADING_SIZE = 1.15
_TITLE_SIZE = 1.4
_LONGEST_HEADING = 80
_LONGEST_CAPTION = 40
_WIDEST_GAP = 1.2
"""Ems between stretches of one line; justified type leaves less."""


def assemble(name: str, content: bytes, pages: Sequence[Page], format_: Format, notes: Sequence[str] = ()) -> SourceText:
    """The text of the pages in reading order; raises DocumentRefused where they hold none, or none in Chinese."""
    cut = [split_tables(page, _em(page)) for page in pages]
    rows = [rows_of(rest, _WIDEST_GAP) for _, rest in cut]
    kept, removed = without_furniture([(page.height, own) for page, own in zip(pages, rows, strict=True)])
    ordered = [_flows([*own, *found]) for own, (found, _) in zip(kept, cut, strict=True)]
    blocks = _joined_tables(paragraphs(ordered))
    if not blocks:
        raise DocumentRefused(texts.NOTHING_READ.format(name=name))
    builder = TextBuilder()
    for note in notes:
        builder.note(note)
    for block, after in zip_longest(blocks, blocks[1:]):
        _write(builder, block, isinstance(after, Table))
    return builder.build(name, content, format_, removed)


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


def _write(builder: TextBuilder, block: Paragraph | Table, before_table: bool) -> None:
    if isinstance(block, Table):
        _write_table(builder, block)
    elif before_table and _is_caption(block):
        builder.heading(block.text, CAPTION_RANK)
    elif _is_heading(block):
        if not builder.empty:
            builder.line("")
        builder.heading(block.text, 1 if block.size > _TITLE_SIZE else 2)
    else:
        builder.line(block.text, [(part.start, part.end) for part in block.stretches if part.confidence < UNSURE])


def _write_table(builder: TextBuilder, table: Table) -> None:
    """A table row by row; what is framed in a single column or row is text."""
    if table.column_count < 2 or table.row_count < 2:
        for cell in table.cells:
            builder.line(cell.text, [(0, len(cell.text))] if cell.confidence < UNSURE else [])
        return
    rows: list[list[tables.Cell]] = [[] for _ in range(table.row_count)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(tables.Cell(cell.text, cell.rows, cell.columns))
    builder.table(rows, unsure={cell.text for cell in table.cells if cell.text and cell.confidence < UNSURE})


def _is_caption(paragraph: Paragraph) -> bool:
    """A short line straight above a table that is centred or calls itself one."""
    named = re.search(r"^(?:附?表|附件)|[表单]$|一览|[:：]$", paragraph.text)
    return len(paragraph.text) <= _LONGEST_CAPTION and not paragraph.text.endswith("。") and bool(paragraph.centred or named)


def _is_heading(paragraph: Paragraph) -> bool:
    """Set clearly larger than the text and no sentence; the red letterhead (……文件) is not the document's."""
    large = paragraph.size >= _HEADING_SIZE and len(paragraph.text) <= _LONGEST_HEADING
    return large and not re.search(r"[。；]$|文件$", paragraph.text)

"""Tables with drawn rules: the rules of a page become cells, the text in them rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from knowledge.ingest.readers.layout.page import Box, Page, Piece, around, ems, rows_of

MOST_EDGES = 3000
"""More rules than this are a drawing, and looking for cells in it takes quadratic time."""
_SNAP = 0.35
"""Rules nearer than this many ems are one: the two sides of a border drawn as a thin rectangle, doubled borders."""


@dataclass(frozen=True)
class Cell:
    """One cell; `rows` and `columns` are how many of each it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    confidence: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table as drawn: `box` on its page, the positions of its columns (`stops`, left to right), its cells."""

    box: Box
    stops: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def row_count(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)

    @property
    def column_count(self) -> int:
        return len(self.stops) - 1


def split_tables(page: Page, em: float) -> tuple[list[Table], list[Piece]]:
    """The tables of a page and the pieces that stand outside them."""
    rest = list(page.pieces)
    tables: list[Table] = []
    for boxes in _grids(page.edges, em):
        whole = around(boxes)
        inside = [piece for piece in rest if whole.holds(*piece.box.middle)]
        if len(boxes) < 4 or not inside:
            continue
        tables.append(_fill(boxes, inside, em))
        taken = set(map(id, inside))
        rest = [piece for piece in rest if id(piece) not in taken]
    return tables, rest


def _grids(edges: Sequence[Box], em: float) -> list[list[Box]]:
    if not 4 <= len(edges) <= MOST_EDGES:
        return []
    snap = _SNAP * em
    merged = merge_edges([_edge(edge) for edge in edges], snap, snap, snap, snap)
    long_enough = [edge for edge in merged if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= em]
    if len(long_enough) > MOST_EDGES // 4:
        return []
    cells = intersections_to_cells(edges_to_intersections(long_enough, snap, snap))
    grids = [[Box(*map(float, cell)) for cell in group] for group in cells_to_tables(cells)]
    return [_without_frames(grid) for grid in grids]


def _edge(box: Box) -> dict[str, Any]:
    flat = box.width >= box.height
    return {
        "x0": box.x0, "x1": box.x1, "top": box.top, "bottom": box.bottom, "width": box.width, "height": box.height,
        "orientation": "h" if flat else "v", "object_type": "line",
    }  # fmt: skip


def _without_frames(cells: list[Box]) -> list[Box]:
    """A cell that others lie in is the frame around a table, not a cell of it."""
    return [cell for cell in cells if not any(other is not cell and cell.holds(*other.middle) for other in cells)]


def _fill(boxes: Sequence[Box], pieces: Sequence[Piece], em: float) -> Table:
    columns = _stops([x for box in boxes for x in (box.x0, box.x1)], em)
    lines = _stops([y for box in boxes for y in (box.top, box.bottom)], em)
    parts = [part for piece in pieces for part in _cut_at(piece, columns, boxes)]
    cells = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x0)):
        row, column = _nearest(lines, box.top), _nearest(columns, box.x0)
        own = [part for part in parts if box.holds(*part.box.middle)]
        text = join_cell([line.text for line in rows_of(own, widest_gap=1.5)])
        confidence = min((part.confidence for part in own), default=1.0)
        cells.append(Cell(text, row, column, max(1, _nearest(lines, box.bottom) - row), max(1, _nearest(columns, box.x1) - column), confidence))
    return Table(around(boxes), tuple(columns), tuple(cells))


def _stops(values: Sequence[float], em: float) -> list[float]:
    stops: list[float] = []
    for value in sorted(values):
        if not stops or value - stops[-1] > _SNAP * em:
            stops.append(value)
    return stops


def _nearest(stops: Sequence[float], value: float) -> int:
    return min(range(len(stops)), key=lambda i: abs(stops[i] - value))


def _cut_at(piece: Piece, stops: Sequence[float], boxes: Sequence[Box]) -> list[Piece]:
    """Cut a recognised stretch that runs over the rule between two cells, where the rule stands."""
    y = piece.box.middle[1]
    walls = {box.x0 for box in boxes if box.top <= y <= box.bottom}
    inner = [stop for stop in stops if piece.box.x0 + piece.em / 2 < stop < piece.box.x1 - piece.em / 2 and stop in walls]
    if not inner or len(piece.text) < 2:
        return [piece]
    unit = piece.box.width / max(ems(piece.text), 0.5)
    parts: list[Piece] = []
    x, text, start = piece.box.x0, "", piece.box.x0
    for char in piece.text:
        wide = unit * ems(char)
        if inner and x + wide / 2 > inner[0]:
            parts.append(Piece(Box(start, piece.box.top, x, piece.box.bottom), text, piece.em, piece.confidence))
            text, start = "", x
            inner.pop(0)
        text += char
        x += wide
    parts.append(Piece(Box(start, piece.box.top, piece.box.x1, piece.box.bottom), text, piece.em, piece.confidence))
    return [part for part in parts if part.text.strip()]


def join_cell(lines: Sequence[str]) -> str:
    """The lines of a cell as one text: Chinese is joined without a blank."""
    text = ""
    for line in lines:
        line = line.strip()
        if text and line and ems(text[-1]) < 1 and ems(line[0]) < 1 and text[-1] not in "-/":
            text += " "
        text += line
    return text

"""Tables without rules: neighbouring rows whose short stretches stand one below the other under a clear head."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ingest.readers.layout.columns import Item
from knowledge.ingest.readers.layout.page import Row, around, ems
from knowledge.ingest.readers.layout.paragraphs import MARKER
from knowledge.ingest.readers.layout.ruled import Cell, Table

_LEAST_ROWS = 3
_LONGEST_HEAD = 14
"""Characters in a column's name."""


def with_aligned_tables(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items with each run of aligned rows made a table."""
    out: list[Item] = []
    index = 0
    while index < len(items):
        run = _run_from(items, index)
        if len(run) >= _LEAST_ROWS:
            out.append(_table(run))
            index += len(run)
        else:
            out.append(items[index])
            index += 1
    return tuple(out)


def _run_from(items: Sequence[Item], start: int) -> list[Row]:
    """The head at `start` and the rows under it that have a stretch in most of its columns."""
    head = items[start]
    if not isinstance(head, Row) or len(head.pieces) < 2 or any(ems(piece.text) > _LONGEST_HEAD for piece in head.pieces):
        return []
    if any(piece.text.rstrip().endswith(("：", ":")) or MARKER.match(piece.text) for piece in head.pieces):
        return []
    run = [head]
    pitch = 0.0
    for item in items[start + 1 :]:
        if not isinstance(item, Row):
            break
        gap = item.box.middle[1] - run[-1].box.middle[1]
        columns = [_column(head, piece.box.x0, piece.box.x1) for piece in item.pieces]
        if None in columns or len(set(columns)) < len(columns) or len(columns) < max(2, len(head.pieces) - 1) or (pitch and gap > 1.8 * pitch):
            break
        pitch = max(pitch, gap)
        run.append(item)
    return run


def _column(head: Row, x0: float, x1: float) -> int | None:
    """The column that a stretch from `x0` to `x1` stands in: the one whose head it overlaps, or lies nearest to within two ems."""
    distance = [max(piece.box.x0 - x1, x0 - piece.box.x1, 0.0) for piece in head.pieces]
    near = [index for index, gap in enumerate(distance) if gap <= 2 * head.em]
    return near[0] if len(near) == 1 else next((index for index in near if distance[index] == 0.0), None)


def _table(run: Sequence[Row]) -> Table:
    head = run[0]
    box = around(row.box for row in run)
    between = [(a.box.x1 + b.box.x0) / 2 for a, b in zip(head.pieces, head.pieces[1:], strict=False)]
    cells = [Cell(piece.text.strip(), 0, column, confidence=piece.confidence) for column, piece in enumerate(head.pieces)]
    for index, row in enumerate(run[1:], 1):
        for piece in row.pieces:
            column = _column(head, piece.box.x0, piece.box.x1)
            if column is not None:
                cells.append(Cell(piece.text.strip(), index, column, confidence=piece.confidence))
    return Table(box, (box.x0, *between, box.x1), tuple(cells))

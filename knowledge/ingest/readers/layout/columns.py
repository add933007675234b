"""Reading order: a page is cut into flows, stretches of rows that are read from top to bottom before anything beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from knowledge.ingest.readers.layout.page import Box, Row, around, ems
from knowledge.ingest.readers.layout.ruled import Table

Item = Row | Table

_LEAST_ROWS = 4
"""Fewer rows side by side are no columns of text."""
_LEAST_CHARACTERS = 9
"""Shorter stretches side by side are cells of a table or a form, which is read row by row."""
_FULL_ROWS = 0.3
"""Share of rows that reach from edge to edge in a column of text, headings and last lines of paragraphs included."""
_DEEPEST = 3


@dataclass(frozen=True)
class Flow:
    """Rows and tables read one after the other; `column` says whether another column stands beside them."""

    items: tuple[Item, ...]
    column: bool = False

    @property
    def box(self) -> Box:
        return around(item.box for item in self.items)


@dataclass(frozen=True)
class _Band:
    """Items `first` to `last` (one past) stand in two columns, parted at `x`."""

    first: int
    last: int
    x: float


def flows(items: Sequence[Item]) -> list[Flow]:
    """The flows of a page in reading order; `items` are its rows and tables."""
    return _cut(sorted(items, key=lambda item: item.box.top), column=False, depth=0, known=None)


def _cut(items: Sequence[Item], column: bool, depth: int, known: float | None) -> list[Flow]:
    """Cut at the longest pair of columns and go on with what is above, in and below it; `known` is a gutter found on this page."""
    if not items:
        return []
    band = _widest_band(items, known) if depth < _DEEPEST else None
    if band is None:
        return [Flow(tuple(items), column)]
    inside = items[band.first : band.last]
    left = [part for item in inside for part in _side(item, band.x, left=True)]
    right = [part for item in inside for part in _side(item, band.x, left=False)]
    return [
        *_cut(items[: band.first], column, depth, band.x),
        *_cut(left, True, depth + 1, None),
        *_cut(right, True, depth + 1, None),
        *_cut(items[band.last :], column, depth, band.x),
    ]


def _widest_band(items: Sequence[Item], known: float | None) -> _Band | None:
    bands = [band for x in _gutters(items) for band in _bands_at(items, x) if _is_text(items[band.first : band.last], band.x)]
    if known is not None:
        bands += [band for band in _bands_at(items, known) if _goes_on(items[band.first : band.last], known)]
    return max(bands, key=lambda band: band.last - band.first, default=None)


def _gutters(items: Sequence[Item]) -> list[float]:
    """Where a gap between stretches, or the edge of a stretch that stands alone, might be the gutter between columns."""
    page = around(item.box for item in items)
    gaps: list[tuple[float, float]] = []
    for item in items:
        if isinstance(item, Row):
            gaps += [(a.box.x1, b.box.x0) for a, b in zip(item.pieces, item.pieces[1:], strict=False)]
    inner = [(a + b) / 2 for a, b in gaps if page.x0 + page.width * 0.2 < (a + b) / 2 < page.x1 - page.width * 0.2]
    return sorted({round(x) for x in inner})


def _bands_at(items: Sequence[Item], x: float) -> list[_Band]:
    bands, first = [], 0
    for index, item in enumerate(items):
        if _crosses(item, x):
            bands.append(_Band(first, index, x))
            first = index + 1
    return [*bands, _Band(first, len(items), x)]


def _crosses(item: Item, x: float) -> bool:
    boxes = [piece.box for piece in item.pieces] if isinstance(item, Row) else [item.box]
    return any(box.x0 < x < box.x1 for box in boxes)


def _is_text(items: Sequence[Item], x: float) -> bool:
    """Columns of running text: long stretches on both sides, many of which fill their column."""
    for left in (True, False):
        rows = [part for item in items if isinstance(item, Row) for part in _side(item, x, left) if isinstance(part, Row)]
        if len(rows) < _LEAST_ROWS or median(ems(row.text) for row in rows) < _LEAST_CHARACTERS:
            return False
        whole = around(row.box for row in rows)
        if sum(row.box.width >= 0.85 * whole.width for row in rows) < _FULL_ROWS * len(rows):
            return False
    return True


def _goes_on(items: Sequence[Item], x: float) -> bool:
    """Where columns stand elsewhere on the page, few rows suffice."""
    sides = [[part for item in items for part in _side(item, x, left)] for left in (True, False)]
    return all(len(rows) >= 2 for rows in sides)


def _side(item: Item, x: float, left: bool) -> list[Item]:
    if isinstance(item, Table):
        return [item] if (item.box.middle[0] < x) == left else []
    pieces = tuple(piece for piece in item.pieces if (piece.box.middle[0] < x) == left)
    return [Row(pieces)] if pieces else []

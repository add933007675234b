"""Which row of a table names its columns: above it stand titles and remarks, below it the postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from knowledge.postings.columns import is_header
from knowledge.postings.reading.rows import Row

_SEARCHED = 30
"""So many rows are looked through for headings."""


class NoHeadings(Exception):
    """None of the first rows names columns; `first` is what stands in the first one."""

    def __init__(self, first: Sequence[str]) -> None:
        super().__init__()
        self.first = first


@dataclass(frozen=True)
class Headings:
    """The line of headings; columns without one are called by their place (第3列), of equal ones the later are numbered."""

    line: int
    names: tuple[str, ...]
    written: tuple[str, ...]

    def row(self, line: int, cells: Sequence[str], sheet: str, done: float) -> Row | None:
        """A row by its columns; None for a blank one and for headings that are repeated (on every printed page)."""
        filled = [cell.strip() for cell in cells]
        while filled and not filled[-1]:
            filled.pop()
        if not filled or tuple(filled) == self.written:
            return None
        width = len(self.names)
        named = {name: cell for name, cell in zip(self.names, cells[:width], strict=False) if cell.strip()}
        return Row(line, named, sheet, tuple(cell for cell in filled[width:] if cell), done=done)


def rows_below(numbered: Iterator[tuple[int, list[str]]], overrides: Mapping[str, str], sheet: str, done: Callable[[int], float]) -> Iterator[Row]:
    """The rows below the line of headings; `done` says how much is read at a line. Raises NoHeadings."""
    opening = list(islice(numbered, _SEARCHED))
    headings = _find_heading(opening, overrides)
    if headings is None:
        raise NoHeadings([cell for cell in opening[0][1] if cell] if opening else [])
    for line, cells in chain(opening, numbered):
        if line > headings.line and (row := headings.row(line, cells, sheet, done(line))) is not None:
            yield row


def _find_heading(rows: Iterable[tuple[int, Sequence[str]]], overrides: Mapping[str, str]) -> Headings | None:
    """The first row that names columns we understand, or that `overrides` name; None where there is none."""
    for line, cells in rows:
        named = {cell.strip() for cell in cells}
        if is_header([cell.strip() for cell in cells]) or (overrides and named.issuperset(overrides)):
            return _headings(line, [" ".join(cell.split()) for cell in cells])
    return None


def _headings(line: int, cells: list[str]) -> Headings:
    while cells and not cells[-1]:
        cells.pop()
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell or f"第{number}列"
        names.append(name if name not in names else f"{name}{names.count(name) + 1}（第{number}列）")
    return Headings(line, tuple(names), tuple(cells))

"""A row as it stands in a file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One row: what stands in each column, by the column's own name. Nothing is understood yet."""

    line: int
    """Where it begins in the file (in its sheet), counted from 1."""
    cells: dict[str, str]
    sheet: str = ""
    surplus: tuple[str, ...] = ()
    """What stands behind the last column: a sign that the columns are displaced."""
    problem: str = ""
    """Why the row could not be read, in Chinese."""
    done: float = field(default=0.0, compare=False)
    """How much of the file is read, from 0 to 1."""

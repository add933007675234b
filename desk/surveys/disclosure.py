"""Small cells of published counts hidden so that nobody can reckon them: statistical disclosure control.

The rule is the threshold rule (minimum frequency rule) with complementary suppression: a cell of one to four persons is
not shown, and neither are as many other cells as it takes so that the totals do not tell it (Hundepool et al., Statistical
Disclosure Control, 2012, chapters 4 and 5; Eurostat's and the ONS's guidance use thresholds of 3 to 10). Whether the totals
tell it is not guessed but audited: for each small cell a linear programme looks for the largest value that all published numbers
together allow (the "feasibility interval", ibid., 4.3), and it must reach the threshold. So a reader who subtracts
whatever they like cannot even tell that the cell is a small one. Nobody in a cell (zero) is no person and may be shown.

A group of fewer than the threshold (a college, a year) is never a column of its own: such groups are one column together.
Different questions have no cell in common beside the groups' sizes, which are published, so each is audited by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

THRESHOLD = 5

Column = Sequence[int]
"""A count for each option."""
Cell = tuple[int, int, int]
"""Dimension (`OVERALL`, or its place), group, option."""
OVERALL = -1
_TOLERANCE = 1e-6


def is_small(count: int) -> bool:
    """Whether a count of persons must not be shown."""
    return 0 < count < THRESHOLD


def together(sizes: Mapping[str, int]) -> list[list[str]]:
    """The groups as columns that may be shown, each of the threshold or more: large ones alone, the small ones as one, which comes last.

    None at all where that leaves one column or none, which would only repeat the total.

    >>> together({"甲": 9, "乙": 2, "丙": 7, "丁": 1})
    [['甲'], ['乙', '丁', '丙']]
    """
    rising = sorted((name for name in sizes if sizes[name]), key=lambda name: (sizes[name], name))
    small = [name for name in rising if sizes[name] < THRESHOLD]
    large = rising[len(small) :]
    while small and large and sum(sizes[name] for name in small) < THRESHOLD:
        small.append(large.pop(0))
    small.sort(key=lambda name: (sizes[name] >= THRESHOLD, list(sizes).index(name)))
    columns = [[name] for name in sizes if name in large] + ([small] if small else [])
    return columns if len(columns) > 1 else []


@dataclass(frozen=True)
class Table:
    """One question's counts by option: of all, and of each group of each dimension. Every person is in one group of every dimension."""

    overall: Column
    dimensions: Sequence[Sequence[Column]] = ()

    def count(self, cell: Cell) -> int:
        """The true count."""
        dimension, group, option = cell
        return self.overall[option] if dimension == OVERALL else self.dimensions[dimension][group][option]

    def cells(self) -> list[Cell]:
        """Every cell."""
        options = range(len(self.overall))
        inner = [(at, group, option) for at, columns in enumerate(self.dimensions) for group in range(len(columns)) for option in options]
        return [*((OVERALL, 0, option) for option in options), *inner]

    def lines(self) -> list[list[Cell]]:
        """The cells that make up a published sum, or that are made up of each other: a group's options; an option's groups and the whole."""
        cells = self.cells()
        columns = [[cell for cell in cells if cell[:2] == place] for place in dict.fromkeys(cell[:2] for cell in cells)]
        across = [(at, option) for at in range(len(self.dimensions)) for option in range(len(self.overall))]
        return [*columns, *([cell for cell in cells if cell[2] == option and cell[0] in (at, OVERALL)] for at, option in across)]


def hidden_cells(table: Table) -> frozenset[Cell]:
    """The cells not to be shown. Every group has nobody, or the threshold or more; there are two options at least."""
    small = [cell for cell in table.cells() if is_small(table.count(cell))]
    hidden = set(small)
    lines, audit = table.lines(), Audit(table)
    while hidden:
        told = [cell for cell in small if audit.largest(cell, hidden) < THRESHOLD - _TOLERANCE]
        if not told:
            break
        # What stands alone in a sum is told by it; where nothing does, the sums hide too few persons, and more go with the first.
        alone = [line for line in lines if sum(cell in hidden for cell in line) == 1]
        beside = alone or [line for line in lines if told[0] in line]
        more = {_complement(table, line, hidden) for line in beside} - {None}
        # Where nothing is left to hide beside, everything is hidden: then no number but the groups' sizes is published.
        hidden |= {cell for cell in more if cell is not None} or set(table.cells())
    return frozenset(hidden)


def _complement(table: Table, line: Sequence[Cell], hidden: set[Cell]) -> Cell | None:
    """The cell of a sum that is hidden with others: the smallest of persons, that of all groups only where no other is left."""
    shown = [cell for cell in line if cell not in hidden]
    return min(shown, key=lambda cell: (table.count(cell) == 0, cell[0] == OVERALL, table.count(cell), cell), default=None)


class Audit:
    """What the published numbers of one question allow: the sizes of all groups, and every cell that is not hidden."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._cells = table.cells()
        self._place = {cell: place for place, cell in enumerate(self._cells)}
        self._sums, self._totals = self._equations()

    def largest(self, cell: Cell, hidden: set[Cell] | frozenset[Cell]) -> float:
        """The largest count of a cell that agrees with everything published."""
        return self._extreme(cell, hidden, -1)

    def smallest(self, cell: Cell, hidden: set[Cell] | frozenset[Cell]) -> float:
        """The smallest."""
        return self._extreme(cell, hidden, 1)

    def _extreme(self, cell: Cell, hidden: set[Cell] | frozenset[Cell], sign: int) -> float:
        goal = np.zeros(len(self._cells))
        goal[self._place[cell]] = sign
        bounds = [(0, None) if one in hidden else (self._table.count(one),) * 2 for one in self._cells]
        solved = linprog(goal, A_eq=self._sums, b_eq=self._totals, bounds=bounds, method="highs")
        return float(sign * solved.fun)

    def _equations(self) -> tuple[np.ndarray, np.ndarray]:
        """Options make up each group, and groups make up all, as rows of `sums @ counts == totals`."""
        table, options = self._table, range(len(self._table.overall))
        rows, totals = [], []
        for dimension, columns in [(OVERALL, [table.overall]), *enumerate(table.dimensions)]:
            for group, column in enumerate(columns):
                rows.append(self._row({(dimension, group, option): 1 for option in options}))
                totals.append(sum(column))
        for dimension, columns in enumerate(table.dimensions):
            for option in options:
                rows.append(self._row({(OVERALL, 0, option): -1} | {(dimension, group, option): 1 for group in range(len(columns))}))
                totals.append(0)
        return np.array(rows, dtype=float), np.array(totals, dtype=float)

    def _row(self, factors: Mapping[Cell, int]) -> np.ndarray:
        row = np.zeros(len(self._cells))
        for cell, factor in factors.items():
            row[self._place[cell]] = factor
        return row

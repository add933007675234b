"""No cell of one to four persons can be reckoned from what is published: every question's numbers audited by exact bounds."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.surveys.disclosure import OVERALL, THRESHOLD, Audit, Cell, Table, hidden_cells, is_small, together


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A question answered by people of two dimensions of groups, each group of the threshold or more."""
    options = draw(st.integers(2, 4))
    people = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, options - 1)), min_size=THRESHOLD, max_size=60))
    dimensions = []
    for at in (0, 1):
        sizes = {str(group): sum(person[at] == group for person in people) for group in range(4)}
        columns = [[int(name) for name in names] for names in together(sizes)]
        dimensions.append(
            [[sum(person[at] in column and person[2] == option for person in people) for option in range(options)] for column in columns]
        )
    return Table([sum(person[2] == option for person in people) for option in range(options)], [columns for columns in dimensions if columns])


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_small_cell_can_be_told_from_what_is_published(table: Table) -> None:
    hidden = hidden_cells(table)
    audit = Audit(table)

    for cell in (cell for cell in table.cells() if is_small(table.count(cell))):
        assert cell in hidden
        assert audit.largest(cell, hidden) >= THRESHOLD - 1e-6 > table.count(cell), "what is published tells that it is a small one"
        assert audit.smallest(cell, hidden) <= table.count(cell) + 1e-6


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_hidden_small_cell_is_left_alone_in_a_sum(table: Table) -> None:
    """By hand, without a linear programme: subtracting the shown from any total leaves more than one cell."""
    hidden = hidden_cells(table)
    columns = [[cell for cell in table.cells() if cell[:2] == place] for place in {cell[:2] for cell in table.cells()}]
    rows = [
        [cell for cell in table.cells() if cell[2] == option and cell[0] in (dimension, OVERALL)]
        for dimension, option in product(range(len(table.dimensions)), range(len(table.overall)))
    ]
    for line in (*columns, *rows):
        left = [cell for cell in line if cell in hidden]
        assert len(left) != 1 or not is_small(table.count(left[0]))


def by_trying(table: Table, hidden: frozenset[Cell], wanted: Cell) -> set[int]:
    """Every value of a cell in one column of its own that agrees with what is shown, found by trying all of them."""
    cells, total = table.cells(), sum(table.overall)
    free = [cell for cell in cells if cell in hidden]
    known = sum(table.count(cell) for cell in cells if cell not in hidden)
    return {values[free.index(wanted)] for values in product(range(total + 1), repeat=len(free)) if sum(values) + known == total}


@pytest.mark.parametrize("column", [[3, 9, 20], [1, 1, 12], [4, 8], [2, 0, 0, 9], [1, 1, 1, 30]])
def test_the_audit_finds_what_trying_every_value_finds(column: list[int]) -> None:
    table = Table(column)
    hidden = hidden_cells(table)
    for cell in (cell for cell in table.cells() if is_small(table.count(cell))):
        possible = by_trying(table, hidden, cell)
        assert (min(possible), max(possible)) == (Audit(table).smallest(cell, hidden), Audit(table).largest(cell, hidden))
        assert len(possible) > 1 and max(possible) >= THRESHOLD


def test_where_no_cell_is_small_everything_is_shown() -> None:
    assert hidden_cells(Table([10, 12, 0], [[[5, 7, 0], [5, 5, 0]]])) == frozenset()


def test_no_more_is_hidden_than_it_takes() -> None:
    assert hidden_cells(Table([3, 9, 20])) == {(OVERALL, 0, 0), (OVERALL, 0, 1)}


@pytest.mark.parametrize(
    ("sizes", "columns"),
    [
        ({"甲": 9, "乙": 2, "丙": 7, "丁": 1}, [["甲"], ["乙", "丁", "丙"]]),
        ({"甲": 9, "乙": 2, "丙": 7, "丁": 3}, [["甲"], ["丙"], ["乙", "丁"]]),
        ({"甲": 9, "乙": 2}, []),
        ({"甲": 9}, []),
        ({"甲": 2, "乙": 3}, []),
        ({"甲": 5, "乙": 0, "丙": 6}, [["甲"], ["丙"]]),
    ],
)
def test_a_group_of_fewer_than_the_threshold_is_never_a_column_of_its_own(sizes: dict[str, int], columns: list[list[str]]) -> None:
    assert together(sizes) == columns

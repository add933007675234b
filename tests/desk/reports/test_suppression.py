"""Small cells of a report cannot be reckoned from the total that stands beside them: audited by the rule of the surveys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.reports.figures import suppressed
from desk.reports.service import SMALL
from desk.surveys.disclosure import OVERALL, Audit, Table

COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=7).filter(lambda counts: sum(counts) >= SMALL)


@given(COUNTS)
def test_of_no_hidden_small_cell_the_total_tells_that_it_is_small(counts: list[int]) -> None:
    shown = suppressed({f"学院{place}": count for place, count in enumerate(counts)}, SMALL)
    hidden = {(OVERALL, 0, place) for place, name in enumerate(shown) if shown[name] is None}
    small = [cell for cell in hidden if 0 < counts[cell[2]] < SMALL]
    audit = Audit(Table(counts))

    assert all(count == 0 or count >= SMALL for count in shown.values() if count is not None)
    assert all(audit.largest(cell, hidden) > SMALL - 1e-6 for cell in small)
    assert len(hidden) <= len(small) + 1


@given(COUNTS)
def test_without_a_bound_everything_is_shown(counts: list[int]) -> None:
    cells = {f"学院{place}": count for place, count in enumerate(counts)}

    assert suppressed(cells, 0) == cells


def test_two_small_cells_whose_sum_is_small_take_another_with_them() -> None:
    assert suppressed({"甲": 9, "乙": 2, "丙": 1, "丁": 8}, SMALL) == {"甲": 9, "乙": None, "丙": None, "丁": None}
    assert suppressed({"甲": 9, "乙": 3, "丙": 4}, SMALL) == {"甲": 9, "乙": None, "丙": None}

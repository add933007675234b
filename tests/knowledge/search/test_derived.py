"""Features made of others: openings count for what openings say, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.language.question import analyse
from knowledge.search.derived import DERIVED, derived

COLUMNS = {"dense": np.array([0.5, -0.2], dtype=np.float32), "preamble": np.array([1.0, 0.0], dtype=np.float32)}


@pytest.mark.parametrize(
    ("question", "asked"),
    [("为什么要办这个专场", 1.0), ("这次行动的目的", 1.0), ("这个行动全称叫什么", 1.0), ("专场什么时候办", 0.0), ("材料交给谁", 0.0)],
)
def test_an_opening_counts_where_it_is_asked_about(question: str, asked: float) -> None:
    found = derived(analyse(question, 2026), COLUMNS)

    assert tuple(found) == DERIVED
    assert found["preamble_asked"].tolist() == [asked, 0.0]
    assert found["dense_squared"] == pytest.approx([0.25, 0.04])

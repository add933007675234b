"""The report of an import: how many rows went which way, and each row that was not simply published, with its reason."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from knowledge.postings import texts
from knowledge.postings.importing import Result, RowOutcome
from knowledge.tables.cells import guarded

_HEADINGS = ("行", "工作表", "结果", "编号", "职位", "单位", "原因", "岗位编号")
NOT_TAKEN: tuple[Result, ...] = ("refused", "held", "waiting")


@dataclass
class Summary:
    """Counts of an import, and the first rows that need a person's eye; what is beyond `most` is only counted."""

    most: int = 1_000
    counts: Counter[str] = field(default_factory=Counter)
    remarkable: list[RowOutcome] = field(default_factory=list)

    def add(self, outcome: RowOutcome) -> None:
        """Count a row."""
        self.counts[outcome.result] += 1
        if outcome.result in NOT_TAKEN and len(self.remarkable) < self.most:
            self.remarkable.append(outcome)

    @property
    def total(self) -> int:
        """All rows."""
        return self.counts.total()

    @property
    def unseen(self) -> int:
        """Rows that need a person's eye and are not listed."""
        return sum(self.counts[result] for result in NOT_TAKEN) - len(self.remarkable)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "total": self.total,
            "counts": {result: self.counts[result] for result in texts.RESULTS},
            "rows": [_as_dict(outcome) for outcome in self.remarkable],
        }


@contextmanager
def written_report(path: Path) -> Iterator[Report]:
    """A report of every row as CSV (UTF-8 with a mark, as spreadsheet programs want it). Raises OSError where it cannot be written."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield Report(file)


class Report:
    """Writes one line a row."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(_HEADINGS)

    def add(self, outcome: RowOutcome) -> None:
        """Write a row."""
        cells = (
            outcome.line,
            outcome.sheet,
            texts.RESULTS[outcome.result],
            outcome.external_id,
            outcome.title,
            outcome.employer,
            "；".join(outcome.reasons),
            outcome.posting_id or "",
        )
        self._writer.writerow([guarded(str(cell)) for cell in cells])


def place(outcome: RowOutcome) -> str:
    """Where a row stands, in Chinese."""
    return f"“{outcome.sheet}”第 {outcome.line} 行" if outcome.sheet else f"第 {outcome.line} 行"


def _as_dict(outcome: RowOutcome) -> dict[str, Any]:
    return {
        "line": outcome.line,
        "sheet": outcome.sheet,
        "result": outcome.result,
        "external_id": outcome.external_id,
        "title": outcome.title,
        "employer": outcome.employer,
        "reasons": list(outcome.reasons),
        "posting_id": outcome.posting_id,
    }

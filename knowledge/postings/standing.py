"""Which standing a posting has after an import: what the screening says, and what a person said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from knowledge.postings.screening.finding import Finding

Status = Literal["waiting", "published", "held", "rejected", "withdrawn"]
STATUSES: tuple[Status, ...] = get_args(Status)
REASON_NEEDED: frozenset[Status] = frozenset({"held", "rejected", "withdrawn"})
"""What a person may not decide without saying why."""
OPEN: tuple[Status, ...] = ("waiting", "held")
"""What a reviewer still has to do with."""


def screened_status(findings: Sequence[Finding], issues: Sequence[str], *, trusted: bool) -> Status:
    """The standing of a new row: what is surely forbidden is held, whatever else is odd waits, the clean rest of a trusted source is published."""
    if any(finding.certain for finding in findings):
        return "held"
    if findings or issues or not trusted:
        return "waiting"
    return "published"


def status_after_change(screened: Status, *, decided_by: str | None) -> Status:
    """The standing of a row that came again with other words: where a person had decided, a person looks again."""
    if decided_by is None or screened == "held":
        return screened
    return "waiting"

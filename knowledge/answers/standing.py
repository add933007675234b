"""How a document stands today: in force, meant for a past year alone, with a conflict of dates, with damage."""

from __future__ import annotations

from datetime import date
from typing import Literal

from knowledge.search.entries import ClauseEntry, DocumentEntry

Status = Literal["in_force", "only_that_year"]


def status(document: DocumentEntry, today: date) -> Status:
    """`only_that_year` once the graduating year that a document is for lies behind: from September after that summer on."""
    if document.cohorts and (max(document.cohorts), 9) <= (today.year, today.month):
        return "only_that_year"
    return "in_force"


def warnings(entries: list[ClauseEntry], today: date) -> tuple[str, ...]:
    """The warnings that an answer from these clauses must carry, the gravest first."""
    found = []
    if any(status(entry.document, today) == "only_that_year" for entry in entries):
        found.append("expired")
    if any(entry.damaged for entry in entries):
        found.append("damaged")
    if any(entry.document.date_conflict for entry in entries):
        found.append("date_conflict")
    if any(entry.document.region not in (None, "全国") for entry in entries):
        found.append("region_only")
    return tuple(found)

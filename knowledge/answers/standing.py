"""How a document and its clauses stand on a given day, and what an answer from them must warn of.

The order in which one standing hides another: repealed, superseded, expired, for a past year alone, not yet in force, on trial.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from knowledge.language.places import NATION
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.truth import Successor

Status = Literal["in_force", "not_yet_in_force", "expired", "only_that_year", "superseded", "repealed", "trial"]
_SUMMER_ENDS = 9


def status(document: DocumentEntry, today: date) -> Status:
    """The standing of a whole document on a day."""
    truth = document.truth
    successor = replaced_by(document, today)
    if truth.repealed or (successor is not None and successor.believed and successor.kind == "repeals"):
        return "repealed"
    if successor is not None and successor.believed:
        return "superseded"
    if any(day is not None and day < today for day in (truth.retired_until, truth.in_force_until)):
        return "expired"
    if _past_year(document, today) is not None:
        return "only_that_year"
    if truth.in_force_from is not None and truth.in_force_from > today:
        return "not_yet_in_force"
    return "trial" if truth.trial else "in_force"


def clause_status(entry: ClauseEntry, today: date) -> Status:
    """The standing of a clause: its document's, unless the clause itself ended earlier."""
    of_document = status(entry.document, today)
    ended = entry.until is not None and entry.until < today
    return "expired" if ended and of_document in ("in_force", "trial", "not_yet_in_force") else of_document


def replaced_by(document: DocumentEntry, today: date) -> Successor | None:
    """What replaces the document on that day, a believed successor before one that only the titles suggest."""
    return next((successor for successor in document.truth.successors if successor.since is None or successor.since <= today), None)


def to_be_replaced_by(document: DocumentEntry, today: date) -> Successor | None:
    """What will replace a document that still holds."""
    coming = [successor for successor in document.truth.successors if successor.since is not None and successor.since > today]
    return coming[-1] if coming and replaced_by(document, today) is None else None


def holds(entry: ClauseEntry, today: date) -> bool:
    """Whether a clause can be relied on that day."""
    return clause_status(entry, today) in ("in_force", "trial") and replaced_by(entry.document, today) is None


def past_year(document: DocumentEntry, today: date) -> str:
    """For a document of a past year the year in words (2024届, 2025年)."""
    return _past_year(document, today) or ""


def warnings(entries: Sequence[ClauseEntry], today: date) -> tuple[str, ...]:
    """The warnings that an answer from these clauses must carry, the gravest first."""
    standings = {clause_status(entry, today) for entry in entries}
    documents = [entry.document for entry in entries]
    found = {
        "superseded": bool(standings & {"superseded", "repealed"}) or any(replaced_by(document, today) for document in documents),
        "expired": bool(standings & {"expired", "only_that_year"}),
        "damaged": any(entry.damaged for entry in entries),
        "date_conflict": any(document.date_conflict for document in documents),
        "region_only": any(document.region not in (None, NATION) for document in documents),
    }
    return tuple(name for name, present in found.items() if present)


def _past_year(document: DocumentEntry, today: date) -> str | None:
    """A graduating year lies behind from September after its summer on, any other year from its end on."""
    if document.cohorts:
        last = max(document.cohorts)
        return f"{last}届" if (last, _SUMMER_ENDS) <= (today.year, today.month) else None
    year = document.truth.only_year
    return f"{year}年" if year is not None and year < today.year else None

"""Which documents come to their end soon, and which are past it and still asked about: the keepers' two lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.answers.standing import Status, status, to_be_replaced_by
from knowledge.models import AskedQuestion
from knowledge.search.entries import DocumentEntry

_MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Expiring:
    """A document that holds today and its last day, inclusive."""

    document: DocumentEntry
    last_day: date


@dataclass(frozen=True)
class StillAsked:
    """A document whose time is over, how often it answered all the same, when last, and to which questions."""

    document: DocumentEntry
    status: Status
    count: int
    last_asked: datetime
    questions: tuple[str, ...]


def last_day(document: DocumentEntry, today: date) -> date | None:
    """The last day on which a document holds, as far as it is known: set by a person, printed, its year's or its cohort's end, or the eve
    of what replaces it."""
    truth = document.truth
    successor = to_be_replaced_by(document, today)
    ends = [truth.retired_until, truth.in_force_until]
    if document.cohorts:
        ends.append(date(max(document.cohorts), 8, 31))
    elif truth.only_year is not None:
        ends.append(date(truth.only_year, 12, 31))
    if successor is not None and successor.since is not None:
        ends.append(successor.since - timedelta(days=1))
    return min((day for day in ends if day is not None), default=None)


def expiring(documents: Iterable[DocumentEntry], today: date, days: int) -> list[Expiring]:
    """The documents that hold today and no longer than `days` days from now, the first to end first."""
    found = []
    for document in documents:
        end = last_day(document, today)
        if end is not None and today <= end <= today + timedelta(days=days):
            found.append(Expiring(document, end))
    return sorted(found, key=lambda item: item.last_day)


def still_asked(documents: Iterable[DocumentEntry], asked: Sequence[AskedQuestion], today: date) -> list[StillAsked]:
    """The documents past their time that questions (latest first) were answered from, the most asked first."""
    questions: dict[int, list[AskedQuestion]] = {}
    for row in asked:
        for document_id in row.documents:
            questions.setdefault(document_id, []).append(row)
    found = []
    for document in documents:
        rows = questions.get(document.id, [])
        standing = status(document, today)
        if rows and standing not in ("in_force", "trial"):
            wordings = tuple(dict.fromkeys(row.text for row in rows))[:_MOST_QUESTIONS]
            found.append(StillAsked(document, standing, len(rows), max(row.asked_at for row in rows), wordings))
    return sorted(found, key=lambda item: -item.count)

"""What must be said around an answer because of the standing of what it rests on: before anything else, and behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.answers import texts
from knowledge.answers.standing import clause_status, past_year, replaced_by, status, to_be_replaced_by
from knowledge.language.places import NATION
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.truth import Reference


def cautions(entries: Sequence[ClauseEntry], today: date) -> list[str]:
    """What is said before anything else: that a paper is replaced, expired, of a past year, not in force yet, a copy, damaged."""
    lines = [line for entry in entries for line in _of_standing(entry, today)]
    if any(entry.damaged for entry in entries):
        lines.append(texts.DAMAGED)
    return list(dict.fromkeys(lines))


def notes(entries: Sequence[ClauseEntry], today: date) -> list[str]:
    """What is said behind the answer: dates that disagree, where it holds, that it is on trial, that a time to apply is over."""
    lines = []
    for entry in entries:
        document = entry.document
        if document.date_conflict and entry.kind in ("signature", "printed"):
            lines.append(texts.DATE_CONFLICT.format(dates="、".join(document.printed_dates)))
        if document.region and document.region != NATION:
            lines.append(texts.REGION_ONLY.format(region=document.region))
        if entry.kind == "contact":
            lines.append(texts.STAFF_CONTACT)
        lines += _of_time(entry, today)
    return list(dict.fromkeys(lines))


def named(reference: Reference) -> str:
    """A document as a sentence names it: 《title》（number）."""
    title = f"《{reference.title}》" if reference.title else texts.UNTITLED
    return f"{title}（{reference.doc_no}）" if reference.doc_no else title


def _of_standing(entry: ClauseEntry, today: date) -> list[str]:
    document = entry.document
    lines = [line for line in (_replaced(document, today), _ended(entry, today)) if line]
    if status(document, today) == "not_yet_in_force" and document.truth.in_force_from:
        lines.append(texts.NOT_YET.format(begins=long_date(document.truth.in_force_from)))
    if document.truth.copy_of:
        lines.append(texts.A_COPY.format(original=named(document.truth.copy_of)))
    return lines


def _replaced(document: DocumentEntry, today: date) -> str:
    successor = replaced_by(document, today)
    if successor is None:
        return texts.MARKED_REPEALED if document.truth.repealed else ""
    wording = texts.MAYBE_SUPERSEDED if not successor.believed else texts.REPEALED if successor.kind == "repeals" else texts.SUPERSEDED
    since = texts.SINCE.format(day=long_date(successor.since)) if successor.since else ""
    return wording.format(successor=named(successor.document), since=since)


def _ended(entry: ClauseEntry, today: date) -> str:
    document, truth = entry.document, entry.document.truth
    if truth.retired_until and truth.retired_until < today:
        return texts.RETIRED.format(until=long_date(truth.retired_until), reason=truth.retired_reason)
    if truth.in_force_until and truth.in_force_until < today:
        return texts.ENDED.format(until=long_date(truth.in_force_until))
    if clause_status(entry, today) == "only_that_year":
        return texts.EXPIRED.format(cohort=past_year(document, today))
    if entry.until and entry.until < today and not past_year(document, today):
        return texts.CLAUSE_ENDED.format(until=long_date(entry.until))
    return ""


def _of_time(entry: ClauseEntry, today: date) -> list[str]:
    truth, lines = entry.document.truth, []
    standing = clause_status(entry, today)
    if standing == "trial":
        lines.append(texts.ON_TRIAL)
    coming = to_be_replaced_by(entry.document, today)
    if coming and coming.since:
        lines.append(texts.SOON_SUPERSEDED.format(successor=named(coming.document), day=long_date(coming.since)))
    if standing in ("in_force", "trial"):
        if truth.in_force_until:
            lines.append(texts.HOLDS_UNTIL.format(until=long_date(truth.in_force_until)))
        if entry.windows and all(window.last < today for window in entry.windows):
            lines.append(texts.WINDOW_CLOSED.format(last=long_date(max(window.last for window in entry.windows))))
    return lines


def long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

"""The ledger as CSV (RFC 4180, UTF-8 with a mark, for spreadsheets): out, and in again without a change.

A cell that a spreadsheet would take for a formula is written behind an apostrophe, which is dropped on the way in.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA
from core.text.folding import fold
from knowledge.employers import texts
from knowledge.employers.ledger import Ledger, record_of
from knowledge.employers.models import EmployerNeed, EmployerVisit, NeedCandidate, NeedPosting
from knowledge.employers.record import Change, EmployerRecord, Level, NeedRecord, Outcome, VisitRecord
from knowledge.errors import LedgerRefused
from knowledge.ingest.decoding import decode_bytes
from knowledge.postings.models import Employer, Posting
from knowledge.tables.cells import csv_line, unguarded
from knowledge.tables.delimited import BrokenQuotes, NumberedRow, read_delimited

Part = Literal["employers", "visits", "needs", "links", "candidates"]
_COLUMNS: dict[Part, dict[str, str]] = {
    "visits": texts.VISIT_COLUMNS,
    "candidates": texts.CANDIDATE_COLUMNS,
    "links": texts.LINK_COLUMNS,
    "needs": texts.NEED_COLUMNS,
    "employers": texts.EMPLOYER_COLUMNS,
}
_TELLING: dict[Part, tuple[str, ...]] = {
    "visits": ("employer", "visited_on", "visitor"),
    "candidates": ("employer", "post", "reference", "outcome"),
    "links": ("employer", "post", "posting_id"),
    "needs": ("employer", "post"),
    "employers": ("name",),
}
"""The columns by which a file is known, and without which it cannot be taken; looked for in this order."""
_MARK = "\ufeff"
_Key = TypeVar("_Key", bound=str)
_BATCH = 500


@dataclass(frozen=True)
class RowResult:
    """What became of a row of a file; `reason` is Chinese, for a refused one."""

    line: int
    result: Change | Literal["refused"]
    name: str
    reason: str = ""


@dataclass(frozen=True)
class Table:
    """A file understood: what it holds, and its rows by field with the line each begins on."""

    part: Part
    rows: tuple[tuple[int, dict[str, str], bool], ...]
    """Line, cells, and whether the row has more cells than there are columns."""


def read_table(name: str, content: bytes) -> Table:
    """Read a file. Raises LedgerRefused where the columns that matter are missing, DocumentRefused where it is no text."""
    try:
        return _understood(name, read_delimited(io.StringIO(decode_bytes(name, content), newline="")))
    except BrokenQuotes as error:
        raise LedgerRefused(texts.BROKEN_TABLE.format(name=name, line=error.line)) from error


def _understood(name: str, numbered: Iterator[NumberedRow]) -> Table:
    headings = [fold(cell) for cell in next(numbered, (0, []))[1]]
    part = _part(name, headings)
    known = {heading: field for field, heading in _COLUMNS[part].items()}
    fields = [known.get(heading, "") for heading in headings]
    rows = []
    for line, cells in numbered:
        if any(cell.strip() for cell in cells):
            row = {field: unguarded(cell) for field, cell in zip(fields, cells, strict=False) if field}
            rows.append((line, row, any(cell.strip() for cell in cells[len(fields) :])))
    if not rows:
        raise LedgerRefused(texts.NO_ROWS.format(name=name))
    return Table(part, tuple(rows))


def take_table(ledger: Ledger, table: Table, by: str) -> Iterator[RowResult]:
    """Take the rows in, one after another; a row that cannot be taken is told and the next one follows."""
    take = _TAKE[table.part]
    for line, row, surplus in table.rows:
        name = row.get("name") or row.get("employer", "")
        try:
            if surplus:
                raise LedgerRefused(texts.SURPLUS)
            yield RowResult(line, take(ledger, row, by), name)
        except LedgerRefused as error:
            yield RowResult(line, "refused", name, str(error))


def write_table(sessions: sessionmaker[Session], part: Part) -> Iterator[str]:
    """A part of the ledger as the text of a CSV file, piece by piece."""
    yield _MARK + csv_line(_COLUMNS[part].values())
    with sessions() as session:
        for row in _ROWS[part](session):
            yield csv_line(row)


def _part(name: str, headings: list[str]) -> Part:
    for part, telling in _TELLING.items():
        if all(_COLUMNS[part][field] in headings for field in telling):
            return part
    wanted = "、".join(_COLUMNS["employers"][field] for field in _TELLING["employers"])
    raise LedgerRefused(texts.MISSING_COLUMNS.format(name=name, columns=wanted, found="、".join(filter(None, headings))[:100] or "空"))


def _take_employer(ledger: Ledger, row: Mapping[str, str], _by: str) -> Change:
    values: dict[str, Any] = {field: row.get(field, "") for field in texts.EMPLOYER_COLUMNS if field != "checks"}
    return ledger.put(EmployerRecord(**values, checks=_checks(row.get("checks", ""))))[1]


def _take_visit(ledger: Ledger, row: Mapping[str, str], by: str) -> Change:
    visit = VisitRecord(
        employer=row["employer"],
        visited_on=_day(row, "visited_on", texts.VISIT_COLUMNS) or _missing("visited_on", texts.VISIT_COLUMNS),
        visitor=row.get("visitor", ""),
        level=level_named(row.get("level", "")),
        college=row.get("college", ""),
        is_new=_yes_no(row, "is_new", texts.VISIT_COLUMNS),
        posts_gained=_number(row, "posts_gained", texts.VISIT_COLUMNS) or 0,
        note=row.get("note", ""),
    )
    return ledger.record_visit(visit, by)[1]


def _take_need(ledger: Ledger, row: Mapping[str, str], by: str) -> Change:
    need = NeedRecord(
        employer=row["employer"],
        post=row["post"],
        headcount=_number(row, "headcount", texts.NEED_COLUMNS),
        majors=row.get("majors", ""),
        degree=row.get("degree", ""),
        needed_by=_day(row, "needed_by", texts.NEED_COLUMNS),
        note=row.get("note", ""),
    )
    return ledger.record_need(need, by)[1]


def _take_link(ledger: Ledger, row: Mapping[str, str], by: str) -> Change:
    posting = _number(row, "posting_id", texts.LINK_COLUMNS)
    if posting is None:
        raise LedgerRefused(texts.BAD_NUMBER.format(column=texts.LINK_COLUMNS["posting_id"], text=""))
    return ledger.link(_need(ledger, row), posting, by, title=row.get("title", ""))


def _take_candidate(ledger: Ledger, row: Mapping[str, str], by: str) -> Change:
    return ledger.take_candidate(
        _need(ledger, row),
        row["reference"],
        outcome_named(row["outcome"]),
        row.get("by", "").strip() or by,
        posting_id=_number(row, "posting_id", texts.CANDIDATE_COLUMNS),
        note=row.get("note", ""),
        at=_moment(row, "at", texts.CANDIDATE_COLUMNS),
    )


def _need(ledger: Ledger, row: Mapping[str, str]) -> int:
    return ledger.need_named(row["employer"], row["post"], _day(row, "needed_by", texts.NEED_COLUMNS))


def outcome_named(name: str) -> Outcome:
    """The outcome of a Chinese or English name. Raises LedgerRefused."""
    return _named(name, texts.OUTCOMES, texts.UNKNOWN_OUTCOME)


def level_named(name: str) -> Level:
    """The level of a Chinese or English name; `other` where nothing is said. Raises LedgerRefused."""
    return _named(name, texts.LEVELS, texts.UNKNOWN_LEVEL) if fold(name) else "other"


def _named(name: str, known: Mapping[_Key, str], complaint: str) -> _Key:
    folded = fold(name)
    for key, label in known.items():
        if folded in (key, label):
            return key
    raise LedgerRefused(complaint.format(name=name, known="、".join(known.values())))


def _missing(field: str, columns: Mapping[str, str]) -> date:
    raise LedgerRefused(texts.BAD_DAY.format(column=columns[field], text=""))


def _day(row: Mapping[str, str], field: str, columns: Mapping[str, str]) -> date | None:
    text = fold(row.get(field, ""))
    if not text:
        return None
    try:
        year, month, day = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
        return date(year, month, day)
    except ValueError as error:
        raise LedgerRefused(texts.BAD_DAY.format(column=columns[field], text=text)) from error


def _moment(row: Mapping[str, str], field: str, columns: Mapping[str, str]) -> datetime | None:
    text = fold(row.get(field, "")).replace("/", "-")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise LedgerRefused(texts.BAD_MOMENT.format(column=columns[field], text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _number(row: Mapping[str, str], field: str, columns: Mapping[str, str]) -> int | None:
    text = fold(row.get(field, ""))
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise LedgerRefused(texts.BAD_NUMBER.format(column=columns[field], text=text))
    return int(text)


def _yes_no(row: Mapping[str, str], field: str, columns: Mapping[str, str]) -> bool | None:
    text = fold(row.get(field, ""))
    if text not in ("", texts.YES, texts.NO):
        raise LedgerRefused(texts.BAD_YES_NO.format(column=columns[field], text=text))
    return None if not text else text == texts.YES


def _checks(text: str) -> tuple[dict[str, Any], ...]:
    if not text.strip():
        return ()
    try:
        found = json.loads(text)
    except ValueError as error:
        raise LedgerRefused(texts.BAD_CHECKS) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) and {"what", "outcome", "note", "by", "at"} == set(one) for one in found):
        raise LedgerRefused(texts.BAD_CHECKS)
    return tuple(found)


def _employer_rows(session: Session) -> Iterator[list[str]]:
    for row in session.scalars(select(Employer).order_by(Employer.id).execution_options(yield_per=_BATCH)):
        record = record_of(row)
        checks = json.dumps(list(record.checks), ensure_ascii=False) if record.checks else ""
        yield [getattr(record, field) if field != "checks" else checks for field in texts.EMPLOYER_COLUMNS]


def _visit_rows(session: Session) -> Iterator[list[str]]:
    chosen = select(EmployerVisit, Employer.name).join(Employer, Employer.id == EmployerVisit.employer_id).order_by(EmployerVisit.id)
    for row, name in session.execute(chosen.execution_options(yield_per=_BATCH)):
        is_new = "" if row.is_new is None else texts.YES if row.is_new else texts.NO
        level: Any = row.level
        yield [name, row.visited_on.isoformat(), row.visitor, texts.LEVELS[level], row.college, is_new, str(row.posts_gained), row.note]


def _need_rows(session: Session) -> Iterator[list[str]]:
    chosen = select(EmployerNeed, Employer.name).join(Employer, Employer.id == EmployerNeed.employer_id).order_by(EmployerNeed.id)
    for row, name in session.execute(chosen.execution_options(yield_per=_BATCH)):
        headcount = "" if row.headcount is None else str(row.headcount)
        day = row.needed_by.isoformat() if row.needed_by else ""
        yield [name, row.post, headcount, row.majors, row.degree, day, row.note]


def _link_rows(session: Session) -> Iterator[list[str]]:
    chosen = (
        select(Employer.name, EmployerNeed.post, EmployerNeed.needed_by, Posting.id, Posting.title)
        .select_from(NeedPosting)
        .join(EmployerNeed, EmployerNeed.id == NeedPosting.need_id)
        .join(Employer, Employer.id == EmployerNeed.employer_id)
        .join(Posting, Posting.id == NeedPosting.posting_id)
        .order_by(NeedPosting.need_id, NeedPosting.posting_id)
    )
    for name, post, day, posting, title in session.execute(chosen.execution_options(yield_per=_BATCH)):
        yield [name, post, day.isoformat() if day else "", str(posting), title]


def _candidate_rows(session: Session) -> Iterator[list[str]]:
    chosen = (
        select(NeedCandidate, Employer.name, EmployerNeed.post, EmployerNeed.needed_by)
        .join(EmployerNeed, EmployerNeed.id == NeedCandidate.need_id)
        .join(Employer, Employer.id == EmployerNeed.employer_id)
        .order_by(NeedCandidate.recorded_at, NeedCandidate.id)
    )
    for row, name, post, day in session.execute(chosen.execution_options(yield_per=_BATCH)):
        outcome: Any = row.outcome
        posting = "" if row.posting_id is None else str(row.posting_id)
        at = row.recorded_at.astimezone(CHINA).isoformat()
        yield [name, post, day.isoformat() if day else "", row.reference, texts.OUTCOMES[outcome], posting, row.note, row.recorded_by, at]


_TAKE: dict[Part, Callable[[Ledger, Mapping[str, str], str], Change]] = {
    "employers": _take_employer,
    "visits": _take_visit,
    "needs": _take_need,
    "links": _take_link,
    "candidates": _take_candidate,
}
_ROWS: dict[Part, Callable[[Session], Iterator[list[str]]]] = {
    "employers": _employer_rows,
    "visits": _visit_rows,
    "needs": _need_rows,
    "links": _link_rows,
    "candidates": _candidate_rows,
}

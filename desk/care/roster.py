"""The ledger out of tables and into tables: a roster comes in without doubles, and what goes out comes in again without a change."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import CHINA
from desk.care import roster_texts as texts
from desk.care.access import graduate_for, knows_all_key_groups, visible
from desk.care.fields import column_named, read_fields, write_field
from desk.care.files import CareFiles, Change
from desk.care.models import CareEntry, Graduate
from desk.care.record import CareRecord
from desk.care.texts import FIELDS, KINDS
from desk.errors import CareRefused
from desk.staff.policy import Actor
from knowledge.ingest.decoding import decode_bytes
from knowledge.tables.cells import csv_line, unguarded
from knowledge.tables.delimited import DELIMITERS, BrokenQuotes, NumberedRow, read_delimited
from knowledge.tables.workbooks import opened_workbook, sheet_rows, visible_sheets, workbook_of

Format = Literal["csv", "xlsx"]
_TELLING = frozenset({"student_number", "name"})
"""A row that names both is the row of headings."""
_SEARCHED_FOR_HEADINGS = 15
_PACKAGE = b"PK"
"""How a workbook begins: it is a ZIP."""
_MARK = "\ufeff"
"""By it spreadsheet programs know that a CSV file is UTF-8."""


@dataclass(frozen=True)
class Row:
    """A row of a roster: the line on which it begins, its cells by field, and whether cells lie beyond the headings."""

    line: int
    cells: dict[str, str]
    surplus: bool


@dataclass(frozen=True)
class Roster:
    """A file understood; `ignored` are the headings of columns that are none of ours."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class RowResult:
    """What became of a row; `note` is Chinese: why it was refused, or what somebody should look at."""

    line: int
    result: Change | Literal["refused"]
    name: str
    note: str = ""


def read_roster(name: str, content: bytes) -> Roster:
    """Read a roster, CSV or XLSX by its content. Raises CareRefused without headings or rows, DocumentRefused for a broken file."""
    found = [_understood(rows) for rows in _sheets(name, content)]
    kept = [roster for roster in found if roster is not None]
    if not kept:
        raise CareRefused(texts.NO_HEADINGS.format(name=name, columns=f"{FIELDS['student_number']}、{FIELDS['name']}"))
    rows = tuple(row for roster in kept for row in roster.rows)
    if not rows:
        raise CareRefused(texts.NO_ROWS.format(name=name))
    return Roster(rows, tuple(dict.fromkeys(heading for roster in kept for heading in roster.ignored)))


class Rosters:
    """Imports and exports; whoever may not see a college can neither bring nor take anything of it."""

    def __init__(self, record: CareRecord, files: CareFiles) -> None:
        self._record, self._files = record, files

    def take(self, actor: Actor, roster: Roster) -> Iterator[RowResult]:
        """Take the rows in, each in a transaction of its own, and say of each what became of it. The same roster again changes nothing."""
        seen: dict[str, Row] = {}
        for row in roster.rows:
            name = row.cells.get("name", "")[:60]
            try:
                yield self._take(actor, row, name, seen)
            except CareRefused as error:
                yield RowResult(row.line, "refused", name, str(error))
        with self._record.sessions.begin() as session:
            self._record.audit.record(session, actor, "roster.import", "graduates", after={"rows": len(roster.rows)})

    def export(self, actor: Actor, kind: Format) -> bytes:
        """All files that this person may see, one row each; a workbook also has what was said and done. The audit keeps that they took it."""
        with self._record.sessions.begin() as session:
            fields = [field for field in FIELDS if field != "categories" or knows_all_key_groups(actor)]
            graduates = list(session.scalars(visible(select(Graduate), actor).order_by(Graduate.id)))
            rows = [[FIELDS[field] for field in fields], *([write_field(field, getattr(one, field)) for field in fields] for one in graduates)]
            after = {"rows": len(graduates), "format": kind, "key_groups": "categories" in fields}
            self._record.audit.record(session, actor, "graduates.export", "graduates", after=after)
            if kind == "csv":
                return (_MARK + "".join(csv_line(row) for row in rows)).encode()
            return workbook_of([(texts.SHEET, rows), (texts.ENTRIES_SHEET, _entry_rows(session, actor))])

    def _take(self, actor: Actor, row: Row, name: str, seen: dict[str, Row]) -> RowResult:
        if row.surplus:
            raise CareRefused(texts.SURPLUS)
        values = read_fields(row.cells)
        if not values.get("college") and actor.only_college:
            values["college"] = actor.only_college
        number = str(values.get("student_number") or "")
        before = seen.setdefault(number, row) if number else row
        if before is not row:
            if before.cells != row.cells:
                raise CareRefused(texts.TWICE.format(line=before.line))
            return RowResult(row.line, "unchanged", name, texts.TWICE_SAME.format(line=before.line))
        graduate_id, change = self._record.write(lambda session: self._files.put_in(session, actor, values))
        return RowResult(row.line, change, name, self._doubt(actor, graduate_id) if change == "new" else "")

    def _doubt(self, actor: Actor, graduate_id: int) -> str:
        """A word about another file that has the same name and phone number: perhaps one person under two student numbers."""
        with self._record.sessions() as session:
            new = graduate_for(session, actor, graduate_id)
            if not new.phone:
                return ""
            same = select(Graduate).where(Graduate.name == new.name, Graduate.phone == new.phone, Graduate.id != new.id)
            other = session.scalars(visible(same, actor).limit(1)).first()
            return texts.PERHAPS_SAME.format(class_name=other.class_name or other.college) if other else ""


def _entry_rows(session: Session, actor: Actor) -> Iterator[Sequence[str]]:
    yield texts.ENTRY_COLUMNS
    chosen = select(Graduate.student_number, CareEntry).join(CareEntry, CareEntry.graduate_id == Graduate.id)
    for number, entry in session.execute(visible(chosen, actor).order_by(CareEntry.id)):
        yield number, f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M}", entry.by, KINDS.get(entry.kind, entry.kind), entry.text


def _sheets(name: str, content: bytes) -> list[list[NumberedRow]]:
    if content.startswith(_PACKAGE):
        with opened_workbook(name, content) as workbook:
            return [list(sheet_rows(sheet, content)) for sheet in visible_sheets(workbook)]
    try:
        return [list(read_delimited(io.StringIO(decode_bytes(name, content), newline=""), _delimiter))]
    except BrokenQuotes as error:
        raise CareRefused(texts.BROKEN_QUOTES.format(name=name, line=error.line)) from error


def _understood(rows: Sequence[NumberedRow]) -> Roster | None:
    """The rows below the headings; None where there are none."""
    for position, (_, cells) in enumerate(rows[:_SEARCHED_FOR_HEADINGS]):
        fields = [column_named(unguarded(cell)) for cell in cells]
        if set(fields) >= _TELLING:
            ignored = [cell.strip() for cell, field in zip(cells, fields, strict=True) if field is None and cell.strip()]
            return Roster(tuple(_rows(rows[position + 1 :], fields)), tuple(ignored))
    return None


def _rows(rows: Sequence[NumberedRow], fields: Sequence[str | None]) -> Iterator[Row]:
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            known: dict[str, str] = {}
            for field, cell in zip(fields, cells, strict=False):
                if field is not None and not known.get(field):
                    known[field] = unguarded(cell)
            yield Row(line, known, any(cell.strip() for cell in cells[len(fields) :]))


def _delimiter(text: str) -> str:
    """What parts the columns: the sign by which the most headings of the first lines are known."""

    def known(delimiter: str) -> int:
        return max((len({column_named(cell.strip(' "')) for cell in line.split(delimiter)} - {None}) for line in lines), default=0)

    lines = text.removeprefix(_MARK).splitlines()[:_SEARCHED_FOR_HEADINGS]
    return max(DELIMITERS, key=known)

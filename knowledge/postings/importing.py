"""Import: rows of a file become postings, batch by batch, each in one transaction; twice the same file changes nothing.

What was committed before an import was killed is passed over when it is run again, by the checksum of each row. Of a file only one batch
is in memory, and a digest of each row's number, to see a number that comes twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.folding import fold
from knowledge.postings import texts
from knowledge.postings.columns import Columns
from knowledge.postings.fields.cleaning import clean_line
from knowledge.postings.gathered_cells import Cells, gather
from knowledge.postings.models import PostingOrigin, PostingSource
from knowledge.postings.reading import Row, read_rows
from knowledge.postings.rehearsing import FIRST_NUMBER, bring_over, rehearsal_store
from knowledge.postings.screening import screen
from knowledge.postings.several_jobs import jobs_in
from knowledge.postings.storing import BatchStore, Stored, Taken
from knowledge.postings.understanding_rows import Issue, RowRefused, understand

BATCH = 500
"""Rows in one transaction."""
READING = 2
"""The version of what is understood of a row: rows of an earlier one are read anew though nothing in them changed."""

Result = Literal["published", "waiting", "held", "merged", "updated", "unchanged", "refused"]


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be read."""

    source: str
    """Whose rows they are that name no source of their own."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column → field, where the names do not say it; remembered for the source."""
    trusted: bool = True
    """Whether clean rows of sources seen for the first time pass by themselves; a source that was distrusted stays so."""


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row."""

    line: int
    result: Result
    reasons: tuple[str, ...] = ()
    """In Chinese."""
    sheet: str = ""
    external_id: str = ""
    title: str = ""
    employer: str = ""
    posting_id: int | None = None
    done: float = 0.0
    """How much of the file is behind, from 0 to 1."""


@dataclass(frozen=True)
class _Numbered:
    """A row, its name within its source, and the digest of all that it says."""

    row: Row
    cells: Cells
    source: str
    number: str
    checksum: str
    issues: tuple[Issue, ...] = ()


class PostingImporter:
    """Imports files of postings into the store."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def rehearse(self, path: Path, options: ImportOptions) -> Iterator[RowOutcome]:
        """What `take` would do; nothing is written. New postings have no number."""
        overrides = {**self._known_columns(options.source), **options.columns}
        with rehearsal_store() as aside:
            for outcome in _Rehearsal(self._sessions, aside, self._clock).take_with(path, options, overrides):
                yield replace(outcome, posting_id=None) if (outcome.posting_id or 0) >= FIRST_NUMBER else outcome

    def take(self, path: Path, options: ImportOptions) -> Iterator[RowOutcome]:
        """Import a file; what became of each row, in the order of the rows, as soon as its batch is stored.

        Raises DocumentRefused for a file that cannot be read; the batches before the place where it breaks off are stored.
        """
        yield from self.take_with(path, options, self._remembered(options))

    def take_with(self, path: Path, options: ImportOptions, overrides: Mapping[str, str]) -> Iterator[RowOutcome]:
        """Import a file with the columns that are given, and remember none."""
        columns, names = Columns(overrides), _Names()
        rows = iter(read_rows(path, overrides))
        while batch := list(islice(rows, BATCH)):
            numbered = [job for row in batch for job in _jobs(names.numbered(row, gather(row.cells, columns), options.source))]
            yield from self._take_batch(numbered, path.name, options)

    def _known_columns(self, source: str) -> dict[str, str]:
        """The columns that were named for a source at an earlier import."""
        with self._sessions() as session:
            known = session.get(PostingSource, source)
            return dict(known.columns) if known else {}

    def _remembered(self, options: ImportOptions) -> dict[str, str]:
        """The columns that were named for this source, now or earlier; what is named now is kept for the next time."""
        overrides = {**self._known_columns(options.source), **options.columns}
        if options.columns:
            with self._sessions.begin() as session:
                known = session.get(PostingSource, options.source)
                if known is None:
                    known = PostingSource(name=options.source, trusted=options.trusted)
                    session.add(known)
                known.columns, known.updated_at = overrides, self._clock.now()
        return overrides

    def _take_batch(self, rows: Sequence[_Numbered], file: str, options: ImportOptions) -> list[RowOutcome]:
        seen = self._seen(rows)
        outcomes: dict[int, RowOutcome] = {}
        taken: dict[int, Taken] = {}
        for index, each in enumerate(rows):
            if seen.get((each.source, each.number)) == each.checksum:
                outcomes[index] = _outcome(each, "unchanged")
                continue
            try:
                understood = understand(each.row, each.cells, each.source)
            except RowRefused as refusal:
                outcomes[index] = _outcome(each, "refused", (str(refusal),))
                continue
            issues = (*understood.issues, *each.issues)
            taken[index] = Taken(understood.fields, each.number, each.checksum, each.row.line, issues, tuple(screen(understood.fields)))
        unchanged = [(each.source, each.number) for index, each in enumerate(rows) if index in outcomes and outcomes[index].result == "unchanged"]
        for index, stored in zip(taken, self._store(list(taken.values()), unchanged, file, options), strict=True):
            outcomes[index] = _outcome(rows[index], stored.result, stored.reasons, stored.posting_id)
        return [outcomes[index] for index in range(len(rows))]

    def _seen(self, rows: Sequence[_Numbered]) -> dict[tuple[str, str], str]:
        """The checksums of the rows that are known, as they were when they last came."""
        with self._sessions() as session:
            return _checksums(session, rows)

    def _store(self, taken: list[Taken], unchanged: list[tuple[str, str]], file: str, options: ImportOptions) -> list[Stored]:
        """One transaction; tried once more where somebody else wrote the same employer or row in between."""
        try:
            return self._store_once(taken, unchanged, file, options)
        except IntegrityError:
            return self._store_once(taken, unchanged, file, options)

    def _store_once(self, taken: list[Taken], unchanged: list[tuple[str, str]], file: str, options: ImportOptions) -> list[Stored]:
        with self._sessions.begin() as session:
            store = BatchStore(session, self._clock.now(), file, trusted=options.trusted)
            store.see_again(unchanged)
            return store.take(taken)


class _Rehearsal(PostingImporter):
    """An import into a store that is thrown away, into which what the real one knows is copied as it is needed."""

    def __init__(self, real: sessionmaker[Session], aside: sessionmaker[Session], clock: Clock) -> None:
        super().__init__(aside, clock)
        self._real = real

    def _seen(self, rows: Sequence[_Numbered]) -> dict[tuple[str, str], str]:
        with self._real() as session:
            return super()._seen(rows) | _checksums(session, rows)

    def _store_once(self, taken: list[Taken], unchanged: list[tuple[str, str]], file: str, options: ImportOptions) -> list[Stored]:
        bring_over(self._real, self._sessions, taken)
        return super()._store_once(taken, unchanged, file, options)


class _Names:
    """Names the rows of a file: by the number that the source gives, else by what names the job, counted where several are alike."""

    def __init__(self) -> None:
        self._seen: dict[bytes, bytes] = {}
        self._times: Counter[bytes] = Counter()

    def numbered(self, row: Row, cells: Cells, default_source: str) -> _Numbered:
        source = (clean_line(cells.text("source")) or default_source)[:100]
        checksum = _digest(str(READING), source, *(f"{name}\t{value}" for name, value in sorted(row.cells.items())), *row.surplus, row.problem)
        written = clean_line(cells.text("external_id"))
        if written:
            return self._by_number(row, cells, source, written, checksum)
        name = _digest(source, *(fold(cells.text(field)) for field in ("title", "employer", "city", "district")))
        key = bytes.fromhex(name)[:16]
        self._times[key] += 1
        return _Numbered(row, cells, source, f"#{name[:32]}-{self._times[key]}", checksum)

    def _by_number(self, row: Row, cells: Cells, source: str, written: str, checksum: str) -> _Numbered:
        number = written if len(written) <= 90 else _digest(written)
        key, own = bytes.fromhex(_digest(source, number))[:16], bytes.fromhex(checksum)[:16]
        if self._seen.setdefault(key, own) == own:
            return _Numbered(row, cells, source, number, checksum)
        self._times[key] += 1
        issue = Issue(texts.REPEATED_ID.format(number=written[:40]))
        return _Numbered(row, cells, source, f"{number}#{self._times[key] + 1}", checksum, (issue,))


def _jobs(row: _Numbered) -> list[_Numbered]:
    """A row by the jobs that it holds; the first keeps the row's number, so that a row read as one job before becomes it."""
    found = jobs_in(row.cells)
    if found.doubtful:
        return [replace(row, issues=(*row.issues, Issue(texts.SEVERAL_JOBS)))]
    if len(found.cells) == 1:
        return [row]
    issues = (*row.issues, Issue(texts.TAKEN_APART.format(count=len(found.cells)), hinders=False))
    return [
        replace(
            row, cells=cells, number=f"{row.number}/{place}" if place > 1 else row.number, checksum=_digest(row.checksum, str(place)), issues=issues
        )
        for place, cells in enumerate(found.cells, 1)
    ]


def _checksums(session: Session, rows: Sequence[_Numbered]) -> dict[tuple[str, str], str]:
    known: dict[tuple[str, str], str] = {}
    for source in {row.source for row in rows}:
        numbers = [row.number for row in rows if row.source == source]
        of_these = (PostingOrigin.source == source) & PostingOrigin.external_id.in_(numbers)
        found = session.execute(select(PostingOrigin.external_id, PostingOrigin.checksum).where(of_these))
        known |= {(source, number): checksum for number, checksum in found}
    return known


def _outcome(each: _Numbered, result: Result, reasons: tuple[str, ...] = (), posting_id: int | None = None) -> RowOutcome:
    cells, row = each.cells, each.row
    number, title, employer = (clean_line(cells.text(name))[:60] for name in ("external_id", "title", "employer"))
    return RowOutcome(row.line, result, reasons, row.sheet, number, title, employer, posting_id, row.done)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()

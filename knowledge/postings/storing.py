"""A batch of understood rows into the store, in one transaction: what is new, what changed, what another source has named before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from knowledge.postings import texts
from knowledge.postings.matching import employer_key, key_of, merged, same_job
from knowledge.postings.models import Employer, Posting, PostingDecision, PostingOrigin, PostingSource
from knowledge.postings.record import PostingFields
from knowledge.postings.review_texts import KINDS
from knowledge.postings.revision import next_revision
from knowledge.postings.screening import Finding
from knowledge.postings.standing import Status, screened_status, status_after_change
from knowledge.postings.stored import columns_of, fields_of
from knowledge.postings.understanding_rows import Issue

StoreResult = Literal["published", "waiting", "held", "merged", "updated", "unchanged"]


@dataclass(frozen=True)
class Taken:
    """A row understood and screened, with its name in its source."""

    fields: PostingFields
    number: str
    checksum: str
    line: int
    issues: tuple[Issue, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Stored:
    """What became of it; reasons in Chinese."""

    result: StoreResult
    posting_id: int
    reasons: tuple[str, ...] = ()


class BatchStore:
    """Stores one batch within a transaction that somebody else commits. All that is looked up is looked up for the whole batch."""

    def __init__(self, session: Session, now: datetime, file: str, *, trusted: bool) -> None:
        self._session, self._now, self._file, self._trusted = session, now, file[:300], trusted

    def see_again(self, rows: Iterable[tuple[str, str]]) -> None:
        """Note that rows (source, number) were there once more."""
        numbers: defaultdict[str, list[str]] = defaultdict(list)
        for source, number in rows:
            numbers[source].append(number)
        for source, known in numbers.items():
            chosen = (PostingOrigin.source == source) & PostingOrigin.external_id.in_(known)
            self._session.execute(update(PostingOrigin).where(chosen).values(seen_at=self._now))

    def take(self, rows: Sequence[Taken]) -> list[Stored]:
        """Store the rows; one outcome each, in order."""
        if not rows:
            return []
        self._revision = next_revision(self._session)  # first: others who write wait here, so that what is looked up next still holds
        self._sources = self._source_trust({row.fields.source for row in rows})
        self._employers = self._employer_ids(rows)
        self._origins = self._known_origins(rows)
        self._postings, self._counts = self._known_postings(rows)
        self._decided: list[tuple[Posting, Taken, str]] = []
        stored = [self._take(row) for row in rows]
        self._session.flush()
        self._put_on_record()
        return [Stored(result, posting.id, tuple(reasons)) for result, posting, reasons in stored]

    # One row

    def _take(self, row: Taken) -> tuple[StoreResult, Posting, list[str]]:
        origin = self._origins.get((row.fields.source, row.number))
        if origin is not None:
            if origin.checksum == row.checksum:
                return "unchanged", origin.posting, []
            if self._counts[origin.posting_id] <= 1 or key_of(row.fields) == origin.posting.key:
                return self._change(origin, row)
            self._counts[origin.posting_id] -= 1
            self._session.delete(origin)
            self._session.flush()
        key = key_of(row.fields)
        same = next((posting for posting in self._postings[key] if same_job(fields_of(posting), row.fields)), None)
        return self._insert(row, key) if same is None else self._merge(same, row)

    def _insert(self, row: Taken, key: str) -> tuple[StoreResult, Posting, list[str]]:
        status = self._status(row)
        posting = Posting(
            **columns_of(row.fields),
            key=key,
            status=status,
            employer_id=self._employers[employer_key(row.fields.employer)],
            imported_at=self._now,
            **self._checked(row),
        )
        posting.origins.append(self._origin(row))
        self._session.add(posting)
        self._postings[key].append(posting)
        self._decide(posting, row)
        return status, posting, _reasons(row, self._is_trusted(row))  # type: ignore[return-value]

    def _change(self, origin: PostingOrigin, row: Taken) -> tuple[StoreResult, Posting, list[str]]:
        """A row that says something else than when it last came; what it says now comes before what other sources say."""
        posting = origin.posting
        origin.checksum, origin.file, origin.line, origin.seen_at = row.checksum, self._file, row.line, self._now
        alone = self._counts[posting.id] <= 1
        status = status_after_change(self._status(row), decided_by=posting.checked_by)
        if not alone and status == "held":
            self._hold(posting, row)
            now = [texts.NOW.format(status=texts.RESULTS["held"])] if posting.status == "held" else []
            return "updated", posting, [*now, *_reasons(row, self._is_trusted(row))]
        if not alone and status != "published":
            return "updated", posting, [*_reasons(row, self._is_trusted(row)), texts.NOT_TAKEN_OVER.strip("；")]
        if not alone and posting.status == "held":
            status = "waiting"  # which of its rows it was held for, a person has to see
        fields = row.fields if alone else merged(row.fields, fields_of(posting, row.fields.source))
        posting.key, posting.status, posting.checked_by = key_of(fields), status, None
        posting.employer_id = self._employers[employer_key(fields.employer)]
        self._write(posting, fields, row)
        self._decide(posting, row)
        return "updated", posting, [texts.NOW.format(status=texts.RESULTS[status]), *_reasons(row, self._is_trusted(row))]

    def _merge(self, posting: Posting, row: Taken) -> tuple[StoreResult, Posting, list[str]]:
        """A job that is known already. Only what may itself be published adds to what graduates see."""
        others = "、".join(_origin_name(origin) for origin in posting.origins[:2])
        posting.origins.append(self._origin(row))
        self._counts[posting.id] += 1
        said = [texts.SAME_AS.format(origin=others)]
        status = self._status(row)
        undecided = posting.checked_by is None
        if status == "held":
            self._hold(posting, row)
        elif status == "published" and posting.status == "published":
            self._write(posting, merged(fields_of(posting, row.fields.source), row.fields), None)
        elif status == "published" and posting.status == "waiting" and undecided:
            posting.status = "published"
            self._write(posting, row.fields, row)
            self._decide(posting, row)
        elif status == "waiting" and posting.status == "published":
            said[0] += texts.NOT_TAKEN_OVER
        return "merged", posting, said + (_reasons(row, self._is_trusted(row)) if status != "published" else [])

    # What is written

    def _write(self, posting: Posting, fields: PostingFields, row: Taken | None) -> None:
        for name, value in columns_of(fields).items():
            if getattr(posting, name, None) != value:
                setattr(posting, name, value)
        for name, value in self._checked(row).items() if row is not None else ():
            setattr(posting, name, value)
        posting.revision, posting.updated_at = self._revision, self._now

    def _checked(self, row: Taken) -> dict[str, Any]:
        """What the columns hold of the check of a row that is shown as it came."""
        return {
            "issues": [issue.text for issue in row.issues],
            "findings": _found(row.findings),
            "checked_at": self._now,
            "revision": self._revision,
            "updated_at": self._now,
        }

    def _hold(self, posting: Posting, row: Taken) -> None:
        """A job of which one row is surely forbidden is out of sight, whatever the others say; one that a person took away stays away."""
        if posting.status not in ("published", "waiting"):
            return
        posting.status, posting.findings, posting.checked_by = "held", _found(row.findings), None
        posting.checked_at, posting.revision, posting.updated_at = self._now, self._revision, self._now
        self._decide(posting, row)

    def _origin(self, row: Taken) -> PostingOrigin:
        return PostingOrigin(
            source=row.fields.source, external_id=row.number, checksum=row.checksum, file=self._file, line=row.line, seen_at=self._now
        )

    def _decide(self, posting: Posting, row: Taken) -> None:
        """Note what is decided of a posting by its status now."""
        self._decided.append((posting, row, posting.status))

    def _put_on_record(self) -> None:
        """What was decided in the batch, in that order, now that new postings have their numbers."""
        for posting, row, status in self._decided:
            reasons = _reasons(row, self._is_trusted(row), hindering=True)
            self._session.add(
                PostingDecision(
                    posting_id=posting.id,
                    status=status,
                    reason="；".join(reasons) or texts.PASSED,
                    decided_at=self._now,
                    findings=_found(row.findings),
                )
            )

    # What is known

    def _status(self, row: Taken) -> Status:
        hindering = [issue.text for issue in row.issues if issue.hinders]
        return screened_status(row.findings, hindering, trusted=self._is_trusted(row))

    def _is_trusted(self, row: Taken) -> bool:
        return self._trusted and self._sources[row.fields.source]

    def _source_trust(self, names: set[str]) -> dict[str, bool]:
        known = {source.name: source.trusted for source in self._session.scalars(select(PostingSource).where(PostingSource.name.in_(names)))}
        for name in names - set(known):
            self._session.add(PostingSource(name=name, trusted=self._trusted, columns={}, updated_at=self._now))
            known[name] = self._trusted
        return known

    def _employer_ids(self, rows: Sequence[Taken]) -> dict[str, int]:
        wanted = {employer_key(row.fields.employer): row.fields for row in rows}
        chosen = select(Employer.key, Employer.id).where(Employer.key.in_(wanted))
        known: dict[str, int] = {row.key: row.id for row in self._session.execute(chosen)}
        new = [_employer(key, fields, self._now) for key, fields in wanted.items() if key not in known]
        self._session.add_all(new)
        self._session.flush()
        return known | {employer.key: employer.id for employer in new}

    def _known_origins(self, rows: Sequence[Taken]) -> dict[tuple[str, str], PostingOrigin]:
        known: dict[tuple[str, str], PostingOrigin] = {}
        for source in {row.fields.source for row in rows}:
            numbers = [row.number for row in rows if row.fields.source == source]
            chosen = select(PostingOrigin).where(PostingOrigin.source == source, PostingOrigin.external_id.in_(numbers))
            known |= {(source, origin.external_id): origin for origin in self._session.scalars(chosen)}
        return known

    def _known_postings(self, rows: Sequence[Taken]) -> tuple[defaultdict[str, list[Posting]], defaultdict[int, int]]:
        """The postings that rows of this batch may be, by key, and how many origins each has; those of known origins are loaded as well."""
        by_key: defaultdict[str, list[Posting]] = defaultdict(list)
        keys = {key_of(row.fields) for row in rows}
        ids = {origin.posting_id for origin in self._origins.values()}
        known = select(Posting).where(Posting.key.in_(keys) | Posting.id.in_(ids)).options(selectinload(Posting.origins)).order_by(Posting.id)
        for posting in self._session.scalars(known):
            by_key[posting.key].append(posting)
            ids.add(posting.id)
        counted = (
            select(PostingOrigin.posting_id, func.count().label("many")).where(PostingOrigin.posting_id.in_(ids)).group_by(PostingOrigin.posting_id)
        )
        return by_key, defaultdict(int, {row.posting_id: row.many for row in self._session.execute(counted)})


def _employer(key: str, fields: PostingFields, now: datetime) -> Employer:
    city = fields.cities[0] if len(fields.cities) == 1 else None
    return Employer(name=fields.employer, key=key, type=fields.employer_type, city=city, checks=[], created_at=now, updated_at=now)


def _origin_name(origin: PostingOrigin) -> str:
    number = f"第 {origin.line} 行" if origin.external_id.startswith("#") else origin.external_id
    return texts.SAME_SOURCE.format(source=origin.source, number=number)


def _found(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding.as_dict() for finding in findings]


def _reasons(row: Taken, trusted: bool, *, hindering: bool = False) -> list[str]:
    """Why a row is not simply published; without `hindering` also what was odd and does no harm."""
    found = [texts.FOUND.format(kind=KINDS[finding.kind], phrase=finding.phrase) for finding in row.findings]
    odd = [issue.text for issue in row.issues if issue.hinders or not hindering]
    return found + odd + ([] if trusted else [texts.UNTRUSTED.format(source=row.fields.source)])

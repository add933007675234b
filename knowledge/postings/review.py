"""The review of postings: the queue, one posting with all that is known about it, and decisions, every one on record.

`posting_decisions` only ever grows: the database itself refuses to change or delete its rows (migration 0012). A posting that
is held, rejected or withdrawn is out of sight with the same commit, for graduates see `published` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from knowledge.employers.checks import Check, Outcome, own_checks
from knowledge.errors import ReviewRefused
from knowledge.postings import review_texts as texts
from knowledge.postings.models import Employer, Posting, PostingDecision, PostingOrigin
from knowledge.postings.revision import next_revision
from knowledge.postings.screening.finding import Kind
from knowledge.postings.standing import OPEN, REASON_NEEDED, STATUSES, Status
from knowledge.witness import Witness, nobody


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    id: int
    title: str
    employer: str
    cities: tuple[str, ...]
    status: Status
    findings: tuple[dict[str, Any], ...]
    issues: tuple[str, ...]
    since: datetime
    """Since when it stands so."""
    days: int
    """Midnights in China since then: what came in yesterday waits for one."""


@dataclass(frozen=True)
class Queue:
    """A page of the queue and how long the whole is."""

    total: int
    items: tuple[Waiting, ...]


@dataclass(frozen=True)
class Decision:
    """A decision as it stands on record; `by` is None where the screening decided."""

    status: Status
    reason: str
    by: str | None
    at: datetime
    findings: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Reviewed:
    """One posting with all that a reviewer needs. `posting` and `employer` are detached rows, to be read only."""

    posting: Posting
    origins: tuple[PostingOrigin, ...]
    decisions: tuple[Decision, ...]
    employer: Employer | None
    own_checks: tuple[Check, ...]
    """What the system sees of the employer; what people checked stands in `employer.checks`."""


class Review:
    """The reviewers' front door; every method is one transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    def queue(
        self,
        *,
        statuses: Sequence[Status] = OPEN,
        kind: Kind | None = None,
        employer: str = "",
        min_days: int = 0,
        clean: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> Queue:
        """What waits for a person: the waiting before the held, of each the oldest first.

        `kind` keeps those with such a finding, `employer` those whose name holds the words, `min_days` those at least so old,
        `clean` those in which nothing was found and nothing is odd.
        """
        chosen = _chosen(statuses, kind, employer)
        today = self._clock.today()
        if clean:
            chosen = chosen.where(_NOTHING_FOUND)
        if min_days:
            chosen = chosen.where(datetime.combine(today - timedelta(days=min_days - 1), time.min, CHINA) > _SINCE)
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            rows = session.scalars(chosen.order_by(_RANK, _SINCE, Posting.id).limit(limit).offset(offset))
            return Queue(total, tuple(_line(row, today) for row in rows))

    def detail(self, posting_id: int) -> Reviewed:
        """Everything about one posting. Raises ReviewRefused when there is none of that number."""
        with self._sessions() as session:
            posting = _posting(session, posting_id)
            employer = session.get(Employer, posting.employer_id) if posting.employer_id else None
            return Reviewed(
                posting=posting,
                origins=tuple(posting.origins),
                decisions=tuple(_decision(row) for row in session.scalars(_decisions(posting_id))),
                employer=employer,
                own_checks=tuple(own_checks(employer, [posting.contact])) if employer else (),
            )

    def decide(self, posting_id: int, status: Status, by: str, reason: str = "", witness: Witness = nobody) -> Decision:
        """Give a posting its standing and put it on record. `waiting` opens it again.

        Raises ReviewRefused for an unknown posting or status, without a name, and without a reason where one is needed.
        """
        return self.decide_all([posting_id], status, by, reason, witness)[0]

    def decide_all(self, posting_ids: Sequence[int], status: Status, by: str, reason: str = "", witness: Witness = nobody) -> list[Decision]:
        """The same for several at once: all or, when one is refused, none."""
        by, reason = by.strip(), reason.strip()
        _refuse_without(status, by, reason)
        with self._sessions.begin() as session:
            revision = next_revision(session)
            return [self._decide(session, number, status, by, reason, revision, witness) for number in posting_ids]

    def publish_clean(self, posting_ids: Sequence[int], by: str, witness: Witness = nobody) -> list[int]:
        """Publish those that wait and in which nothing was found; the numbers of those published.

        Whatever has a finding, is odd or was decided meanwhile is left for a person to read. Raises ReviewRefused without a name.
        """
        by = by.strip()
        _refuse_without("published", by, "")
        chosen = select(Posting.id).where(Posting.id.in_(posting_ids), Posting.status == "waiting", _NOTHING_FOUND)
        with self._sessions.begin() as session:
            revision = next_revision(session)
            numbers = list(session.scalars(chosen.order_by(Posting.id).with_for_update()))
            for number in numbers:
                self._decide(session, number, "published", by, "", revision, witness)
        return numbers

    def record_check(self, employer_id: int, what: str, outcome: Outcome, by: str, note: str = "", witness: Witness = nobody) -> Check:
        """Keep what a person checked of an employer. Raises ReviewRefused for an unknown employer or without a name."""
        if not by.strip():
            raise ReviewRefused(texts.NO_NAME)
        now = self._clock.now()
        check = Check(what, outcome, note.strip(), by.strip(), now.isoformat())
        with self._sessions.begin() as session:
            employer = session.get(Employer, employer_id, with_for_update=True)
            if employer is None:
                raise ReviewRefused(texts.UNKNOWN_EMPLOYER.format(id=employer_id))
            employer.checks = [*employer.checks, check.as_dict()]
            employer.updated_at = now
            witness(session, employer_id, {}, {what: outcome})
        return check

    def _decide(self, session: Session, posting_id: int, status: Status, by: str, reason: str, revision: int, witness: Witness) -> Decision:
        posting = _posting(session, posting_id, lock=True)
        now = self._clock.now()
        witness(session, posting_id, {"status": posting.status}, {"status": status})
        posting.status, posting.checked_at, posting.checked_by = status, now, by
        posting.revision, posting.updated_at = revision, now
        row = PostingDecision(posting_id=posting_id, status=status, reason=reason, decided_by=by, decided_at=now, findings=posting.findings)
        session.add(row)
        session.flush()
        return _decision(row)


_SINCE = func.coalesce(Posting.checked_at, Posting.updated_at)
_NOTHING_FOUND = and_(cast(Posting.findings, String) == "[]", cast(Posting.issues, String) == "[]")
_RANK = case({"waiting": 0, "held": 1}, value=Posting.status, else_=2)


def _chosen(statuses: Sequence[Status], kind: Kind | None, employer: str) -> Select[Posting]:
    chosen = select(Posting).where(Posting.status.in_(statuses))
    if kind is not None:
        chosen = chosen.where(cast(Posting.findings, String).like(f'%"kind": "{kind}"%'))
    if employer:
        named = select(Employer.id).where(Employer.name.contains(employer, autoescape=True))
        chosen = chosen.where(or_(Posting.employer.contains(employer, autoescape=True), Posting.employer_id.in_(named)))
    return chosen


def _posting(session: Session, posting_id: int, *, lock: bool = False) -> Posting:
    posting = session.get(Posting, posting_id, with_for_update=lock or None)
    if posting is None:
        raise ReviewRefused(texts.UNKNOWN_POSTING.format(id=posting_id))
    return posting


def _refuse_without(status: Status, by: str, reason: str) -> None:
    if status not in STATUSES:
        raise ReviewRefused(texts.UNKNOWN_STATUS.format(status=status, known="、".join(STATUSES)))
    if not by:
        raise ReviewRefused(texts.NO_NAME)
    if status in REASON_NEEDED and not reason:
        raise ReviewRefused(texts.NO_REASON.format(status=texts.STATUSES[status]))


def _decisions(posting_id: int) -> Select[PostingDecision]:
    return select(PostingDecision).where(PostingDecision.posting_id == posting_id).order_by(PostingDecision.id)


def _decision(row: PostingDecision) -> Decision:
    return Decision(row.status, row.reason, row.decided_by, row.decided_at, tuple(row.findings))  # type: ignore[arg-type]


def _line(row: Posting, today: date) -> Waiting:
    since = row.checked_at or row.updated_at
    return Waiting(
        id=row.id,
        title=row.title,
        employer=row.employer,
        cities=tuple(row.cities),
        status=row.status,  # type: ignore[arg-type]
        findings=tuple(row.findings),
        issues=tuple(row.issues),
        since=since,
        days=max(0, (today - since.astimezone(CHINA).date()).days),
    )

"""Where postings come from, and whether the clean ones of a source pass by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased, sessionmaker

from core.clock import Clock
from knowledge.postings import texts
from knowledge.postings.models import Posting, PostingDecision, PostingOrigin, PostingSource
from knowledge.postings.revision import next_revision
from knowledge.postings.standing import Status

_CHUNK = 500


@dataclass(frozen=True)
class Source:
    """A source as it stands: how many postings it names, and how many of them graduates can see or wait."""

    name: str
    trusted: bool
    postings: int
    published: int
    waiting: int
    seen_at: datetime | None
    """When a row of it was last imported."""
    columns: dict[str, str]


def sources(sessions: sessionmaker[Session]) -> list[Source]:
    """All sources by name."""
    with sessions() as session:
        counted = (
            select(PostingOrigin.source, Posting.status, func.count(func.distinct(Posting.id)), func.max(PostingOrigin.seen_at))
            .join(Posting, Posting.id == PostingOrigin.posting_id)
            .group_by(PostingOrigin.source, Posting.status)
        )
        rows = session.execute(counted).all()
        known = session.scalars(select(PostingSource).order_by(PostingSource.name)).all()
    return [_source(source, [(status, count, seen) for name, status, count, seen in rows if name == source.name]) for source in known]


def set_trust(sessions: sessionmaker[Session], clock: Clock, name: str, *, trusted: bool) -> int:
    """Trust a source, or no longer; how many postings that changed.

    Trusted, the postings that waited for nothing else are published. Distrusted, those that nobody has judged and no trusted source names
    wait for a person. Both are put on record.
    """
    with sessions.begin() as session:
        source = session.get(PostingSource, name)
        if source is None:
            source = PostingSource(name=name, columns={})
            session.add(source)
        source.trusted, source.updated_at = trusted, clock.now()
        session.flush()
        chosen, status, reason = _now_clean(name) if trusted else _no_longer_trusted(name)
        ids = list(session.scalars(chosen))
        if ids:
            _give_standing(session, ids, status, reason, clock.now())
        return len(ids)


def _now_clean(name: str) -> tuple[Select[int], Status, str]:
    """Postings that wait for nothing but the trust in this source: that alone is the reason on record for their waiting."""
    waited_for = (texts.UNTRUSTED.format(source=name), texts.TRUST_WITHDRAWN.format(source=name))
    other = aliased(PostingDecision)
    last = select(func.max(other.id)).where(other.posting_id == Posting.id).correlate(Posting).scalar_subquery()
    because = exists().where(PostingDecision.id == last, PostingDecision.decided_by.is_(None), PostingDecision.reason.in_(waited_for))
    chosen = select(Posting.id).where(Posting.status == "waiting", Posting.checked_by.is_(None), because)
    return chosen, "published", texts.TRUSTED_NOW.format(source=name)


def _no_longer_trusted(name: str) -> tuple[Select[int], Status, str]:
    """Postings that are published without a person's word and that only sources without trust name, this one among them."""
    named = exists().where(PostingOrigin.posting_id == Posting.id, PostingOrigin.source == name)
    vouched = exists().where(PostingOrigin.posting_id == Posting.id, PostingSource.name == PostingOrigin.source, PostingSource.trusted)
    chosen = select(Posting.id).where(Posting.status == "published", Posting.checked_by.is_(None), named, ~vouched)
    return chosen, "waiting", texts.TRUST_WITHDRAWN.format(source=name)


def _give_standing(session: Session, ids: Sequence[int], status: Status, reason: str, now: datetime) -> None:
    revision = next_revision(session)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        values = {"status": status, "revision": revision, "updated_at": now, "checked_at": now}
        session.execute(update(Posting).where(Posting.id.in_(chunk)).values(values).execution_options(synchronize_session=False))
        rows: list[dict[str, Any]] = [
            {"posting_id": number, "status": status, "reason": reason, "decided_by": None, "decided_at": now, "findings": []} for number in chunk
        ]
        session.execute(insert(PostingDecision), rows)


def _source(source: PostingSource, counted: Sequence[tuple[str, int, datetime | None]]) -> Source:
    by_status = {status: count for status, count, _ in counted}
    seen = max((moment for _, _, moment in counted if moment), default=None)
    return Source(
        source.name, source.trusted, sum(by_status.values()), by_status.get("published", 0), by_status.get("waiting", 0), seen, dict(source.columns)
    )

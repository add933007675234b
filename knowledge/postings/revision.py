"""The revision that rises with every change of a posting, so that running processes see it at the next question."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.postings.models import PostingState


def next_revision(session: Session) -> int:
    """Raise the revision and return it; on PostgreSQL other writers wait until this transaction ends."""
    changed = session.connection().execute(update(PostingState).where(PostingState.id == 1).values(revision=PostingState.revision + 1))
    if changed.rowcount == 0:
        session.add(PostingState(id=1, revision=1))
        session.flush()
    return session.scalars(select(PostingState.revision).where(PostingState.id == 1)).one()

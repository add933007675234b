"""What an import would do, without doing it: the rows are stored in a database that is thrown away, beside what the real one knows of them.

The real store is only read, so nobody who writes has to wait, however long the file is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, make_transient, sessionmaker

from core.database import Base, create_database_engine, session_factory
from knowledge.postings.matching import employer_key, key_of
from knowledge.postings.models import Employer, Posting, PostingDecision, PostingOrigin, PostingSource, PostingState
from knowledge.postings.storing import Taken

FIRST_NUMBER = 1 << 40
"""New postings are numbered from here, out of the way of those that are copied."""
_MODELS = (Employer, Posting, PostingOrigin, PostingDecision, PostingSource, PostingState)


@contextmanager
def rehearsal_store() -> Iterator[sessionmaker[Session]]:
    """Sessions on an empty store of postings, gone afterwards."""
    with TemporaryDirectory(prefix="zhiwen-") as folder:
        engine = create_database_engine(f"sqlite:///{Path(folder) / 'rehearsal.db'}")
        try:
            Base.metadata.create_all(engine, tables=[model.__table__ for model in _MODELS])  # type: ignore[misc]
            sessions = session_factory(engine)
            with sessions.begin() as session:
                _count_from(session, FIRST_NUMBER)
            yield sessions
        finally:
            engine.dispose()


def bring_over(real: sessionmaker[Session], rehearsal: sessionmaker[Session], rows: Sequence[Taken]) -> None:
    """Copy what the real store knows of these rows: their origins, the postings that they may be, employers and sources."""
    sources = {row.fields.source for row in rows}
    numbers = {row.number for row in rows}
    with real() as session:
        origins = list(session.scalars(select(PostingOrigin).where(PostingOrigin.source.in_(sources), PostingOrigin.external_id.in_(numbers))))
        ids = {origin.posting_id for origin in origins}
        keys = {key_of(row.fields) for row in rows}
        postings = list(session.scalars(select(Posting).where(Posting.key.in_(keys) | Posting.id.in_(ids))))
        origins = list(session.scalars(select(PostingOrigin).where(PostingOrigin.posting_id.in_([posting.id for posting in postings]))))
        names = {employer_key(row.fields.employer) for row in rows}
        employed = {posting.employer_id for posting in postings}
        employers = list(session.scalars(select(Employer).where(Employer.key.in_(names) | Employer.id.in_(employed))))
        trust = list(session.scalars(select(PostingSource).where(PostingSource.name.in_(sources))))
        session.expunge_all()
    with rehearsal.begin() as session:
        for model, found in ((Employer, employers), (PostingSource, trust), (Posting, postings), (PostingOrigin, origins)):
            _copy(session, model, found)


def _copy(session: Session, model: Any, rows: Iterable[Any]) -> None:
    for row in rows:
        identity = row.name if model is PostingSource else row.id
        if session.get(model, identity) is None:
            make_transient(row)
            session.add(row)
    session.flush()


def _count_from(session: Session, number: int) -> None:
    """SQLite numbers a row one above the highest there is; so each table gets one at the height from which to count."""
    now = datetime.fromtimestamp(0).astimezone()
    session.add(Employer(id=number, name="", key="", checks=[], created_at=now, updated_at=now))
    session.add(Posting(id=number, key="", status="withdrawn", title="", employer="", revision=0, imported_at=now, updated_at=now))
    session.flush()
    session.add(PostingOrigin(id=number, posting_id=number, source="", external_id="", checksum="", seen_at=now))

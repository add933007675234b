"""The database: one declarative base, engines for SQLite and PostgreSQL, sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

SQLITE_BUSY_SECONDS = 3.0
"""How long a writer waits for SQLite's lock: well under the five seconds in which a graduate must hear something."""
MAPPED_BYTES = 1 << 30
"""How much of a SQLite file is read from memory that maps it, where the system still has it: a question reads some eighty scattered rows."""

_BEFORE, _AFTER = "before_commit", "after_commit"

_NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the project descends from here; Alembic compares against its metadata."""

    metadata = MetaData(naming_convention=_NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime stored in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime was given to the database; use core.clock.Clock.now()")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def create_database_engine(url: str) -> Engine:
    """An engine for a SQLite or PostgreSQL URL, with the settings that each needs."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": SQLITE_BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=10, connect_args={"connect_timeout": 3})


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """A maker of sessions whose objects stay readable after commit, and which keep `before_commit` and `after_commit`."""
    sessions = sessionmaker(engine, expire_on_commit=False)
    event.listen(sessions, "before_commit", _run_before_commit)
    event.listen(sessions, "after_commit", _run_after_commit)
    return sessions


def engine_of(sessions: sessionmaker[Session]) -> Engine:
    """The engine that these sessions use."""
    with sessions() as session:
        return session.get_bind().engine


def before_commit(session: Session, key: str, call: Callable[[Session], None]) -> None:
    """Have `call(session)` run as the last thing of the transaction, once for each key.

    For locks that many take and that are to be held as shortly as can be: whoever holds one then waits for no other.
    """
    session.info.setdefault(_BEFORE, {})[key] = call


def after_commit(session: Session, call: Callable[[], None]) -> None:
    """Have `call` run once the transaction is committed; it must not touch the database."""
    session.info.setdefault(_AFTER, []).append(call)


def _run_before_commit(session: Session) -> None:
    for call in session.info.pop(_BEFORE, {}).values():
        call(session)


def _run_after_commit(session: Session) -> None:
    for call in session.info.pop(_AFTER, []):
        call()


def close(engine: Engine) -> None:
    """Close every connection: those at rest now, those in use as they are given back, which `dispose` alone would leave open."""
    event.listen(engine.pool, "checkin", _close_returned)
    engine.dispose()


def _close_returned(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
    cursor.close()

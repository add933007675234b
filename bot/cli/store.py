"""The store as the commands open it: settings read, logs to their file, tables brought up to date, connections closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session, sessionmaker

from bot import log, migrate
from core.database import create_database_engine, session_factory
from core.settings import Settings


@contextmanager
def opened() -> Iterator[tuple[Settings, sessionmaker[Session]]]:
    """The settings in force and sessions on their database."""
    settings = Settings()
    log.configure(settings.home / "logs", console=False)
    engine = create_database_engine(settings.database_url)
    try:
        migrate.upgrade(engine)
        yield settings, session_factory(engine)
    finally:
        engine.dispose()

"""The store as the commands open it: settings read, logs to their file, tables brought up to date, connections closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot import log, migrate
from bot.cli.console import UserError
from core.database import create_database_engine, session_factory
from core.settings import Settings

_FAILED = "数据库用不了（{error}）。请运行 zhiwen doctor 查看原因"


@contextmanager
def opened() -> Iterator[tuple[Settings, sessionmaker[Session]]]:
    """The settings in force and sessions on their database. Raises UserError where the database fails."""
    settings = Settings()
    log.configure(settings.home / "logs", console=False)
    engine = create_database_engine(settings.database_url)
    try:
        migrate.upgrade(engine)
        yield settings, session_factory(engine)
    except (SQLAlchemyError, CommandError) as error:
        raise UserError(_FAILED.format(error=type(error).__name__), status=1) from error
    finally:
        engine.dispose()

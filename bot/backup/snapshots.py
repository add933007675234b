"""One moment of a store that is in use: what is read through a snapshot belongs together, whoever writes meanwhile."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from core.database import create_database_engine


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment: on PostgreSQL a REPEATABLE READ transaction, on SQLite a copy by its online backup."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection
        return
    with tempfile.TemporaryDirectory(prefix="zhiwen-backup-") as folder:
        copy = Path(folder) / "copy.db"
        copy_sqlite(Path(str(engine.url.database)), copy)
        copied = create_database_engine(f"sqlite:///{copy}")
        try:
            with copied.connect() as connection:
                yield connection
        finally:
            copied.dispose()


def copy_sqlite(source: Path, target: Path) -> None:
    """A copy of a SQLite file as it is at one moment (sqlite.org, "SQLite Backup API"); a writer waits for none of it."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)

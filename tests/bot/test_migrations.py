"""The migrations make the tables that the models describe, can be repeated, and can be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from bot import migrate
from bot.models import Conversation, Feedback, Message
from core.database import Base, create_database_engine

TABLES = {model.__tablename__ for model in (Conversation, Message, Feedback)}


def test_the_migrated_tables_are_those_of_the_models(migrated_engine: Engine) -> None:
    with migrated_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [difference for difference in differences if any(table in str(difference) for table in TABLES)] == []


def test_an_upgrade_repeated_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.upgrade(engine)

    current, newest = migrate.revisions(engine)
    assert current == newest is not None


def test_an_empty_database_says_that_it_is_behind(engine: Engine) -> None:
    assert migrate.revisions(engine)[0] is None


def test_a_downgrade_takes_the_tables_away(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine, "base")

    assert not TABLES & set(inspect(engine).get_table_names())


def test_two_processes_that_upgrade_at_once_do_not_disturb_each_other(postgres, request) -> None:
    url = postgres.create(migrated=False)
    engines = [create_database_engine(url) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(migrate.upgrade, engines))

    assert set(inspect(engines[0]).get_table_names()) >= TABLES
    for engine in engines:
        engine.dispose()
    postgres.drop(url)

"""The ledger's tables are those that the models describe, and go and come again."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from bot import migrate
from core.database import Base
from desk.care.models import CareChange, CareEntry, CareLink, Graduate, Pairing

TABLES = {model.__tablename__ for model in (CareChange, CareEntry, CareLink, Graduate, Pairing)}


def test_the_migrated_tables_are_those_of_the_models(migrated_engine: Engine) -> None:
    with migrated_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [difference for difference in differences if any(f"'{table}'" in str(difference) for table in TABLES)] == []


def test_the_tables_can_be_taken_away_and_made_again(migrated_engine: Engine) -> None:
    migrate.downgrade(migrated_engine, "0013")
    assert not TABLES & set(inspect(migrated_engine).get_table_names())
    migrate.upgrade(migrated_engine)
    assert set(inspect(migrated_engine).get_table_names()) >= TABLES

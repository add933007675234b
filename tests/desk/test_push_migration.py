"""The tables of events and of what is said unasked are those that the models describe, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from core.database import Base
from desk.push_models import Announcement, Digest, Recommendation, Subscription, SubscriptionDelivery
from knowledge.events.models import Event

TABLES = {model.__tablename__ for model in (Event, Announcement, Subscription, Digest, SubscriptionDelivery, Recommendation)}


def test_the_migrated_tables_are_those_of_the_models(migrated_engine: Engine) -> None:
    with migrated_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert [difference for difference in differences if any(f"'{table}'" in str(difference) for table in TABLES)] == []

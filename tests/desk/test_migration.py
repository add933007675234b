"""The migrations make the tables that the program uses, and take them away again."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DatabaseError

from bot import migrate
from core.database import Base, session_factory
from desk.models import TicketEvent
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock

TABLES = {
    "tickets",
    "ticket_events",
    "conversation_holds",
    "ticket_notes",
    "ticket_labels",
    "ticket_viewers",
    "canned_replies",
    "deadlines",
    "graduate_profiles",
    "routing_duties",
    "staff_events",
    "notification_outbox",
}


def test_the_migrated_tables_are_those_of_the_models(engine: Engine) -> None:
    migrate.upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in TABLES})
        differences = compare_metadata(context, Base.metadata)
    ours = [difference for difference in differences if any(name in str(difference) for name in TABLES)]
    assert ours == []


def test_the_migrated_database_works_and_guards_its_record(engine: Engine, clock: SetClock) -> None:
    migrate.upgrade(engine)
    sessions = session_factory(engine)
    Tickets(sessions, clock).register(TicketRequest("c1", "档案", "档案", []))

    with pytest.raises(DatabaseError, match="append-only"), sessions.begin() as session:
        session.execute(text("DELETE FROM ticket_events"))
    with sessions() as session:
        assert len(session.scalars(select(TicketEvent)).all()) == 1


def test_the_tables_can_be_taken_away_and_made_again(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine, "0001")
    assert not TABLES & set(inspect(engine).get_table_names())

    migrate.upgrade(engine)
    assert set(inspect(engine).get_table_names()) >= TABLES

"""The demonstration is marked in everything that is seen of it, and goes without a trace: the tables are what they were before."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from bot.backup.rows import counted, lines_of, reflected
from bot.demo.loading import AlreadyLoaded, load
from bot.demo.removing import remove
from bot.desk_chat import DeskChat
from bot.store import ConversationStore
from core.clock import Clock
from core.database import session_factory
from desk.care.models import Graduate
from desk.models import Ticket
from desk.services import build_services
from desk.staff.models import Role, Staff
from desk.staff.policy import Actor, system_actor
from desk.tickets import TicketRequest, Tickets
from knowledge.events.models import Event
from knowledge.postings.models import Posting
from tests.knowledge.postings.search.rows import posting, put

CLOCK = Clock(date(2026, 12, 1))
COUNTERS = {"posting_state"}
"""A revision that only rises."""


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


def _contents(engine: Engine) -> dict[str, tuple[int, str]]:
    with engine.connect() as connection:
        tables = [table for table in reflected(connection).sorted_tables if table.name not in COUNTERS]
        counts = {table.name: counted(lines_of(connection, table), len) for table in tables}
    return {name: (count.rows, count.sha256) for name, count in counts.items()}


def test_all_that_is_loaded_is_marked(sessions: sessionmaker[Session]) -> None:
    loaded = load(sessions, CLOCK, "secret")
    with sessions() as session:
        names = [*session.scalars(select(Graduate.name)), *session.scalars(select(Staff.display_name)), *session.scalars(select(Event.title))]
        titles = [*session.scalars(select(Posting.title))]
        tickets = session.scalars(select(Ticket.status)).all()
        notified = session.scalar(text("SELECT count(*) FROM notification_outbox"))
    assert all(name.startswith("示例·") for name in names) and all("示例" in title for title in titles)
    assert (loaded.postings, len(titles)) == (6, 6)
    assert sorted(status.value for status in tickets) == ["claimed", "queued", "resolved"]
    assert notified == 0
    with pytest.raises(AlreadyLoaded):
        load(sessions, CLOCK, "secret")


def test_it_goes_without_a_trace_and_leaves_everybody_elses(sessions: sessionmaker[Session], migrated_engine: Engine) -> None:
    store = ConversationStore(sessions, CLOCK, CLOCK)
    tickets = Tickets(sessions, CLOCK)
    services = build_services(sessions, CLOCK, CLOCK, "secret", tickets, DeskChat(store, lambda _id: None))
    staff = services.staff.add(system_actor("学校"), "何真", Role.COUNSELLOR, password="一个只在测试里用的密码", college="文学院")
    own = Actor(staff.id, staff.display_name, Role.COUNSELLOR, "文学院", "")
    conversation = store.open("web")
    number = tickets.register(TicketRequest(conversation, "档案", "档案在哪", [])).number
    services.care.files.put(own, {"student_number": "1", "name": "真人", "college": "文学院"})
    put(sessions, posting())
    before = _contents(migrated_engine)

    load(sessions, CLOCK, "secret")
    with sessions() as session:
        demo = session.scalars(select(Staff).where(Staff.name == "demo-counsellor")).one()
        example = session.scalars(select(Ticket).where(Ticket.number == "SL-001")).one()
    actor = Actor(demo.id, demo.display_name, demo.role, demo.college, "10.0.0.1")
    services.staff_sessions.open(demo, "10.0.0.1", "tests")
    services.requests.handling.claim(actor, example.number)
    services.requests.handling.add_note(actor, example.number, "试一试")
    services.care.files.read(actor, 2)
    services.requests.handling.claim(own, number)
    changed_by_others = _contents(migrated_engine)
    assert changed_by_others["audit_events"] != before["audit_events"]
    assert remove(sessions) > 50

    services.requests.handling.give_back(own, number)
    after = _contents(migrated_engine)
    theirs = {"tickets", "ticket_events", "audit_events", "messages", "conversations", "staff_events", "conversation_holds", "notification_outbox"}
    assert {name: after[name] for name in after if name not in theirs} == {name: before[name] for name in before if name not in theirs}
    with sessions() as session:
        for table in ("tickets", "conversations", "graduates", "postings"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 1, table
    assert remove(sessions) == 0


def test_nothing_at_all_is_left_where_nobody_else_did_anything(sessions: sessionmaker[Session], migrated_engine: Engine) -> None:
    before = _contents(migrated_engine)
    load(sessions, CLOCK, "secret")
    remove(sessions)
    assert _contents(migrated_engine) == before


def test_the_guards_are_back_afterwards(sessions: sessionmaker[Session]) -> None:
    Tickets(sessions, CLOCK).register(TicketRequest("c1", "档案", "档案在哪", []))
    load(sessions, CLOCK, "secret")
    remove(sessions)
    with pytest.raises(DatabaseError, match="append-only"), sessions.begin() as session:
        session.execute(text("DELETE FROM ticket_events"))

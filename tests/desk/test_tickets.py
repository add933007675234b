"""Requests for a person, on SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA
from desk.models import Priority, Queue, Reason, Status, Ticket, TicketEvent
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock

IDENTITY_NUMBER = "11010519491231002X"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def said(words: str, when: str = "2026-12-01 09:59", role: str = "user") -> dict[str, str]:
    return {"role": role, "text": words, "at": at(when).isoformat()}


REQUEST = TicketRequest(
    conversation_id="c1",
    topic="档案怎么转",
    summary="事项：档案怎么转",
    transcript=[said("档案怎么转")],
)
CRISIS = replace(REQUEST, topic="紧急", summary="不想活了", priority=Priority.URGENT, reason=Reason.CRISIS)


def all_tickets(sessions: sessionmaker[Session]) -> list[Ticket]:
    with sessions() as session:
        return list(session.scalars(select(Ticket).order_by(Ticket.id)))


def actions_of(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(TicketEvent.action).order_by(TicketEvent.id)))


def test_a_request_is_stored_with_a_number_and_a_promise(tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    ticket = tickets.register(REQUEST)

    (stored,) = all_tickets(sessions)
    assert stored.number == ticket.number
    assert ticket.number.startswith("ZW261201-")
    assert stored.status is Status.QUEUED
    assert stored.promise_due == at("2026-12-02 10:00")
    assert stored.transcript == [said("档案怎么转")]
    assert actions_of(sessions) == ["registered"]


def test_the_payload_is_the_public_contract(tickets: Tickets) -> None:
    ticket = tickets.register(REQUEST)

    assert tickets.handoff_payload(ticket) == {
        "ticket": ticket.number,
        "status": "queued",
        "priority": "normal",
        "promise_due": "2026-12-02T10:00:00+08:00",
    }


def test_a_withdrawn_ticket_is_resolved_to_the_outside(tickets: Tickets) -> None:
    tickets.register(REQUEST)
    withdrawn = tickets.withdraw("c1").withdrawn

    assert withdrawn is not None
    assert tickets.handoff_payload(withdrawn)["status"] == "resolved"


def test_asking_twice_makes_one_ticket_that_holds_both_questions(tickets: Tickets, sessions: sessionmaker[Session], clock: SetClock) -> None:
    first = tickets.register(REQUEST)
    clock.advance(minutes=5)
    second = tickets.register(replace(REQUEST, topic="户口", summary="事项：户口", transcript=[said("户口呢", "2026-12-01 10:05")]))

    (stored,) = all_tickets(sessions)
    assert second.number == first.number
    assert second.times_asked == 2
    assert stored.promise_due == first.promise_due
    assert "档案怎么转" in stored.summary and "户口" in stored.summary
    assert [entry["text"] for entry in stored.transcript] == ["档案怎么转", "户口呢"]
    assert actions_of(sessions) == ["registered", "asked_again"]


def test_a_closed_request_makes_room_for_a_new_one(tickets: Tickets) -> None:
    first = tickets.register(REQUEST)
    tickets.withdraw("c1")

    assert tickets.register(REQUEST).number != first.number


def test_conversations_do_not_share_tickets(tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    tickets.register(REQUEST)
    tickets.register(replace(REQUEST, conversation_id="c2"))

    assert len(all_tickets(sessions)) == 2
    assert tickets.status("c3") is None


def test_what_different_people_handle_stands_beside_a_question(tickets: Tickets) -> None:
    for reason in (Reason.REQUESTED, Reason.COMPLAINT, Reason.DATA_DELETION, Reason.DATA_EXPORT, Reason.FOLLOW_UP):
        tickets.register(replace(REQUEST, reason=reason))

    assert {ticket.queue for ticket in tickets.open_tickets("c1")} == set(Queue)


def test_danger_raises_an_open_request_and_shortens_its_promise(tickets: Tickets, sessions: sessionmaker[Session], clock: SetClock) -> None:
    first = tickets.register(REQUEST)
    clock.advance(hours=1)
    raised = tickets.register(CRISIS)

    assert raised.number == first.number
    assert (raised.priority, raised.reason, raised.topic) == (Priority.URGENT, Reason.CRISIS, "紧急")
    assert raised.promise_due == at("2026-12-01 11:15")
    with sessions() as session:
        event = session.scalars(select(TicketEvent).where(TicketEvent.action == "raised")).one()
    assert (event.before["priority"], event.after["priority"]) == ("normal", "urgent")


def test_a_promise_that_was_given_is_never_put_off(tickets: Tickets, clock: SetClock) -> None:
    first = tickets.register(REQUEST)
    clock.advance(hours=23)
    raised = tickets.register(replace(REQUEST, priority=Priority.HIGH))

    assert raised.priority is Priority.HIGH
    assert raised.promise_due == first.promise_due


def test_a_calmer_request_does_not_lower_an_urgent_one(tickets: Tickets) -> None:
    tickets.register(CRISIS)
    ticket = tickets.register(REQUEST)

    assert (ticket.priority, ticket.reason, ticket.topic) == (Priority.URGENT, Reason.CRISIS, "紧急")


def test_life_at_stake_takes_over_an_urgent_request_about_something_else(tickets: Tickets) -> None:
    tickets.register(replace(CRISIS, reason=Reason.URGENT, topic="被骗"))

    assert tickets.register(CRISIS).reason is Reason.CRISIS


def test_identity_numbers_never_reach_the_table(tickets: Tickets, migrated_engine: Engine) -> None:
    words = f"我的身份证是{IDENTITY_NUMBER}"
    tickets.register(replace(REQUEST, topic=words, summary=words, transcript=[said(words)]))

    with migrated_engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM tickets")).all())
        rows += str(connection.execute(text("SELECT * FROM ticket_events")).all())
    assert IDENTITY_NUMBER not in rows


def test_long_words_are_kept_within_bounds(tickets: Tickets) -> None:
    ticket = tickets.register(replace(REQUEST, topic="档" * 500, summary="案" * 9000, transcript=[said(str(n)) for n in range(99)]))

    assert len(ticket.topic) == 120
    assert len(ticket.summary) == 2000
    assert next(entry["text"] for entry in ticket.transcript) == "59"


@pytest.mark.parametrize("others", [REQUEST, CRISIS], ids=["the same", "more urgent"])
def test_a_race_makes_one_ticket_and_loses_nothing(others: TicketRequest, tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    for round_number in range(15):
        conversation = f"race{round_number}"
        requests = [replace(wish, conversation_id=conversation) for wish in (REQUEST, others)]
        start = Barrier(len(requests))

        def register(request: TicketRequest, start: Barrier = start) -> Ticket:
            start.wait()
            return tickets.register(request)

        with ThreadPoolExecutor(len(requests)) as pool:
            numbers = {ticket.number for ticket in pool.map(register, requests)}
        (stored,) = tickets.open_tickets(conversation)
        assert numbers == {stored.number}
        assert stored.times_asked == 2
        assert stored.priority is others.priority


def test_a_crowd_of_requests_loses_none(tickets: Tickets) -> None:
    """Many at once, as when a page or a channel repeats itself: each is in the one ticket, the worst one leads."""
    crowd = [replace(CRISIS if n % 3 == 0 else REQUEST, summary=f"问题{n}。") for n in range(10)]

    with ThreadPoolExecutor(len(crowd)) as pool:
        list(pool.map(tickets.register, crowd))

    (stored,) = tickets.open_tickets("c1")
    assert stored.times_asked == len(crowd)
    assert stored.reason is Reason.CRISIS
    assert all(request.summary in stored.summary for request in crowd)


def test_the_database_itself_refuses_a_second_open_ticket(tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    ticket = tickets.register(REQUEST)
    columns = "conversation_id, queue, reason, priority, status, topic, summary, transcript, times_asked, promise_due, "
    columns += "created_at, updated_at, version"
    copy = f"INSERT INTO tickets (number, {columns}) SELECT 'other', {columns} FROM tickets WHERE id = :id"

    with pytest.raises(DatabaseError), sessions.begin() as session:
        session.execute(text(copy), {"id": ticket.id})


def test_a_failure_leaves_nothing_half_stored(tickets: Tickets, sessions: sessionmaker[Session], migrated_engine: Engine) -> None:
    with migrated_engine.begin() as connection:
        connection.execute(text("ALTER TABLE ticket_events RENAME TO elsewhere"))

    with pytest.raises(DatabaseError):
        tickets.register(REQUEST)

    assert all_tickets(sessions) == []


def test_a_request_can_be_withdrawn_once(tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    ticket = tickets.register(REQUEST)

    result = tickets.withdraw("c1")
    again = tickets.withdraw("c1")

    assert result.withdrawn is not None and result.withdrawn.number == ticket.number
    assert (again.withdrawn, again.kept) == (None, None)
    latest = tickets.status("c1")
    assert latest is not None and latest.status is Status.WITHDRAWN
    assert actions_of(sessions) == ["registered", "withdrawn"]


@pytest.mark.parametrize("reason", [Reason.CRISIS, Reason.URGENT])
def test_an_urgent_request_stays_for_a_person(reason: Reason, tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    tickets.register(replace(CRISIS, reason=reason))

    result = tickets.withdraw("c1")

    assert result.withdrawn is None
    assert result.kept is not None and result.kept.is_open
    assert actions_of(sessions) == ["registered", "withdrawal_asked"]


def test_withdrawing_takes_the_newest_and_names_the_rest(tickets: Tickets) -> None:
    tickets.register(CRISIS)
    complaint = tickets.register(replace(REQUEST, reason=Reason.COMPLAINT))
    export = tickets.register(replace(REQUEST, reason=Reason.DATA_EXPORT))

    result = tickets.withdraw("c1")

    assert result.withdrawn is not None and result.withdrawn.number == export.number
    assert [ticket.number for ticket in result.still_open] == [complaint.number]
    assert result.kept is not None


def test_a_contact_is_stored_with_the_time_of_consent_on_every_open_ticket(tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    tickets.register(REQUEST)
    tickets.register(replace(REQUEST, reason=Reason.COMPLAINT))
    consented = at("2026-12-01 10:03")

    tickets.add_contact("c1", "13800000000", consented)

    stored = all_tickets(sessions)
    assert [(ticket.contact, ticket.contact_consented_at) for ticket in stored] == [("13800000000", consented)] * 2
    with sessions() as session:
        record = str([(event.before, event.after) for event in session.scalars(select(TicketEvent))])
    assert "13800000000" not in record


def test_without_an_open_request_no_contact_is_stored(tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    tickets.register(REQUEST)
    tickets.withdraw("c1")

    assert tickets.add_contact("c1", "13800000000", at("2026-12-01 10:03")) is None
    assert [ticket.contact for ticket in all_tickets(sessions)] == [None]


@pytest.mark.parametrize("statement", ["UPDATE ticket_events SET actor = 'x'", "DELETE FROM ticket_events"])
def test_the_record_cannot_be_rewritten(statement: str, tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    tickets.register(REQUEST)

    with pytest.raises(DatabaseError, match="append-only"), sessions.begin() as session:
        session.execute(text(statement))
    assert actions_of(sessions) == ["registered"]


def test_times_come_back_as_they_were_stored(tickets: Tickets, clock: SetClock) -> None:
    ticket = tickets.register(REQUEST)
    stored = tickets.status("c1")

    assert stored is not None
    assert stored.created_at == clock.now() == ticket.created_at
    assert stored.created_at.utcoffset() == timedelta(0)

"""Check 23: every table with something of graduates is registered; what the desk keeps is exported and erased."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session, sessionmaker

from bot.personal_data import conversation_holdings
from desk.audit import AuditEvent
from desk.erasure_models import Erasure
from desk.models import Priority, Reason, Status, Ticket
from desk.personal_data import PersonalData
from desk.personal_holdings import KEPT, NOT_PERSONAL, desk_holdings
from desk.promotion.models import DraftState, KnowledgeDraft
from desk.services import DeskServices
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock

SAID = "我家里的情况只跟老师说"


@pytest.fixture
def data(services: DeskServices) -> PersonalData:
    return services.personal_data


def ask(tickets: Tickets, conversation_id: str = "c1", **more: object) -> Ticket:
    entry = {"role": "user", "text": SAID, "at": "2026-12-01T10:00:00+08:00"}
    return tickets.register(TicketRequest(conversation_id, SAID, SAID, [entry], **more))  # type: ignore[arg-type]


def test_check_23_every_table_is_erased_or_named_with_the_reason_why_not(migrated_engine: Engine) -> None:
    registered = [table for holding in (*conversation_holdings(), *desk_holdings()) for table in holding.tables]
    spoken_for = [*registered, *NOT_PERSONAL, *KEPT]

    assert sorted(set(inspect(migrated_engine).get_table_names()) - set(spoken_for)) == [], "say in desk/personal_holdings.py what becomes of these"
    assert len(spoken_for) == len(set(spoken_for)), "a table has one place"


def test_check_23_a_table_of_conversations_is_not_passed_off_as_impersonal(migrated_engine: Engine) -> None:
    telling, inspector = {"conversation_id", "student_no", "contact", "phone"}, inspect(migrated_engine)
    with_people = {name for name in inspector.get_table_names() if telling & {column["name"] for column in inspector.get_columns(name)}}

    assert with_people & set(NOT_PERSONAL) == {"erasures", "postings"}, "an erasure forgets whose it was; a posting's contact is the employer's"


def test_check_23_what_is_kept_is_exported(data: PersonalData, tickets: Tickets) -> None:
    ask(tickets)
    ask(tickets, "somebody else")
    tickets.add_contact("c1", "13800138000", tickets._clock.now())

    [exported] = data.export("c1")["求助单"]
    assert (exported["topic"], exported["contact"]) == (SAID, "13800138000")
    assert data.counts("c1") == {"求助单": 1}


def test_check_23_a_request_is_emptied_closed_and_leads_to_nobody(
    data: PersonalData, tickets: Tickets, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    ticket = ask(tickets)
    other = ask(tickets, "somebody else")
    tickets.add_contact("c1", "13800138000", clock.now())

    assert data.erase("c1") is not None
    with sessions() as session:
        emptied, left = session.get_one(Ticket, ticket.id), session.get_one(Ticket, other.id)
    assert SAID not in str(vars(emptied)) and "c1" not in str(emptied.conversation_id) and emptied.contact is None
    assert (emptied.number, emptied.created_at, emptied.status) == (ticket.number, ticket.created_at, Status.WITHDRAWN)
    assert left.summary == SAID
    assert data.counts("c1") == {}


def test_check_23_nothing_goes_while_somebody_may_be_in_danger(data: PersonalData, tickets: Tickets, sessions: sessionmaker[Session]) -> None:
    ticket = ask(tickets, priority=Priority.URGENT, reason=Reason.CRISIS)

    assert data.ask_erasure("c1").waits
    assert data.erase("c1") is None
    with sessions.begin() as session:
        session.get_one(Ticket, ticket.id).closed_at = ticket.created_at
    assert data.erase("c1") is not None


def test_check_23_asking_twice_is_one_wish_and_the_receipt_forgets_whose_it_was(
    data: PersonalData, tickets: Tickets, sessions: sessionmaker[Session]
) -> None:
    ask(tickets)
    first, second = data.ask_erasure("c1"), data.ask_erasure("c1")
    assert first == second
    [due] = data.due()
    data.settle(due, data.note_counts(due, data.erase("c1") or {}))
    data.settle(due, {})

    with sessions() as session:
        kept = session.scalars(select(Erasure)).one()
        [told] = session.scalars(select(AuditEvent).where(AuditEvent.action == "graduate.erased"))
    assert (kept.number, kept.conversation_id, kept.counts) == (first.number, None, {"求助单": 1})
    assert kept.done_at is not None and data.due() == []
    assert (told.subject, told.after) == (f"erasure:{first.number}", {"求助单": 1})


def test_check_23_an_erasure_that_was_cut_short_is_done_again_and_counts_everything(data: PersonalData, tickets: Tickets) -> None:
    ask(tickets)
    data.ask_erasure("c1")
    [due] = data.due()
    data.note_counts(due, data.erase("c1") or {})
    counts = data.note_counts(due, data.erase("c1") or {})

    assert counts["求助单"] == 1
    assert [one.id for one in data.due()] == [due.id]


def test_check_23_a_draft_that_bears_somebodys_question_goes_and_what_was_made_general_forgets_whose_it_was(
    data: PersonalData, tickets: Tickets, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    number = ask(tickets).number
    with sessions.begin() as session:
        for state in DraftState:
            session.add(
                KnowledgeDraft(fields={"question": SAID}, ticket=number, state=state, author_id=1, author="王老师", created_at=clock.now(), reason="")
            )

    assert len(data.export("c1")["由求助写成的知识草稿"]) == len(DraftState)
    data.erase("c1")
    with sessions() as session:
        left = session.scalars(select(KnowledgeDraft)).all()
    assert {(draft.state, draft.ticket) for draft in left} == {("approved", None), ("retired", None)}

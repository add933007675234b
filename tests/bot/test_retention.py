"""Check 23: what nobody has touched for the set time is erased by itself; the clock is moved, not waited for."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from bot.messages import Reply
from bot.personal_data import conversation_holdings
from bot.retention import Retention
from bot.store import ConversationStore
from core.clock import CHINA, Clock
from core.database import session_factory
from core.settings import Settings
from desk.audit import Audit, AuditEvent
from desk.personal_data import PersonalData
from desk.personal_holdings import desk_holdings
from desk.push_models import Subscription
from desk.subscriptions import ACTIVE
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 12, 1, 10, 0, tzinfo=CHINA))


class Kept:
    """A database with a clock, and what is due on it."""

    def __init__(self, sessions: sessionmaker[Session], clock: SetClock, wall: Clock) -> None:
        self.sessions, self.clock = sessions, clock
        self.store, self.tickets = ConversationStore(sessions, clock, wall), Tickets(sessions, clock)
        self.data = PersonalData(sessions, Audit(sessions, wall), wall, (*conversation_holdings(), *desk_holdings()))
        self.retention = Retention(self.data, sessions, Settings(_env_file=None, keep_conversations=180, keep_requests=730), clock, wall)

    def talk(self) -> str:
        conversation_id = self.store.open("web")
        self.say(conversation_id)
        return conversation_id

    def say(self, conversation_id: str) -> None:
        with self.sessions.begin() as session:
            self.store.say(session, conversation_id, [Reply("text", "你好")])

    def due(self) -> set[str]:
        self.retention.work()
        return {erasure.conversation_id or "" for erasure in self.data.due()}


@pytest.fixture
def kept(migrated_engine: Engine, clock: SetClock) -> Kept:
    return Kept(session_factory(migrated_engine), clock, clock)


def test_check_23_a_conversation_goes_when_it_has_been_silent_for_the_set_time(kept: Kept, clock: SetClock) -> None:
    silent, spoken_to = kept.talk(), kept.talk()
    clock.advance(days=179)
    kept.say(spoken_to)
    assert kept.due() == set()

    clock.advance(days=2)
    assert kept.due() == {silent}
    assert kept.due() == {silent}, "once is enough"


def test_check_23_a_request_keeps_its_conversation_until_its_own_time_is_over(kept: Kept, clock: SetClock) -> None:
    conversation_id = kept.talk()
    kept.tickets.register(TicketRequest(conversation_id, "档案", "档案", []))
    clock.advance(days=1000)
    assert kept.due() == set(), "open: somebody still has to answer"

    kept.tickets.withdraw(conversation_id)
    clock.advance(days=729)
    assert kept.due() == set()
    clock.advance(days=2)
    assert kept.due() == {conversation_id}


def test_check_23_requests_without_a_conversation_go_too_and_once(kept: Kept, clock: SetClock) -> None:
    kept.tickets.register(TicketRequest("graduate:7", "岗位不足", "岗位不足", []))
    kept.tickets.withdraw("graduate:7")
    clock.advance(days=731)
    assert kept.due() == {"graduate:7"}

    [erasure] = kept.data.due()
    kept.data.settle(erasure, kept.data.erase("graduate:7") or {})
    assert kept.due() == set()


def test_check_23_whoever_asked_to_be_told_is_not_forgotten_meanwhile(kept: Kept, clock: SetClock) -> None:
    conversation_id = kept.talk()
    with kept.sessions.begin() as session:
        now = clock.now()
        session.add(
            Subscription(
                conversation_id=conversation_id,
                kind="postings",
                criteria={},
                label="长沙会计",
                hour=9,
                status=ACTIVE,
                created_at=now,
                consented_at=now,
            )
        )
    clock.advance(days=1000)

    assert kept.due() == set()


def test_check_23_the_record_says_that_the_time_was_over(kept: Kept, clock: SetClock) -> None:
    kept.talk()
    clock.advance(days=181)
    kept.due()
    [erasure] = kept.data.due()
    kept.data.settle(erasure, kept.data.erase(erasure.conversation_id or "") or {})

    with kept.sessions() as session:
        told = session.scalars(select(AuditEvent)).one()
    assert erasure.number.startswith("DQ27") and (told.actor, told.after) == ("到期清理", {"聊天记录": 1})


def test_a_demonstrations_day_in_the_future_erases_nothing(migrated_engine: Engine, clock: SetClock) -> None:
    kept = Kept(session_factory(migrated_engine), clock, SetClock(clock.now()))
    kept.talk()
    clock.advance(days=5000)

    assert kept.due() == set()

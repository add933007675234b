"""The record under contention, and after a crash."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, update

from bot.messages import Incoming, Reply
from bot.models import DONE, Message
from bot.store import LEASE, ConversationStore, UnknownConversation
from core.clock import Clock
from core.database import session_factory


@dataclass(frozen=True)
class Later(Clock):
    by: timedelta = timedelta()

    def now(self) -> datetime:
        return super().now() + self.by


@pytest.fixture
def store(migrated_engine: Engine) -> ConversationStore:
    return ConversationStore(session_factory(migrated_engine), Clock(), Clock())


@pytest.fixture
def after_the_crash(migrated_engine: Engine) -> ConversationStore:
    """The store as another process sees it once the lease of a dead one has run out."""
    return ConversationStore(session_factory(migrated_engine), Clock(), Later(by=LEASE + timedelta(seconds=1)))


def message(conversation_id: str, client_id: str = "one", text: str = "档案怎么转") -> Incoming:
    return Incoming(conversation_id, client_id, text, "pass", None, None, Clock().now())


def test_messages_received_at_once_are_numbered_without_gap_or_repetition(store: ConversationStore) -> None:
    conversation = store.open("web")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.receive(message(conversation, f"m{n}")), range(40)))

    assert [view.seq for view in store.messages_after(conversation, 0)] == list(range(1, 41))
    assert store.heads([conversation]) == {conversation: 40}


def test_one_client_id_received_many_times_at_once_is_one_message(store: ConversationStore) -> None:
    conversation = store.open("web")
    with ThreadPoolExecutor(8) as threads:
        received = list(threads.map(lambda _: store.receive(message(conversation)), range(16)))

    assert sum(one.fresh for one in received) == 1
    assert len({one.message.id for one in received}) == 1
    assert len(store.messages_after(conversation, 0)) == 1


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_repeated_message_does_not_wait_for_whoever_answers_it(store: ConversationStore, migrated_engine: Engine) -> None:
    """SQLite has one writer at a time; on PostgreSQL each waited for what the other held, and one of them was ended as a deadlock."""
    received = store.receive(message(store.open("web"))).message
    with session_factory(migrated_engine).begin() as answering, ThreadPoolExecutor(1) as threads:
        answering.execute(update(Message).where(Message.id == received.id).values(handling=DONE))
        repeated = threads.submit(store.receive, message(received.conversation_id)).result(timeout=20)

    assert (repeated.fresh, repeated.message.id) == (False, received.id)


def test_of_two_who_answer_a_message_one_is_heard(store: ConversationStore) -> None:
    received = store.receive(message(store.open("web"))).message
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: store.answer(received, [Reply("text", f"答{n}")]), range(8)))

    assert sum(answer is not None for answer in answers) == 1
    assert len(store.messages_after(received.conversation_id, 1)) == 1


def test_a_message_left_by_a_dead_process_is_claimed_once(store: ConversationStore, after_the_crash: ConversationStore) -> None:
    received = store.receive(message(store.open("web"))).message
    assert store.due(10) == []

    (due,) = after_the_crash.due(10)
    with ThreadPoolExecutor(4) as threads:
        claims = list(threads.map(lambda _: after_the_crash.claim(due), range(4)))

    (claimed,) = [claim for claim in claims if claim is not None]
    assert (claimed.id, claimed.attempts) == (received.id, 1)


def test_a_postponed_message_is_due_when_it_should_be(store: ConversationStore) -> None:
    received = store.receive(message(store.open("web"))).message
    store.postpone(received, None, Clock().now() + timedelta(hours=1))
    assert store.due(10) == []

    store.postpone(received, None, Clock().now())
    assert [due.id for due in store.due(10)] == [received.id]


def test_the_same_notice_is_said_once(store: ConversationStore) -> None:
    received = store.receive(message(store.open("web"))).message
    notice = Reply("notice", "稍后回答", {"code": "degraded"}, id=uuid4().hex)

    first = store.postpone(received, notice, None)
    assert first == store.postpone(received, notice, None)
    assert first is not None and [view.id for view in first] == [notice.id]


def test_an_answered_message_is_not_postponed(store: ConversationStore) -> None:
    received = store.receive(message(store.open("web"))).message
    store.answer(received, [Reply("text", "答")])

    assert store.postpone(received, Reply("notice", "稍后回答"), None) is None
    assert store.replies(received)[0] is True


def test_an_unknown_conversation_takes_no_message(store: ConversationStore) -> None:
    with pytest.raises(UnknownConversation):
        store.receive(message("0" * 32))

"""The digest worker on a set clock: once a day, at the hour, never twice, never without consent, through death and races."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.digests import DigestWorker
from bot.messages import MessageView
from bot.store import ConversationStore
from desk.digests import LEASE, Digests, Item
from desk.subscriptions import EVENTS, Subscriptions
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.reading import Defaults
from knowledge.events.review import EventReview
from knowledge.events.service import Events
from tests import loops
from tests.desk.clocks import SetClock
from tests.desk.conftest import clock, sessions

__all__ = ["clock", "sessions"]

FIRST = "活动名称,类型,城市,开始时间\n冬季双选会,双选会,长沙,2026-12-15 09:00\n江城双选会,双选会,武汉,2026-12-16 09:00\n"
UNSEEN = "活动名称,类型,城市,开始时间,说明\n人才交流会,招聘会,长沙,2026-12-18 09:00,入场费每人50元\n"
"""Waits for a reviewer."""
SECOND = "活动名称,类型,城市,开始时间\n春季双选会,双选会,长沙,2026-12-20 09:00\n"


class System:
    """One database, and as many workers as a test wants."""

    def __init__(self, sessions: sessionmaker[Session], clock: SetClock) -> None:
        self.sessions, self.clock = sessions, clock
        self.store = ConversationStore(sessions, clock, clock)
        self.digests = Digests(sessions, clock, clock)
        self.subscriptions = Subscriptions(sessions, clock)
        self.heard: list[str] = []

    def worker(self) -> DigestWorker:
        async def blocking(call: Callable[..., Any], *arguments: Any) -> Any:
            return await asyncio.to_thread(call, *arguments)

        events = Events(self.sessions, self.clock)
        return DigestWorker(
            self.store, Digests(self.sessions, self.clock, self.clock), None, events, self.clock, blocking=blocking, notify=self.heard.append
        )

    def work(self) -> int:
        return loops.run(self.worker().work())

    def announce(self, table: str) -> None:
        EventImporter(self.sessions, self.clock).take("学校", read_events("a.csv", table.encode(), Defaults(), date(2026, 12, 1)))

    def subscribed(self, city: str = "长沙", hour: int = 9) -> str:
        conversation = self.store.open("web")
        self.subscriptions.ask(conversation, EVENTS, {"cities": [city]}, f"{city}的活动", hour)
        self.subscriptions.consent(conversation)
        return conversation

    def said(self, conversation: str) -> list[MessageView]:
        return self.store.messages_after(conversation, 0)


@pytest.fixture
def system(sessions: sessionmaker[Session], clock: SetClock) -> System:
    """Tuesday, ten in the morning, with two events to come."""
    system = System(sessions, clock)
    system.announce(FIRST)
    return system


def test_what_is_subscribed_to_arrives_once_at_its_hour(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    assert system.work() == 0  # consent came after today's hour

    clock.advance(hours=22)  # eight on Wednesday
    assert system.work() == 0
    clock.advance(hours=1)
    assert system.work() == 1
    assert system.work() == 0

    [message] = system.said(conversation)
    assert (message.role, message.kind) == ("bot", "events")
    assert [item["title"] for item in (message.payload or {})["items"]] == ["冬季双选会"]
    assert "第1场 冬季双选会" in message.text and message.text.endswith("不想再收到，回复“退订”。")
    assert system.heard == [conversation]


def test_nothing_is_pushed_twice_and_what_is_new_comes_the_next_day(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    clock.advance(hours=23)
    system.work()
    system.announce(SECOND)
    assert system.work() == 0  # not a second one on the same day

    clock.advance(days=1)
    assert system.work() == 1
    clock.advance(days=1)
    assert system.work() == 0

    told = [item["title"] for message in system.said(conversation) for item in (message.payload or {})["items"]]
    assert told == ["冬季双选会", "春季双选会"]


def test_a_fair_that_waits_for_its_review_is_told_once_it_is_published(system: System, clock: SetClock) -> None:
    system.announce(UNSEEN)
    conversation = system.subscribed()
    clock.advance(hours=23)
    assert system.work() == 1
    review = EventReview(system.sessions, clock)
    review.decide(review.queue().items[0].id, "published", "审核人")
    clock.advance(days=1)
    assert system.work() == 1

    told = [[item["title"] for item in (message.payload or {})["items"]] for message in system.said(conversation)]
    assert told == [["冬季双选会"], ["人才交流会"]]


def test_without_consent_nothing_is_sent(system: System, clock: SetClock) -> None:
    conversation = system.store.open("web")
    system.subscriptions.ask(conversation, EVENTS, {"cities": ["长沙"]}, "长沙的活动")

    clock.advance(hours=23)

    assert system.work() == 0
    assert system.said(conversation) == []


def test_after_leaving_nothing_is_sent(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    clock.advance(hours=23)
    system.subscriptions.end(conversation)

    assert system.work() == 0
    assert system.said(conversation) == []


def test_leaving_while_the_digest_is_put_together_stops_it(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    clock.advance(hours=23)
    worker = system.worker()
    gathered = worker._gathered

    def leaving(claim: Any) -> Any:
        parts = gathered(claim)
        system.subscriptions.end(conversation)
        return parts

    worker._gathered = leaving  # type: ignore[method-assign]

    assert loops.run(worker.work()) == 0
    assert system.said(conversation) == []


def test_a_worker_that_dies_after_claiming_leaves_the_digest_to_another_once(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    clock.advance(hours=23)
    abandoned = system.digests.claim(conversation)
    assert abandoned is not None
    assert system.work() == 0  # it may still be at it

    clock.advance(seconds=LEASE.total_seconds() + 1)
    assert system.work() == 1
    assert system.work() == 0

    assert not system.digests.settle(abandoned, [], lambda session: None)  # the first one comes back too late
    assert len(system.said(conversation)) == 1


def test_what_cannot_be_put_on_record_does_not_count_as_told(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    clock.advance(hours=23)
    claim = system.digests.claim(conversation)
    assert claim is not None

    def breaks(session: Session) -> None:
        raise RuntimeError("the process is killed here")

    with pytest.raises(RuntimeError):
        system.digests.settle(claim, [Item(claim.subscriptions[0].id, EVENTS, 1)], breaks)

    clock.advance(seconds=LEASE.total_seconds() + 1)
    assert system.work() == 1
    assert len(system.said(conversation)) == 1


def test_many_workers_at_once_send_one_digest_each(system: System, clock: SetClock) -> None:
    conversations = [system.subscribed() for _ in range(3)]
    clock.advance(hours=23)

    with ThreadPoolExecutor(4) as threads:
        sent = sum(threads.map(lambda _: system.work(), range(4)))

    assert [len(system.said(conversation)) for conversation in conversations] == [1, 1, 1]
    assert sent == 3


def test_a_digest_that_is_hours_late_waits_for_the_next_day(system: System, clock: SetClock) -> None:
    system.subscribed()
    clock.advance(hours=28)  # two in the afternoon

    assert system.work() == 0
    clock.advance(hours=19)
    assert system.work() == 1


def test_a_conversation_that_was_erased_is_left_alone(system: System, clock: SetClock) -> None:
    system.subscriptions.ask("gone", EVENTS, {"cities": ["长沙"]}, "长沙的活动")
    system.subscriptions.consent("gone")
    clock.advance(hours=23)

    assert system.work() == 0
    assert system.subscriptions.active("gone") == []


def test_two_subscriptions_make_one_digest_that_tells_nothing_twice(system: System, clock: SetClock) -> None:
    conversation = system.subscribed()
    system.subscriptions.ask(conversation, EVENTS, {"kinds": ["双选会"]}, "双选会")
    system.subscriptions.consent(conversation)
    clock.advance(hours=23)

    assert system.work() == 1

    messages = system.said(conversation)
    assert [[item["title"] for item in (message.payload or {})["items"]] for message in messages] == [["冬季双选会"], ["江城双选会"]]
    assert [("退订" in message.text) for message in messages] == [False, True]

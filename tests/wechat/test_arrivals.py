"""The record of callbacks: what comes again, or at the same time, or from long ago."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.models import Conversation
from bot.store import ConversationStore
from bot.wechat.arrivals import Arrivals, forget
from bot.wechat.envelope import Refused
from bot.wechat.models import Callback, Follower, Nonce
from bot.wechat.reading import Heard, heard
from core.database import session_factory
from core.wechat_account import WechatAccount
from tests.desk.clocks import SetClock
from tests.wechat.stand_in import messages

ACCOUNT = WechatAccount(name="main", app_id="wx1", token="token")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 12, 1, 4, tzinfo=UTC))


@pytest.fixture
def arrivals(migrated_engine: Engine, clock: SetClock) -> Arrivals:
    sessions = session_factory(migrated_engine)
    return Arrivals(sessions, ConversationStore(sessions, clock, clock), clock)


def _said(number: int, openid: str = "o1") -> Heard:
    return heard(messages.message(openid, "text", Content="你好", msg_id=number))


def _rows(engine: Engine, table: type) -> list:
    with Session(engine) as session:
        return list(session.scalars(select(table)))


def test_first_messages_that_come_at_once_make_one_conversation(arrivals: Arrivals, migrated_engine: Engine) -> None:
    with ThreadPoolExecutor(8) as threads:
        arrived = list(threads.map(lambda number: arrivals.record(ACCOUNT, _said(number), f"nonce{number}"), range(1, 9)))

    assert {each.attempt for each in arrived} == {1}
    assert len({each.follower.conversation_id for each in arrived if each.follower}) == 1
    assert (len(_rows(migrated_engine, Follower)), len(_rows(migrated_engine, Conversation))) == (1, 1)


def test_attempts_that_come_at_once_are_counted_each(arrivals: Arrivals) -> None:
    with ThreadPoolExecutor(3) as threads:
        arrived = list(threads.map(lambda _: arrivals.record(ACCOUNT, _said(7), "nonce"), range(3)))

    assert sorted(each.attempt for each in arrived) == [1, 2, 3]


def test_a_retry_opens_no_window_again(arrivals: Arrivals, migrated_engine: Engine, clock: SetClock) -> None:
    arrivals.record(ACCOUNT, _said(7), "nonce")
    [before] = _rows(migrated_engine, Follower)
    clock.advance(seconds=5)
    arrivals.record(ACCOUNT, _said(7), "nonce")

    assert [follower.window_until for follower in _rows(migrated_engine, Follower)] == [before.window_until]


def test_a_refused_replay_leaves_nothing_behind(arrivals: Arrivals, migrated_engine: Engine) -> None:
    arrivals.record(ACCOUNT, _said(7), "nonce")
    with pytest.raises(Refused):
        arrivals.record(ACCOUNT, _said(8, "o2"), "nonce")

    assert (len(_rows(migrated_engine, Callback)), len(_rows(migrated_engine, Follower))) == (1, 1)


def test_what_can_come_again_no_more_is_forgotten(arrivals: Arrivals, migrated_engine: Engine, clock: SetClock) -> None:
    sessions = session_factory(migrated_engine)
    arrivals.record(ACCOUNT, _said(7), "nonce")

    clock.advance(minutes=14)
    assert forget(sessions, clock.now()) == 0
    clock.advance(minutes=2)
    assert (forget(sessions, clock.now()), len(_rows(migrated_engine, Nonce)), len(_rows(migrated_engine, Callback))) == (1, 0, 1)
    clock.advance(hours=24)
    assert (forget(sessions, clock.now()), len(_rows(migrated_engine, Callback))) == (1, 0)
    assert len(_rows(migrated_engine, Follower)) == 1

"""Followers, their conversations, and until when they can be written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.models import Conversation
from bot.store import ConversationStore
from bot.wechat import followers
from bot.wechat.followers import EVENT_WINDOW, MESSAGE_WINDOW
from bot.wechat.models import Follower
from core.clock import Clock
from core.database import session_factory
from core.wechat_account import WechatAccount

ACCOUNT = WechatAccount(name="main", app_id="wx1", token="token")
NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)


@pytest.fixture
def session(migrated_engine: Engine) -> Iterator[Session]:
    with session_factory(migrated_engine).begin() as session:
        yield session


@pytest.fixture
def store(migrated_engine: Engine) -> ConversationStore:
    return ConversationStore(session_factory(migrated_engine), Clock(), Clock())


def test_a_follower_has_one_conversation_of_their_own_in_each_account(session: Session, store: ConversationStore) -> None:
    other = ACCOUNT.model_copy(update={"name": "library"})
    first = followers.follower_of(session, store, ACCOUNT, "o1", NOW)

    assert followers.follower_of(session, store, ACCOUNT, "o1", NOW) is first
    assert (
        len({first.conversation_id, *(followers.follower_of(session, store, *who, NOW).conversation_id for who in ((other, "o1"), (ACCOUNT, "o2")))})
        == 3
    )
    assert set(session.scalars(select(Conversation.channel))) == {"wechat"}


def test_an_event_opens_a_short_window_and_never_closes_a_longer_one(session: Session, store: ConversationStore) -> None:
    follower = followers.follower_of(session, store, ACCOUNT, "o1", NOW)

    assert _window(session, follower, EVENT_WINDOW, NOW) == (NOW + timedelta(minutes=1), 3)
    assert _window(session, follower, MESSAGE_WINDOW, NOW) == (NOW + timedelta(hours=48), 5)
    assert _window(session, follower, EVENT_WINDOW, NOW + timedelta(hours=1)) == (NOW + timedelta(hours=48), 5)

    follower.window_left = 0
    assert _window(session, follower, EVENT_WINDOW, NOW + timedelta(hours=1)) == (NOW + timedelta(hours=1, minutes=1), 3)
    assert _window(session, follower, MESSAGE_WINDOW, NOW + timedelta(hours=1)) == (NOW + timedelta(hours=49), 5)


def test_who_unsubscribes_cannot_be_written_to_until_they_are_back(session: Session, store: ConversationStore) -> None:
    follower = followers.follower_of(session, store, ACCOUNT, "o1", NOW)
    _window(session, follower, MESSAGE_WINDOW, NOW)

    followers.unsubscribed(session, follower.id)
    session.refresh(follower)
    assert (follower.subscribed, follower.window_until, follower.window_left) == (False, None, 0)

    assert _window(session, follower, EVENT_WINDOW, NOW) == (NOW + timedelta(minutes=1), 3)
    assert follower.subscribed


def _window(session: Session, follower: Follower, window: followers.Window, now: datetime) -> tuple[datetime | None, int]:
    session.flush()
    followers.open_window(session, follower.id, window, now)
    session.refresh(follower)
    return follower.window_until, follower.window_left

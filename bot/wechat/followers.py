"""Who a follower of an official account is to us, and until when something may be sent to them.

WeChat takes customer-service messages after something the follower did, and only so many: five within 48 hours of a message, three
within a minute of a tap on the menu, a scan or following (developers.weixin.qq.com, "客服消息"; the numbers of 2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from bot.store import ConversationStore
from bot.wechat.models import Follower
from core.wechat_account import WechatAccount
from desk.requests.belonging import opened_for

CHANNEL = "wechat"


@dataclass(frozen=True)
class Window:
    """How long after something a follower did how many messages may be sent."""

    length: timedelta
    messages: int


MESSAGE_WINDOW = Window(timedelta(hours=48), 5)
EVENT_WINDOW = Window(timedelta(minutes=1), 3)


def follower_of(session: Session, store: ConversationStore, account: WechatAccount, openid: str, now: datetime) -> Follower:
    """The follower, with a new conversation for one who is not known yet; in the caller's transaction.

    `now` is the real time. Raises IntegrityError where another transaction was quicker: do it again.
    """
    known = find(session, account.name, openid)
    if known is not None:
        return known
    conversation_id = store.opened(session, CHANNEL)
    if account.college:
        opened_for(session, conversation_id, account.college, now)
    follower = Follower(account=account.name, openid=openid, conversation_id=conversation_id, created_at=now)
    session.add(follower)
    session.flush()
    return follower


def find(session: Session, account: str, openid: str) -> Follower | None:
    """The follower with this openid; None for one who has never written."""
    return session.scalar(select(Follower).where(Follower.account == account, Follower.openid == openid))


def open_window(session: Session, follower_id: int, window: Window, now: datetime) -> None:
    """Something was done that lets us send. The short window of an event never takes away what is left of a longer one."""
    until = now + window.length
    opened = update(Follower).where(Follower.id == follower_id)
    if window is not MESSAGE_WINDOW:
        still_open = and_(Follower.window_until > until, Follower.window_left > 0)
        opened = opened.where(or_(Follower.window_until.is_(None), ~still_open))
    session.execute(opened.values(window_until=until, window_left=window.messages, subscribed=True).execution_options(synchronize_session=False))


def unsubscribed(session: Session, follower_id: int) -> None:
    """Nothing can be sent any more, until they follow again."""
    gone = update(Follower).where(Follower.id == follower_id).values(subscribed=False, window_until=None, window_left=0)
    session.execute(gone.execution_options(synchronize_session=False))

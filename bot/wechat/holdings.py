"""What is kept of a graduate because they write in WeChat: shown, exported, erased, and no longer kept than needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session, sessionmaker

from bot.wechat.models import SENT, Follower, Link, OutgoingPart
from desk.personal_data import Holding, Rows
from desk.personal_holdings import plain

SENT_KEPT = timedelta(days=7)
"""How long parts stay that WeChat has taken; the conversation's own record holds what was said."""
LINKS_KEPT = timedelta(days=1)
_FOLLOWER_SHOWN = ("account", "openid", "subscribed", "created_at")
_PART_SHOWN = ("text", "state", "created_at", "sent_at")
_LINK_SHOWN = ("expires_at", "used_at")
_PLAIN = {"synchronize_session": False}


def wechat_holdings() -> tuple[Holding, ...]:
    """The parts go before the follower, by whom they are found."""
    return (
        Holding("微信里发出的消息", ("wechat_outbox",), _export_parts, _erase_parts),
        Holding("从微信转到网页的链接", ("wechat_links",), _export_links, _erase_links),
        Holding("微信关注记录", ("wechat_followers",), _export_followers, _erase_followers),
    )


def forget(sessions: sessionmaker[Session], now: datetime) -> int:
    """Remove the parts that were sent and the links that were over long enough ago; how many."""
    with sessions.begin() as session:
        sent = delete(OutgoingPart).where(OutgoingPart.state == SENT, OutgoingPart.sent_at < now - SENT_KEPT)
        return _gone(session, sent) + _gone(session, delete(Link).where(Link.expires_at < now - LINKS_KEPT))


def _theirs(conversation_id: str) -> ColumnElement[bool]:
    return OutgoingPart.follower_id.in_(select(Follower.id).where(Follower.conversation_id == conversation_id))


def _export_parts(session: Session, conversation_id: str) -> Rows:
    rows = session.scalars(select(OutgoingPart).where(_theirs(conversation_id)).order_by(OutgoingPart.id))
    return [{name: plain(getattr(row, name)) for name in _PART_SHOWN} for row in rows]


def _erase_parts(session: Session, conversation_id: str, _now: datetime) -> int:
    return _gone(session, delete(OutgoingPart).where(_theirs(conversation_id)))


def _export_links(session: Session, conversation_id: str) -> Rows:
    rows = session.scalars(select(Link).where(Link.conversation_id == conversation_id).order_by(Link.expires_at))
    return [{name: plain(getattr(row, name)) for name in _LINK_SHOWN} for row in rows]


def _erase_links(session: Session, conversation_id: str, _now: datetime) -> int:
    return _gone(session, delete(Link).where(Link.conversation_id == conversation_id))


def _export_followers(session: Session, conversation_id: str) -> Rows:
    rows = session.scalars(select(Follower).where(Follower.conversation_id == conversation_id))
    return [{name: plain(getattr(row, name)) for name in _FOLLOWER_SHOWN} for row in rows]


def _erase_followers(session: Session, conversation_id: str, _now: datetime) -> int:
    return _gone(session, delete(Follower).where(Follower.conversation_id == conversation_id))


def _gone(session: Session, statement: Any) -> int:
    result: Any = session.execute(statement.execution_options(**_PLAIN))
    return int(result.rowcount)

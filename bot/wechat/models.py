"""What is kept of an official account's followers: who they are to us, what has come in, what is still to go out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime

WAITING = "waiting"
"""`OutgoingPart.state`: to be sent as soon as its turn comes."""
PENDING = "pending"
"""Nothing may be sent to the follower now: it goes out with the next thing they say."""
SENT = "sent"
UNKNOWN = "unknown"
"""It was on its way and no answer came: WeChat has it, or not."""
DEAD = "dead"
"""Tried as often as it makes sense; staff see it."""

PASSIVE = "passive"
"""`OutgoingPart.via`: as the answer to a callback, which costs nothing."""
SERVICE = "service"
"""By the customer-service API, within the window and its budget."""
NOTICE = "notice"
"""As a subscription message, one for each consent."""


class Follower(Base):
    """One person as one official account knows them, and their conversation."""

    __tablename__ = "wechat_followers"
    __table_args__ = (UniqueConstraint("account", "openid", name="uq_wechat_followers_account_openid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(40))
    """The name of the account in the settings (`bot.wechat.accounts`)."""
    openid: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    subscribed: Mapped[bool] = mapped_column(Boolean, default=True)
    window_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when the customer-service API takes messages: 48 hours after a message, one minute after a tap on the menu, a scan or following."""
    window_left: Mapped[int] = mapped_column(Integer, default=0)
    """How many it still takes in this window: 5 after a message, 3 after an event."""
    collected_seq: Mapped[int] = mapped_column(Integer, default=0)
    """Up to which message of the conversation everything has been put into `wechat_outbox`."""
    passive_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then a callback waits for the answer: the worker leaves the conversation to it."""
    consents: Mapped[int] = mapped_column(Integer, default=0)
    """Subscription messages that the follower has agreed to and not had yet."""


class Callback(Base):
    """A message or event that WeChat has delivered: a retry of it, or a replay, does no work again."""

    __tablename__ = "wechat_callbacks"

    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    """MsgId of a message; FromUserName, CreateTime and Event of an event."""
    attempts: Mapped[int] = mapped_column(Integer, default=1)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Nonce(Base):
    """A nonce that was used within the time window, and for which callback: for another it is refused."""

    __tablename__ = "wechat_nonces"

    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of timestamp and nonce."""
    key: Mapped[str] = mapped_column(String(160))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class OutgoingPart(Base):
    """One part of something said to a follower, of at most 2,048 bytes; parts go out in the order of their ids."""

    __tablename__ = "wechat_outbox"
    __table_args__ = (
        UniqueConstraint("message_id", "part", name="uq_wechat_outbox_message_id_part"),
        Index("ix_wechat_outbox_state_next_at", "state", "next_at"),
        Index("ix_wechat_outbox_follower_id", "follower_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = mapped_column(ForeignKey("wechat_followers.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(32))
    part: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default=WAITING)
    via: Mapped[str | None] = mapped_column(String(12))
    passive_for: Mapped[str | None] = mapped_column(String(160))
    """The callback that it answered: a retry of that callback gets the same answer."""
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claim: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Link(Base):
    """A link by which the page takes over a conversation, once and soon; only its digest is kept."""

    __tablename__ = "wechat_links"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Welcome(Base):
    """What a new follower of an account reads first, as `zhiwen wechat menu push` set it."""

    __tablename__ = "wechat_welcomes"

    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    pushed_at: Mapped[datetime] = mapped_column(UtcDateTime)

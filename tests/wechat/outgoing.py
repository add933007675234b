"""A follower, a conversation and the outbox on a set clock, for the tests of what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.messages import Channel, Incoming, Reply
from bot.models import Message
from bot.store import ConversationStore
from bot.wechat import followers
from bot.wechat.followers import MESSAGE_WINDOW
from bot.wechat.models import Follower, OutgoingPart
from bot.wechat.outbox import Outbox
from core.wechat_account import WechatAccount
from tests.desk.clocks import SetClock

ACCOUNT = WechatAccount(name="main", app_id="wx1", token="token", app_secret="secret")
MUTE = WechatAccount(name="mute", app_id="wx2", token="token")


class Outgoing:
    """One database with as many followers as a test wants."""

    def __init__(self, sessions: sessionmaker[Session], clock: SetClock, accounts: Mapping[str, WechatAccount] | None = None) -> None:
        self.sessions, self.clock = sessions, clock
        self.accounts = accounts or {account.name: account for account in (ACCOUNT, MUTE)}
        self.store = ConversationStore(sessions, clock, clock)
        self.woken: list[str] = []
        self.outbox = Outbox(sessions, clock, self.accounts, self.woken.append)

    def follower(self, openid: str = "o1", account: str = "main") -> Follower:
        with self.sessions.begin() as session:
            return followers.follower_of(session, self.store, self.accounts[account], openid, self.clock.now())

    def says(self, follower: Follower, text: str = "三方协议丢了怎么办", channel: Channel = "wechat", until: datetime | None = None) -> Message:
        """The graduate says something, in WeChat (which opens the window) or on the page."""
        if channel == "wechat":
            with self.sessions.begin() as session:
                followers.open_window(session, follower.id, MESSAGE_WINDOW, self.clock.now())
        self.change(follower, passive_until=until)
        incoming = Incoming(follower.conversation_id, uuid4().hex, text, "pass", None, None, self.clock.now(), channel=channel)
        return self.store.receive(incoming).message

    def answer(self, message: Message, *texts: str) -> None:
        self.store.answer(message, [Reply("text", text) for text in texts])

    def unasked(self, follower: Follower, text: str, role: str = "bot") -> None:
        with self.sessions.begin() as session:
            self.store.say_for_desk(session, follower.conversation_id, [Reply("text", text, role=role)])

    def digest(self, follower: Follower, text: str) -> None:
        with self.sessions.begin() as session:
            self.store.say(session, follower.conversation_id, [Reply("events", text, {"items": []})])

    def change(self, follower: Follower, **values: Any) -> None:
        with self.sessions.begin() as session:
            for name, value in values.items():
                setattr(session.get_one(Follower, follower.id), name, value)

    def now(self, follower: Follower) -> Follower:
        with self.sessions() as session:
            return session.get_one(Follower, follower.id)

    def parts(self, follower: Follower) -> list[OutgoingPart]:
        with self.sessions() as session:
            return list(session.scalars(select(OutgoingPart).where(OutgoingPart.follower_id == follower.id).order_by(OutgoingPart.id)))

    def stand(self, follower: Follower) -> list[tuple[str, str]]:
        """Text and state of each part."""
        return [(part.text, part.state) for part in self.parts(follower)]

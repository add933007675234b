"""A callback is put on record before anything is done for it: what comes again, as a retry or a replay, does nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.store import ConversationStore
from bot.wechat.envelope import Refused
from bot.wechat.followers import EVENT_WINDOW, MESSAGE_WINDOW, find, follower_of, open_window, unsubscribed
from bot.wechat.models import Callback, Follower, Nonce, Welcome
from bot.wechat.reading import Heard, Kind
from core.clock import Clock
from core.wechat_account import WechatAccount

PASSIVE_SECONDS = timedelta(seconds=6)
"""How long the worker leaves a follower alone for a callback; one whose process ended is not waited for longer."""
NONCES_KEPT = timedelta(minutes=15)
"""Longer than an address is valid."""
CALLBACKS_KEPT = timedelta(days=1)
MOST_CONSENTS = 100
_TRIES = 4
_PLAIN = {"synchronize_session": False}
_SAYS = frozenset({Kind.TEXT, Kind.PICTURE, Kind.WORDLESS})
_OPENS = frozenset({Kind.FOLLOWED, Kind.SCANNED, Kind.TEXT})


@dataclass(frozen=True)
class Arrival:
    """Who sent a callback, None for somebody who has never written, and how often it has come by now, this time included."""

    follower: Follower | None
    attempt: int


class Arrivals:
    """The record of callbacks."""

    def __init__(self, sessions: sessionmaker[Session], store: ConversationStore, wall: Clock) -> None:
        """`wall`: the real time, by which WeChat's windows go."""
        self._sessions, self._store, self._wall = sessions, store, wall

    def record(self, account: WechatAccount, heard: Heard, nonce: str) -> Arrival:
        """One transaction. `nonce` is the digest of `Query`.

        Raises Refused for a nonce that another callback came with, and sqlalchemy.exc.SQLAlchemyError.
        """
        for _ in range(_TRIES - 1):
            try:
                return self._once(account, heard, nonce)
            except IntegrityError:
                continue  # the same follower's first message, or the same callback, in another transaction: now it is there
        return self._once(account, heard, nonce)

    def welcome(self, account: str) -> str | None:
        """What a new follower reads first, where it has been set."""
        with self._sessions() as session:
            return session.scalar(select(Welcome.text).where(Welcome.account == account))

    def _once(self, account: WechatAccount, heard: Heard, nonce: str) -> Arrival:
        now = self._wall.now()
        with self._sessions.begin() as session:
            attempt = _counted(session, account.name, heard.key, now)
            _use(session, account.name, nonce, heard.key, now)
            follower = find(session, account.name, heard.openid)
            if follower is None and (heard.kind in _SAYS or heard.kind is Kind.CONSENTED):
                follower = follower_of(session, self._store, account, heard.openid, now)
            if follower is not None and attempt == 1:
                _apply(session, follower, heard, now)
            if follower is not None and heard.kind in _SAYS:
                waits = update(Follower).where(Follower.id == follower.id).values(passive_until=now + PASSIVE_SECONDS)
                session.execute(waits.execution_options(**_PLAIN))
            return Arrival(follower, attempt)


def forget(sessions: sessionmaker[Session], now: datetime) -> int:
    """Remove what no retry and no replay can refer to any more; how much went."""
    with sessions.begin() as session:
        nonces = session.execute(delete(Nonce).where(Nonce.seen_at < now - NONCES_KEPT))
        callbacks = session.execute(delete(Callback).where(Callback.seen_at < now - CALLBACKS_KEPT))
        return int(getattr(nonces, "rowcount", 0)) + int(getattr(callbacks, "rowcount", 0))


def _counted(session: Session, account: str, key: str, now: datetime) -> int:
    """How often the callback has come. It writes first: on SQLite a transaction that reads first may not write later."""
    again = update(Callback).where(Callback.account == account, Callback.key == key).values(attempts=Callback.attempts + 1)
    attempts = session.scalar(again.returning(Callback.attempts).execution_options(**_PLAIN))
    if attempts is not None:
        return int(attempts)
    session.add(Callback(account=account, key=key, attempts=1, seen_at=now))
    session.flush()
    return 1


def _use(session: Session, account: str, nonce: str, key: str, now: datetime) -> None:
    used = session.get(Nonce, (account, nonce))
    if used is None:
        session.add(Nonce(account=account, digest=nonce, key=key, seen_at=now))
        session.flush()
    elif used.key != key:
        raise Refused("nonce used before, for another callback")


def _apply(session: Session, follower: Follower, heard: Heard, now: datetime) -> None:
    """What the callback changes about the follower."""
    if heard.kind is Kind.LEFT:
        unsubscribed(session, follower.id)
    elif heard.kind is Kind.CONSENTED:
        session.refresh(follower, with_for_update=True)
        follower.consents = max(0, min(MOST_CONSENTS, follower.consents + heard.consents))
    elif not heard.is_event:
        open_window(session, follower.id, MESSAGE_WINDOW, now)
    elif heard.kind in _OPENS:
        open_window(session, follower.id, EVENT_WINDOW, now)

"""What goes out to an official account's followers: in order, once, and never lost.

The record of the conversation is the truth; `bot.wechat.collecting` makes parts of it. A part goes out as the answer to a callback, or
by the customer-service interface while its window is open and has something left. Otherwise it waits for the next thing that the
follower says, and a subscription message tells of it where the follower has agreed to one.

WeChat cannot recognise a repetition. What is sent is therefore put on record first: killed before that it goes out later, killed after it,
or left without an answer, it is `unknown`: staff see it and may send it again; by itself it is not said twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.models import Conversation
from bot.wechat.collecting import collect, locked
from bot.wechat.links import Links
from bot.wechat.models import DEAD, NOTICE, PASSIVE, PENDING, SENT, SERVICE, UNKNOWN, WAITING, Follower, OutgoingPart
from bot.wechat.rendering import MOST_BYTES
from bot.wechat.texts import MORE
from bot.wechat.texts import NOTICE as NOTICE_TEXT
from core.clock import Clock
from core.database import after_commit
from core.wechat_account import WechatAccount

BATCH = 100
LEASE = timedelta(seconds=30)
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120, 300, 600, 1200, 1800))
"""Pauses between tries, over an hour in all; after the last the part is dead: staff see it, and it goes out with the follower's next message."""
AFTER_ANSWER = timedelta(seconds=1)
"""How long the rest waits behind an answer to a callback, so that it does not overtake it."""
BARRED = timedelta(hours=1)
"""How long an account counts as one that may not send after WeChat has said so."""
WINDOW_MOST = 5
NOTICE_PART = -1
"""`OutgoingPart.part` of the subscription message that tells of a waiting part."""

_OPEN = (WAITING, PENDING)
_SEPARATOR = "\n\n"
_PLAIN = {"synchronize_session": False}


@dataclass(frozen=True)
class Claimed:
    """A part that is on record as going out now."""

    part_id: int
    follower_id: int
    conversation_id: str
    account: str
    openid: str
    text: str
    via: str
    token: str
    window_until: datetime | None


class Outbox:
    """Every method is one transaction, blocks, and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        wall: Clock,
        accounts: Mapping[str, WechatAccount],
        notify: Callable[[str], None],
        links: Links | None = None,
    ) -> None:
        """`wall`: the real time, which WeChat's windows go by. `notify` wakes the worker, from any thread (`Hub.notify_from_thread`).
        `links` makes links to the page; None where it is not known by what address people reach it.
        """
        self._sessions, self._wall, self._accounts, self._notify = sessions, wall, accounts, notify
        self._barred: dict[str, datetime] = {}
        self._links = links

    def can_send(self, account: str) -> bool:
        """Whether something can be sent to followers of this account that answers no callback."""
        known, barred = self._accounts.get(account), self._barred.get(account)
        return known is not None and known.can_send and (barred is None or barred <= self._wall.now())

    def bar(self, account: str) -> None:
        """WeChat says that this account may not send."""
        self._barred[account] = self._wall.now() + BARRED

    def wake(self, conversation_id: str) -> None:
        """There is something to do for this conversation; from any thread."""
        self._notify(conversation_id)

    # The callback's side.

    def passive(self, follower_id: int, callback_key: str) -> str | None:
        """The answer to a callback: what waits for the follower, as much of it as one answer takes, now on record as sent.

        The same for a retry of the callback. None where nothing waits, or the worker is just sending: then the answer is `success`.
        """
        with self._sessions.begin() as session:
            follower = locked(session, Follower.id == follower_id)
            if follower is None:
                return None
            given = _passive_for(session, follower, callback_key)
            if given:
                for part in given:
                    part.attempts += 1
                return self._linked(session, follower, _joined(given))
            follower.passive_until = None
            after_commit(session, lambda: self._notify(follower.conversation_id))
            self._collect(session, follower, self._wall.now())
            return self._give(session, follower, callback_key)

    def take_back(self, follower_id: int, callback_key: str) -> None:
        """The answer to this callback came too late and was not given: it waits again."""
        with self._sessions.begin() as session:
            follower = locked(session, Follower.id == follower_id)
            if follower is None:
                return
            for part in _passive_for(session, follower, callback_key):
                part.attempts -= 1
                if part.attempts <= 0:  # no retry has given it meanwhile
                    part.state, part.via, part.passive_for, part.sent_at = WAITING, None, None, None
                    part.attempts, part.next_at = 0, self._wall.now()
            after_commit(session, lambda: self._notify(follower.conversation_id))

    def leave(self, follower_id: int) -> None:
        """The callback waits no longer: the worker may send the answer."""
        with self._sessions.begin() as session:
            follower = locked(session, Follower.id == follower_id)
            if follower is not None:
                follower.passive_until = None
                after_commit(session, lambda: self._notify(follower.conversation_id))

    def waiting(self, follower_id: int) -> int:
        """How many parts wait for the follower's next message, or for the worker."""
        with self._sessions.begin() as session:
            follower = locked(session, Follower.id == follower_id)
            if follower is None:
                return 0
            self._collect(session, follower, self._wall.now())
            return len([part for part in _parts(session, follower, (*_OPEN, DEAD)) if part.part != NOTICE_PART])

    # The worker's side.

    def due(self) -> list[tuple[int, str]]:
        """Followers for whom something may be done now, with their accounts."""
        with self._sessions() as session:
            found = select(Follower.id, Follower.account).where(self._has_work()).order_by(Follower.id).limit(BATCH)
            return [(row.id, row.account) for row in session.execute(found)]

    def _has_work(self) -> ColumnElement[bool]:
        now = self._wall.now()
        theirs = OutgoingPart.follower_id == Follower.id
        said = exists().where(Conversation.id == Follower.conversation_id, Conversation.last_seq > Follower.collected_seq)
        waits = exists().where(theirs, OutgoingPart.state == WAITING, OutgoingPart.next_at <= now)
        left = exists().where(theirs, OutgoingPart.state == PENDING)
        opened = and_(Follower.window_until > now, Follower.window_left > 0, Follower.account.in_(self._sending()), left)
        return and_(or_(Follower.passive_until.is_(None), Follower.passive_until <= now), or_(said, waits, opened))

    def next_part(self, follower_id: int) -> Claimed | None:
        """Take the follower's next part and put on record that it goes out now; None where nothing may go out."""
        now = self._wall.now()
        with self._sessions() as session:
            if session.scalar(select(Follower.id).where(Follower.id == follower_id, self._has_work())) is None:
                return None  # to look takes no lock that others want
        with self._sessions.begin() as session:
            follower = locked(session, Follower.id == follower_id)
            if follower is None or (follower.passive_until is not None and follower.passive_until > now):
                return None
            self._collect(session, follower, now)
            if _somebody_sends(session, follower, now):
                return None
            waiting = _parts(session, follower, _OPEN)
            said = [part for part in waiting if part.part != NOTICE_PART]
            if said and self.can_send(follower.account) and _is_open(follower, now):
                claimed = _claim_said(session, follower, said[0], now)
                return replace(claimed, text=self._linked(session, follower, claimed.text)) if claimed else None
            self._put_aside(session, follower, said, now)
            notices = [part for part in _parts(session, follower, (WAITING,)) if part.part == NOTICE_PART and part.next_at <= now]
            return _claimed(follower, notices[0], NOTICE, now) if notices else None

    def sent(self, claimed: Claimed) -> None:
        """WeChat has taken it."""
        mine = and_(OutgoingPart.id == claimed.part_id, or_(OutgoingPart.claim == claimed.token, OutgoingPart.state == UNKNOWN))
        self._settle(mine, state=SENT, claim=None, error=None, sent_at=self._wall.now())

    def in_doubt(self, claimed: Claimed, error: str) -> None:
        """It went out perhaps: nothing was heard back."""
        self._settle(_of(claimed), state=UNKNOWN, claim=None, error=error[:120])

    def failed(self, claimed: Claimed, error: str) -> None:
        """It was not taken: it is tried again later, or is dead."""
        with self._sessions.begin() as session:
            part = self._handed_back(session, claimed, error)
            if part is not None and part.attempts > len(BACKOFF):
                part.state = DEAD
            elif part is not None:
                part.next_at = self._wall.now() + BACKOFF[part.attempts - 1]

    def closed(self, claimed: Claimed, error: str) -> None:
        """It was not taken, and nothing will be before the follower says something: the window is over."""
        with self._sessions.begin() as session:
            part = self._handed_back(session, claimed, error)
            if part is None:
                return
            part.next_at = self._wall.now()
            if claimed.via == NOTICE:
                part.state = DEAD
            ours = Follower.window_until == claimed.window_until  # not the window of something they have said meanwhile
            session.execute(update(Follower).where(Follower.id == claimed.follower_id, ours).values(window_left=0).execution_options(**_PLAIN))

    def _sending(self) -> Sequence[str]:
        return [name for name in self._accounts if self.can_send(name)]

    def _collect(self, session: Session, follower: Follower, now: datetime) -> None:
        collect(session, follower, self._limit(follower), now, self._links.unmade if self._links else None)

    def _linked(self, session: Session, follower: Follower, text: str) -> str:
        """The text as it goes out: its links are made now, so that they are fresh however long it waited, and stand in no table."""
        return self._links.made(session, follower.conversation_id, text) if self._links else text

    def _limit(self, follower: Follower) -> int:
        """Room for a word on the rest, where the rest can only follow on the next message."""
        return MOST_BYTES if self.can_send(follower.account) else MOST_BYTES - len(MORE.encode())

    def _give(self, session: Session, follower: Follower, callback_key: str) -> str | None:
        now = self._wall.now()
        if _somebody_sends(session, follower, now):
            return None
        waiting = []
        for part in _parts(session, follower, (*_OPEN, DEAD)):
            if part.part == NOTICE_PART:
                session.delete(part)  # they are here: there is nothing left to tell
            else:
                part.text = part.text.removesuffix(MORE)  # of an answer that came too late
                waiting.append(part)
        given = _as_many_as_fit(waiting, self._limit(follower))
        if len(given) < len(waiting) and not self.can_send(follower.account):
            given[-1].text += MORE
        if given:
            follower.passive_until = now + AFTER_ANSWER
        for part in given:
            part.state, part.via, part.passive_for, part.sent_at, part.error = SENT, PASSIVE, callback_key, now, None
            part.attempts = 1  # from now on in how many answers it went
        return self._linked(session, follower, _joined(given)) if given else None

    def _put_aside(self, session: Session, follower: Follower, said: Sequence[OutgoingPart], now: datetime) -> None:
        """What may not be sent now waits for the follower; of the first such part they are told, where they have agreed to that."""
        fresh = [part for part in said if part.state == WAITING]
        for part in fresh:
            part.state = PENDING
        account = self._accounts.get(follower.account)
        told = len(fresh) < len(said)
        if not fresh or told or account is None or not account.app_secret or not account.notice_template or follower.consents < 1:
            return
        follower.consents -= 1
        session.add(
            OutgoingPart(
                follower_id=follower.id,
                message_id=fresh[0].message_id,
                part=NOTICE_PART,
                text=NOTICE_TEXT,
                state=WAITING,
                attempts=0,
                next_at=now,
                created_at=now,
            )
        )
        session.flush()

    def _handed_back(self, session: Session, claimed: Claimed, error: str) -> OutgoingPart | None:
        """The part, ours no longer, and what it has cost of the window given back."""
        locked(session, Follower.id == claimed.follower_id)
        part = session.scalar(select(OutgoingPart).where(_of(claimed)).execution_options(populate_existing=True))
        if part is None:
            return None
        part.claim, part.error, part.via = None, error[:120], None
        if claimed.via == SERVICE:
            costs = and_(Follower.id == claimed.follower_id, Follower.window_left < WINDOW_MOST)
            session.execute(update(Follower).where(costs).values(window_left=Follower.window_left + 1).execution_options(**_PLAIN))
        return part

    def _settle(self, which: ColumnElement[bool], **values: object) -> None:
        with self._sessions.begin() as session:
            session.execute(update(OutgoingPart).where(which).values(values).execution_options(**_PLAIN))


def _of(claimed: Claimed) -> ColumnElement[bool]:
    return and_(OutgoingPart.id == claimed.part_id, OutgoingPart.claim == claimed.token)


def _parts(session: Session, follower: Follower, states: Sequence[str]) -> Sequence[OutgoingPart]:
    mine = select(OutgoingPart).where(OutgoingPart.follower_id == follower.id, OutgoingPart.state.in_(states))
    return session.scalars(mine.order_by(OutgoingPart.id).execution_options(populate_existing=True)).all()


def _passive_for(session: Session, follower: Follower, callback_key: str) -> Sequence[OutgoingPart]:
    given = select(OutgoingPart).where(OutgoingPart.follower_id == follower.id, OutgoingPart.passive_for == callback_key)
    return session.scalars(given.order_by(OutgoingPart.id)).all()


def _joined(parts: Sequence[OutgoingPart]) -> str:
    return _SEPARATOR.join(part.text for part in parts)


def _as_many_as_fit(waiting: Sequence[OutgoingPart], limit: int) -> Sequence[OutgoingPart]:
    """The first one always; it was made to fit."""
    count = next((count for count in range(2, len(waiting) + 1) if len(_joined(waiting[:count]).encode()) > limit), len(waiting) + 1)
    return waiting[: count - 1]


def _is_open(follower: Follower, now: datetime) -> bool:
    return follower.window_until is not None and follower.window_until > now and follower.window_left > 0


def _somebody_sends(session: Session, follower: Follower, now: datetime) -> bool:
    """Whether a part is on its way. One whose sender ended without a word is in doubt from then on."""
    claimed = [part for part in _parts(session, follower, _OPEN) if part.claim is not None]
    for part in claimed:
        if part.next_at <= now:
            part.state, part.claim, part.error = UNKNOWN, None, "sender ended"
    session.flush()
    return any(part.claim is not None for part in claimed)


def _claim_said(session: Session, follower: Follower, part: OutgoingPart, now: datetime) -> Claimed | None:
    if part.state == WAITING and part.next_at > now:
        return None  # it is tried again later, and those behind it wait: their order is kept
    follower.window_left -= 1
    return _claimed(follower, part, SERVICE, now)


def _claimed(follower: Follower, part: OutgoingPart, via: str, now: datetime) -> Claimed:
    part.state, part.via, part.claim, part.attempts, part.next_at = WAITING, via, uuid4().hex, part.attempts + 1, now + LEASE
    return Claimed(
        part_id=part.id,
        follower_id=follower.id,
        conversation_id=follower.conversation_id,
        account=follower.account,
        openid=follower.openid,
        text=part.text,
        via=via,
        token=part.claim or "",
        window_until=follower.window_until,
    )

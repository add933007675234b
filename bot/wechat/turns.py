"""What becomes of one callback: WeChat waits five seconds, the work may take longer.

Whoever has a customer-service interface is answered within 4.8 seconds, with the answer or with `success` and the answer later by the
outbox. An account without one lets two attempts of WeChat's three pass unanswered while the work goes on; the third collects the answer,
or says how it is collected: by saying anything at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot import danger
from bot import texts as said
from bot.gateway import STORE_RETRIES, Gateway
from bot.hub import Hub
from bot.limits import Limits, Throttle
from bot.messages import UNSAVED_SEQ, Incoming, MessageView, unsaved
from bot.pictures import Pictures, TooManyPictures
from bot.store import ConversationStore, UnknownConversation
from bot.wechat import texts_in as texts
from bot.wechat.api import WechatApi, WechatFailed
from bot.wechat.arrivals import Arrival, Arrivals
from bot.wechat.form_texts import WANTS_PAGE
from bot.wechat.links import Links
from bot.wechat.models import Follower
from bot.wechat.reading import Heard, Kind
from bot.wechat.seen import Seen
from bot.wechat.taking_in import packed, taken_in, wordless
from core.clock import Clock
from core.wechat_account import WechatAccount

ATTEMPTS = 3
"""So often WeChat delivers a callback that nobody answers."""
RECORD_SECONDS = 3.0
"""How long a callback waits for the database."""
RECORD_PAUSE = 0.2
NEWCOMER_SECONDS = 4.0
"""How long one of somebody unknown waits, whose words cannot be kept anywhere else."""
ANSWER_SECONDS = 4.2
"""After so long from its arrival a callback waits for its answer no more."""
GIVE_SECONDS = 4.5
"""By then it is answered, be it with `success`: the way to us and back, which a busy machine makes longer, is not in it."""
HELD_SECONDS = 7.0
"""How long an attempt is held that WeChat is to count as unanswered: it gives up after five."""

_Result = TypeVar("_Result")
_Views = list[MessageView]
_log = structlog.get_logger(__name__)


class Outbox(Protocol):
    """What the incoming side needs of what goes out (`bot.wechat.outbox`)."""

    def can_send(self, account: str) -> bool:
        """Whether something can be sent that answers no callback."""

    def passive(self, follower_id: int, callback_key: str) -> str | None:
        """What waits for the follower, now on record as the answer to this callback."""

    def take_back(self, follower_id: int, callback_key: str) -> None:
        """The answer to this callback came too late and was not given."""

    def leave(self, follower_id: int) -> None:
        """The callback waits no longer."""

    def waiting(self, follower_id: int) -> int:
        """How many parts wait for the follower."""


@dataclass(frozen=True)
class Call:
    """One attempt of WeChat's to deliver something that a follower said; `began` in seconds of the event loop."""

    account: WechatAccount
    heard: Heard
    follower: Follower
    attempt: int
    began: float
    address: str

    @property
    def conversation_id(self) -> str:
        """Of the follower."""
        return self.follower.conversation_id


class Turns:
    """Answers callbacks. Its methods belong to one event loop."""

    def __init__(
        self,
        gateway: Gateway,
        store: ConversationStore,
        pictures: Pictures,
        hub: Hub,
        arrivals: Arrivals,
        outbox: Outbox,
        apis: Mapping[str, WechatApi],
        throttle: Throttle,
        limits: Limits,
        clock: Clock,
        links: Links | None = None,
    ) -> None:
        self._gateway, self._store, self._pictures, self._hub = gateway, store, pictures, hub
        self._arrivals, self._outbox, self._apis = arrivals, outbox, apis
        self._throttle, self._limits, self._clock = throttle, limits, clock
        self._links = links
        self._seen = Seen()
        self._later: set[asyncio.Task[None]] = set()

    async def answer(self, account: WechatAccount, heard: Heard, nonce: str, began: float, address: str) -> str | None:
        """What the follower reads at once; None for `success`. Within 4.8 seconds of `began`, but for attempts that are to go unanswered.

        Raises Refused for a nonce of another callback.
        """
        if heard.kind is Kind.OTHER:
            return None
        try:
            arrival = await self._recorded(account, heard, nonce, began)
        except (SQLAlchemyError, TimeoutError) as error:
            _log.error("wechat callback not recorded", account=account.name, error=type(error).__name__)
            return await self._without_record(account, heard, began, address)
        if arrival.attempt > ATTEMPTS:
            return None  # no retry of WeChat's
        if arrival.follower is None:
            return await self._welcome(account) if heard.kind is Kind.FOLLOWED else None
        self._seen.keep(arrival.follower)
        call = Call(account, heard, arrival.follower, arrival.attempt, began, address)
        return await (self._event(call) if heard.kind in (Kind.FOLLOWED, Kind.LEFT, Kind.SCANNED, Kind.CONSENTED) else self._message(call))

    def unheard(self, account: WechatAccount, heard: Heard) -> None:
        """WeChat hung up before it had the answer: what was given with it waits again."""
        follower = self._seen.find(account.name, heard.openid)
        if follower is not None:
            self._note(self._taken_back(follower, heard))

    async def close(self) -> None:
        """Wait for what is still to be noted."""
        if self._later:
            await asyncio.wait(self._later)

    # What is no message.

    async def _event(self, call: Call) -> str | None:
        if call.heard.kind is Kind.FOLLOWED:
            self._leave(call)
            return await self._welcome(call.account)
        if call.heard.kind is Kind.SCANNED and not self._outbox.can_send(call.account.name):
            return await self._given(call)
        self._leave(call)
        return None

    async def _welcome(self, account: WechatAccount) -> str:
        try:
            return await self._gateway.blocking(self._arrivals.welcome, account.name) or texts.WELCOME
        except SQLAlchemyError:
            return texts.WELCOME

    # What is one.

    async def _message(self, call: Call) -> str | None:
        try:
            if self._links is not None and call.heard.kind is Kind.TEXT and call.heard.text.strip() in WANTS_PAGE:
                return await self._link(call, self._links)
            incoming = await self._incoming(call)
            if await self._only_collects(call, incoming):
                return await self._what_waits(call)
            refusal = self._refusal(call, incoming)
            if refusal is not None:
                self._leave(call)
                return refusal
            work = self._gateway.begin(incoming) if incoming else self._picture(call)
            if await _done(work, self._until(call)):
                return await self._answered(call, work.result(), incoming)
            if incoming:
                kept = await self._gateway.keep(incoming)
                if kept:
                    return packed(kept)
            return await self._late(call)
        except UnknownConversation:  # it was erased this very moment
            self._seen.forget(call.account.name, call.heard.openid)
            return said.LOST
        except TooManyPictures:
            self._leave(call)
            return said.TOO_MANY_PICTURES

    async def _link(self, call: Call, links: Links) -> str:
        self._leave(call)
        try:
            return await self._gateway.blocking(links.offer, call.conversation_id)
        except SQLAlchemyError:
            return said.DATABASE_DOWN

    async def _incoming(self, call: Call) -> Incoming | None:
        """The message as it enters the inbox; None for a picture, which must be read first."""
        if call.heard.kind is Kind.PICTURE and call.account.app_secret:
            return None
        # In a thread: the screen's sentence encoder takes milliseconds, in which others' messages go on.
        return await asyncio.to_thread(taken_in, call.conversation_id, call.heard, self._clock)

    def _refusal(self, call: Call, incoming: Incoming | None) -> str | None:
        """What to say to a flood; nothing to somebody in danger, or to a retry."""
        if call.attempt > 1 or (incoming is not None and incoming.in_danger):
            return None
        seconds = self._throttle.seconds_for_session(call.address, call.conversation_id)
        if seconds:
            return said.TOO_FAST.format(seconds=seconds)
        return said.TOO_MANY_OPEN if self._gateway.waiting(call.conversation_id) >= self._limits.in_work else None

    def _picture(self, call: Call) -> asyncio.Task[_Views]:
        api, heard = self._apis[call.account.name], call.heard

        async def fetch() -> bytes | None:
            try:
                return await api.media(heard.media_id)
            except WechatFailed as error:
                _log.warning("picture not fetched", account=call.account.name, error=str(error))
                return None

        missing = wordless(call.conversation_id, heard, texts.PICTURE, texts.PICTURE_NOT_FETCHED, self._clock)
        return self._pictures.begin(call.conversation_id, heard.client_id, fetch, missing)

    async def _answered(self, call: Call, views: _Views, incoming: Incoming | None) -> str | None:
        not_on_record = [view for view in views if view.seq == UNSAVED_SEQ]
        if not_on_record:
            self._leave(call)
            return packed(not_on_record)
        given = await self._given(call)
        if given is None and incoming is not None and incoming.in_danger:
            return packed(views)  # said twice rather than not at all
        return given

    async def _given(self, call: Call) -> str | None:
        """What is on record for the follower, as the answer to this callback; None where there is nothing, or no time left to say it."""
        giving = asyncio.ensure_future(self._gateway.blocking(self._outbox.passive, call.follower.id, call.heard.key))
        if not await _done(giving, call.began + GIVE_SECONDS):
            giving.add_done_callback(lambda late: self._note(self._given_late(call, late)))
            return None
        try:
            return giving.result()
        except SQLAlchemyError as error:
            _log.warning("wechat answer left to the outbox", account=call.account.name, error=type(error).__name__)
            return None

    async def _late(self, call: Call) -> str | None:
        """There is no answer yet, and the time is up."""
        if self._outbox.can_send(call.account.name):
            self._leave(call)
            return None
        if call.attempt >= ATTEMPTS:
            return texts.COLLECT
        await _sleep_until(call.began + HELD_SECONDS)
        return None  # nobody hears it

    # Accounts that can only answer.

    async def _only_collects(self, call: Call, incoming: Incoming | None) -> bool:
        """Whether something is said only to get an answer that waits."""
        if incoming is None or call.heard.kind is not Kind.TEXT or self._outbox.can_send(call.account.name) or incoming.verdict != "pass":
            return False
        word = incoming.text.strip(" 。！!.~～")
        if len(word) > 1 and word not in texts.COLLECTING:
            return False
        try:
            waits = await self._gateway.blocking(self._outbox.waiting, call.follower.id)
            return bool(waits) or await self._gateway.blocking(self._store.unanswered, call.conversation_id)
        except SQLAlchemyError:
            return False  # it is kept like any message

    async def _what_waits(self, call: Call) -> str | None:
        until = self._until(call)
        with self._hub.watch(call.conversation_id) as grown:
            while True:
                grown.clear()
                given = await self._given(call)
                if given is not None:
                    return given
                if not await _set(grown, until):
                    return await self._late(call)

    def _until(self, call: Call) -> float:
        return call.began + ANSWER_SECONDS

    # The database is away.

    async def _without_record(self, account: WechatAccount, heard: Heard, began: float, address: str) -> str | None:
        """The truth, and the spool for whom we know: nobody's message is thrown away where it can be kept."""
        if heard.kind is Kind.FOLLOWED:
            return texts.WELCOME
        if heard.kind not in (Kind.TEXT, Kind.WORDLESS, Kind.PICTURE):
            return None
        follower = self._seen.find(account.name, heard.openid)
        incoming = await asyncio.to_thread(taken_in, follower.conversation_id if follower else "", heard, self._clock)
        if follower is None:
            return packed([unsaved(danger.unregistered(incoming, kept=False), self._clock.now())]) if incoming.in_danger else said.LOST
        call = Call(account, heard, follower, 1, began, address)
        work = self._gateway.begin(incoming)
        try:
            if await _done(work, began + GIVE_SECONDS):
                return await self._answered(call, work.result(), incoming)
            return packed(await self._gateway.keep(incoming)) or None
        except UnknownConversation:
            self._seen.forget(account.name, heard.openid)
            return said.LOST

    # The record.

    async def _recorded(self, account: WechatAccount, heard: Heard, nonce: str, began: float) -> Arrival:
        newcomer = not heard.is_event and self._seen.find(account.name, heard.openid) is None
        until = began + (NEWCOMER_SECONDS if newcomer else RECORD_SECONDS)
        while True:
            recording = asyncio.ensure_future(self._gateway.blocking(self._arrivals.record, account, heard, nonce))
            if not await _done(recording, until):
                recording.add_done_callback(_retrieve)
                raise TimeoutError
            if not newcomer or not isinstance(recording.exception(), OperationalError):
                return recording.result()
            await asyncio.sleep(RECORD_PAUSE)

    def _leave(self, call: Call) -> None:
        self._note(self._left(call))

    async def _given_late(self, call: Call, late: asyncio.Future[str | None]) -> None:
        if not late.cancelled() and late.exception() is None and late.result() is not None:
            await self._taken_back(call.follower, call.heard)

    async def _taken_back(self, follower: Follower, heard: Heard) -> None:
        for pause in (*STORE_RETRIES, None):
            try:
                await self._gateway.blocking(self._outbox.take_back, follower.id, heard.key)
                return
            except SQLAlchemyError as error:
                if pause is None:
                    _log.error("wechat answer not given", conversation=follower.conversation_id, error=type(error).__name__)
                    return
                await asyncio.sleep(pause)

    async def _left(self, call: Call) -> None:
        try:
            await self._gateway.blocking(self._outbox.leave, call.follower.id)
        except SQLAlchemyError as error:  # the worker waits for a callback no longer than some seconds anyway
            _log.warning("wechat outbox not told", error=type(error).__name__)

    def _note(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)


async def _done(work: asyncio.Future[_Result], until: float) -> bool:
    """Whether the work is done by then; it goes on if not."""
    left = until - asyncio.get_running_loop().time()
    done, _ = await asyncio.wait({work}, timeout=max(left, 0.0))
    return bool(done)


async def _set(grown: asyncio.Event, until: float) -> bool:
    try:
        async with asyncio.timeout_at(until):
            return await grown.wait()
    except TimeoutError:
        return False


async def _sleep_until(when: float) -> None:
    await asyncio.sleep(max(when - asyncio.get_running_loop().time(), 0.0))


def _retrieve(recording: asyncio.Future[Any]) -> None:
    """Take note of a late failure: the callback was answered without the record."""
    if not recording.cancelled() and recording.exception() is not None:
        _log.warning("wechat callback not recorded", error=type(recording.exception()).__name__)

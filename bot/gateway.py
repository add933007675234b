"""The way of one message: inbox, safety, Rasa or a person, record; always an answer within five seconds.

The work on a message runs as a task of its own. Whoever posted it waits `REPLY_SECONDS`, hears the truth if that was
not enough, and gets the answer over the event stream once it is there. What cannot be answered now stays pending in
the inbox (or in the spool, while the database is away) and is answered by `bot.backlog`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import checks, danger, left, texts
from bot.announcing import Announcing, with_alerts
from bot.held_contact import beside_counsellor
from bot.hub import Hub
from bot.locks import KeyedLocks
from bot.messages import DANGER, LEFT, Incoming, MessageView, Reply, notice_id, unsaved
from bot.models import Message
from bot.rasa_client import RasaClient, RasaFailed, RasaUnreachable
from bot.screening import calm_reply, shown_back
from bot.spool import Spool
from bot.store import ConversationStore, UnknownConversation
from core.clock import Clock
from desk.errors import DeskError
from desk.models import Reason, Satisfaction
from desk.requests import texts as request_texts
from desk.requests.notices import rating_of
from desk.tickets import TicketRequest, Tickets
from knowledge.traps.pasting import pasted

REPLY_SECONDS = 4.0
NOTICE_SECONDS = 0.5
"""How long the record of a notice may hold up the notice itself: 4 s and this stay below five."""
STORE_RETRIES = (0.2, 0.5, 1.0, 2.0, 4.0)
RETRY_AFTER = timedelta(seconds=0.5)
TRANSCRIPT_MESSAGES = 40

_QUESTION_LENGTH = 30

_Result = TypeVar("_Result")
_log = structlog.get_logger(__name__)


class Unanswered(Exception):
    """A message could not be answered now; `blameless` when another try later may well succeed as it is."""

    def __init__(self, reason: str, *, blameless: bool) -> None:
        super().__init__(reason)
        self.blameless = blameless


class Gateway:
    """Takes graduates' messages of every channel. Its methods belong to one event loop."""

    def __init__(
        self,
        store: ConversationStore,
        rasa: RasaClient,
        tickets: Tickets,
        spool: Spool,
        hub: Hub,
        executor: Executor,
        clock: Clock,
        wall: Clock,
        foresee: Callable[[str], None],
        announcing: Announcing,
    ) -> None:
        """`foresee` is given each message that goes to Rasa, in a thread, so that its answer can be looked up meanwhile."""
        self._foresee = foresee
        self._announcing = announcing
        self._foreseeing: asyncio.Future[None] | None = None
        self._store, self._rasa, self._tickets, self._spool = store, rasa, tickets, spool
        self._hub, self._executor, self._clock, self._wall = hub, executor, clock, wall
        self._locks = KeyedLocks()
        self._turns: dict[tuple[str, str], asyncio.Task[list[MessageView]]] = {}
        self._inbox: dict[tuple[str, str], Message] = {}
        self._working: set[str] = set()
        self.left_over = asyncio.Event()
        """Set whenever a message was left for the backlog."""

    def in_hand(self, message: Message) -> bool:
        """Whether this process is at work on the message."""
        return message.id in self._working

    def waiting(self, conversation_id: str) -> int:
        """How many messages of a conversation are being worked on here."""
        return sum(1 for key in self._turns if key[0] == conversation_id)

    async def receive(self, incoming: Incoming) -> list[MessageView]:
        """Everything said in reply to a message, within five seconds; the same for the same client_id.

        Raises UnknownConversation.
        """
        turn = self.begin(incoming)
        done, _ = await asyncio.wait({turn}, timeout=REPLY_SECONDS)
        return turn.result() if done else await self._overdue(incoming)

    def begin(self, incoming: Incoming) -> asyncio.Task[list[MessageView]]:
        """The work on a message, which goes on whoever waits for it: a repetition joins what runs. It gives what `receive` gives.

        Wait for it with `asyncio.wait`, which does not end it.
        """
        key = (incoming.conversation_id, incoming.client_id)
        turn = self._turns.get(key)
        if turn is None:
            turn = self._turns[key] = asyncio.create_task(self._take_turn(incoming))
            turn.add_done_callback(lambda _: self._forget(key))
        return turn

    async def keep(self, incoming: Incoming) -> list[MessageView]:
        """Make sure that a message whose work has begun is kept somewhere; what to say where the database has not taken it, else nothing."""
        key = (incoming.conversation_id, incoming.client_id)
        turn = self._turns.get(key)
        if key in self._inbox or turn is None or turn.done():
            return []
        return await self._spooled(incoming)

    async def resume(self, message: Message) -> None:
        """Answer a message that was left over, with a word on which question it was.

        Raises Unanswered, UnknownConversation or SQLAlchemyError.
        """
        question = Reply("text", texts.LATE_ANSWER.format(question=message.text[:_QUESTION_LENGTH]))
        await self._answer(message, [] if message.verdict in DANGER else [question])

    async def hand_to_person(self, message: Message) -> None:
        """Register a message that could not be answered for the counsellors, and say so.

        Raises Unanswered, DeskError or SQLAlchemyError.
        """
        transcript = await self.blocking(self._store.latest, message.conversation_id, TRANSCRIPT_MESSAGES)
        request = TicketRequest(
            conversation_id=message.conversation_id,
            topic=texts.TOPIC_UNANSWERED,
            summary=texts.SUMMARY_UNANSWERED.format(text=message.text),
            transcript=danger.as_transcript(transcript),
            reason=Reason.REFUSED,
        )
        ticket = await self.blocking(self._tickets.register, request)
        said = texts.HANDED_TO_PERSON.format(question=message.text[:_QUESTION_LENGTH], ticket=ticket.number)
        await self._deliver(message, [Reply("handoff", said, self._tickets.handoff_payload(ticket))])

    async def store_spooled(self, incoming: Incoming) -> None:
        """Move a message from the spool into the inbox, where the backlog finds it. Raises SQLAlchemyError."""
        try:
            received = await self.blocking(self._store.receive, incoming)
        except UnknownConversation:
            _log.error("spooled message of an unknown conversation dropped", conversation=incoming.conversation_id)
        else:
            if received.fresh:
                await self.blocking(self._store.postpone, received.message, None, self._wall.now())
                self._hub.notify(incoming.conversation_id)
        await self.blocking(self._spool.remove, incoming)

    async def blocking(self, call: Callable[..., _Result], *arguments: Any) -> _Result:
        """Run a blocking call in the gateway's threads."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, call, *arguments)

    async def _take_turn(self, incoming: Incoming) -> list[MessageView]:
        try:
            received = await self.blocking(self._store.receive, incoming)
        except SQLAlchemyError as error:
            _log.error("inbox not written", conversation=incoming.conversation_id, error=type(error).__name__)
            return await self._spooled(incoming)
        self._inbox[incoming.conversation_id, incoming.client_id] = received.message
        if not received.fresh:
            return await self._known(received.message, incoming)
        self._hub.notify(incoming.conversation_id)
        try:
            return await self._answer(received.message)
        except Unanswered as failure:
            return await self._leave(received.message, incoming, failure)

    async def _answer(self, message: Message, preface: Sequence[Reply] = ()) -> list[MessageView]:
        self._working.add(message.id)
        try:
            rating = rating_of(message.command or "")
            if rating is not None:
                return await self._deliver(message, [await self._rated(*rating)])
            if message.verdict not in DANGER and await self._is_held(message.conversation_id):
                return await self._deliver(message, await self._beside_counsellor(message))
            if message.verdict != "pass":
                return await self._deliver(message, [*preface, *shown_back(message, await self._without_rasa(message))])
            async with self._locks.hold(message.conversation_id):
                return await self._deliver(message, [*preface, *shown_back(message, await self._with_what_is_announced(message))])
        finally:
            self._working.discard(message.id)

    async def _is_held(self, conversation_id: str) -> bool:
        """Whether a counsellor answers; asked again in the transaction that stores an answer, for that may change meanwhile."""
        try:
            return await self.blocking(self._store.held, conversation_id)
        except SQLAlchemyError as error:
            raise Unanswered(f"hold not read: {type(error).__name__}", blameless=True) from error

    async def _beside_counsellor(self, message: Message) -> list[Reply]:
        try:
            return await self.blocking(beside_counsellor, self._tickets, message, self._clock)
        except (SQLAlchemyError, DeskError) as error:
            raise Unanswered(f"contact not kept: {type(error).__name__}", blameless=True) from error

    async def _rated(self, number: str, rating: Satisfaction) -> Reply:
        """Keep what the graduate thought of how a request was handled."""
        try:
            fresh = await self.blocking(self._tickets.rate, number, rating)
        except (SQLAlchemyError, DeskError) as error:
            raise Unanswered(f"not rated: {type(error).__name__}", blameless=True) from error
        if not fresh:
            return Reply("text", request_texts.RATED_BEFORE)
        return Reply("text", request_texts.RATED_BADLY if rating is Satisfaction.DISSATISFIED else request_texts.RATED)

    async def _with_what_is_announced(self, message: Message) -> list[Reply]:
        """Rasa's replies, and behind them what counsellors announce, which is read while Rasa works."""
        beside = asyncio.ensure_future(self._announced(message))
        try:
            replies = await self._with_rasa(message)
        except BaseException:
            beside.cancel()
            raise
        return with_alerts(replies, await beside)

    async def _announced(self, message: Message) -> list[Reply]:
        """What counsellors announce; an answer is never lost for it."""
        try:
            return await self.blocking(self._announcing.beside, message.conversation_id, message.text)
        except SQLAlchemyError as error:
            _log.warning("announcements not read", error=type(error).__name__)
            return []

    async def _without_rasa(self, message: Message) -> list[Reply]:
        if message.verdict not in DANGER and message.verdict != LEFT:
            return [calm_reply(message)]
        register = left.register if message.verdict == LEFT else danger.register
        try:
            transcript = await self.blocking(self._store.latest, message.conversation_id, TRANSCRIPT_MESSAGES)
            reply = await self.blocking(register, self._tickets, message, transcript)
        except (SQLAlchemyError, DeskError) as error:
            raise Unanswered(f"not registered: {type(error).__name__}", blameless=True) from error
        if message.verdict == LEFT:
            return [reply]
        _log.warning("danger registered", conversation=message.conversation_id, verdict=message.verdict)
        return [reply, *await asyncio.to_thread(checks.warning, pasted(message.text))]

    async def _with_rasa(self, message: Message) -> list[Reply]:
        if message.command is None:
            self._look_ahead(message.text)
        try:
            return await self._rasa.ask(message.conversation_id, message.command or message.text)
        except RasaFailed as error:
            _log.error("rasa failed", conversation=message.conversation_id, error=f"{type(error).__name__}: {error}")
            raise Unanswered(str(error), blameless=isinstance(error, RasaUnreachable)) from error

    def _look_ahead(self, text: str) -> None:
        """Only for a message that is alone: with several, both processors are busy as it is. One at a time, so that a database that hangs
        holds up one thread and no more."""
        if len(self._working) == 1 and (self._foreseeing is None or self._foreseeing.done()):
            self._foreseeing = asyncio.get_running_loop().run_in_executor(None, self._foresee, text)
            self._foreseeing.add_done_callback(_note_unforeseen)

    async def _deliver(self, message: Message, replies: Sequence[Reply]) -> list[MessageView]:
        """Store the replies; the database is given some seconds to come back, for the answer is already there."""
        for pause in (*STORE_RETRIES, None):
            try:
                views = await self.blocking(self._store.answer, message, replies)
                break
            except SQLAlchemyError as error:
                if pause is None:
                    raise Unanswered(f"answer not stored: {type(error).__name__}", blameless=True) from error
                await asyncio.sleep(pause)
        self._hub.notify(message.conversation_id)
        if views is not None:
            return views
        _, views = await self.blocking(self._store.replies, message)
        # An action may have erased the conversation while answering: what it said is still due.
        return views or [unsaved(reply, self._clock.now()) for reply in replies]

    async def _known(self, message: Message, incoming: Incoming) -> list[MessageView]:
        """The reply to a message that another process has taken in before; waits for it."""
        with self._hub.watch(message.conversation_id) as grown:
            while True:
                grown.clear()
                try:
                    answered, views = await self.blocking(self._store.replies, message)
                except SQLAlchemyError:
                    return [unsaved(_fallback(incoming, texts.UNSAVED, kept=True), self._clock.now())]
                if answered or views:
                    return views
                await grown.wait()

    async def _leave(self, message: Message, incoming: Incoming, failure: Unanswered) -> list[MessageView]:
        """Keep a message for the backlog and tell the truth."""
        _log.warning("message left for later", conversation=message.conversation_id, reason=str(failure))
        reply = _fallback(incoming, texts.DEGRADED, kept=True)
        return await self._tell(message, reply, self._wall.now() + RETRY_AFTER)

    async def _overdue(self, incoming: Incoming) -> list[MessageView]:
        """The time is up while the work goes on: say so, and make sure the message is kept somewhere."""
        message = self._inbox.get((incoming.conversation_id, incoming.client_id))
        if message is None:
            return await self.keep(incoming)
        return await self._tell(message, _fallback(incoming, texts.STILL_WORKING, kept=True), None)

    async def _tell(self, message: Message, reply: Reply, retry_at: Any) -> list[MessageView]:
        """Say `reply` about a pending message, on record if that is quickly done."""
        writing = asyncio.ensure_future(self.blocking(self._store.postpone, message, reply, retry_at))
        writing.add_done_callback(lambda _: self.left_over.set())
        done, _ = await asyncio.wait({writing}, timeout=NOTICE_SECONDS)
        if not done:
            writing.add_done_callback(_retrieve)
            return [unsaved(reply, self._clock.now())]
        try:
            views = writing.result()
        except SQLAlchemyError:
            return [unsaved(reply, self._clock.now())]
        self._hub.notify(message.conversation_id)
        if views is None:
            return (await self.blocking(self._store.replies, message))[1]
        return views

    async def _spooled(self, incoming: Incoming) -> list[MessageView]:
        """Keep a message that the database did not take; the reply is not on record."""
        try:
            # In the loop's own threads: the gateway's may all be waiting for the database.
            await asyncio.to_thread(self._spool.put, incoming)
        except OSError as error:
            _log.critical("message lost", conversation=incoming.conversation_id, error=type(error).__name__)
            reply = _fallback(incoming, texts.LOST, kept=False)
        else:
            reply = _fallback(incoming, texts.UNSAVED, kept=True)
            self.left_over.set()
        return [unsaved(reply, self._clock.now())]

    def _forget(self, key: tuple[str, str]) -> None:
        turn = self._turns.pop(key, None)
        self._inbox.pop(key, None)
        if turn is None or turn.cancelled():
            return
        error = turn.exception()
        if error is not None and not isinstance(error, Unanswered | UnknownConversation):
            _log.error("turn failed", conversation=key[0], exc_info=error)


def _fallback(incoming: Incoming, text: str, *, kept: bool) -> Reply:
    """What to say when there is no answer yet: the calm words and numbers for danger, a true notice otherwise."""
    if incoming.in_danger:
        return danger.unregistered(incoming, kept=kept)
    identity = notice_id(incoming.conversation_id, incoming.client_id, "degraded")
    return Reply("notice", text, {"code": "degraded"}, role="system", id=identity)


def _retrieve(future: asyncio.Future[Any]) -> None:
    """Take note of a late failure: the backlog tries again, so there is nothing left to do but to log it."""
    if not future.cancelled() and future.exception() is not None:
        _log.error("notice not stored", error=type(future.exception()).__name__)


def _note_unforeseen(future: asyncio.Future[None]) -> None:
    """Nothing is lost: the action searches itself, and says what fails."""
    if not future.cancelled() and future.exception() is not None:
        _log.warning("not looked up ahead", error=type(future.exception()).__name__)

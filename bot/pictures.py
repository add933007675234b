"""Pictures that graduates send: what is written in them is read and taken in as if it had been typed.

A picture is decoded and recognised in a process of its own (knowledge/ingest/isolation.py), one at a time, and is not kept: only
its text goes on, through the same masking, screen and inbox as any message. Reading may take longer than a graduate waits for;
then they are told so, and the answer comes over the event stream.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import screening, texts
from bot.gateway import REPLY_SECONDS, Gateway
from bot.messages import Incoming, MessageView, Reply, notice_id, unsaved
from bot.models import Message
from bot.store import ConversationStore
from core.clock import Clock
from knowledge.errors import DocumentRefused
from knowledge.ingest.isolation import IsolatedReader, Limits

MOST_WAITING = 8
"""Pictures that may wait in this process; at a second each nobody waits much longer than for a slow turn."""
MOST_OF_ONE = 2
"""Pictures of one conversation among them."""
LIMITS = Limits(3 * 1024**3, 60, 45)
"""What reading one picture may cost: address space, seconds of processor time, seconds by the clock."""
_NAME = "图片"

Fetch = Callable[[], Awaitable[bytes | None]]

_log = structlog.get_logger(__name__)


class TooManyPictures(Exception):
    """Too many pictures are waiting to be read."""


class Pictures:
    """Reads pictures and hands their text to the gateway. Its methods belong to one event loop."""

    def __init__(self, gateway: Gateway, store: ConversationStore, reader: IsolatedReader, clock: Clock) -> None:
        self._gateway, self._store, self._reader, self._clock = gateway, store, reader, clock
        self._turns: dict[tuple[str, str], asyncio.Task[list[MessageView]]] = {}
        self._one = asyncio.Semaphore(1)

    def refuse_too_many(self, conversation_id: str, client_id: str) -> None:
        """Raise TooManyPictures where another picture would wait too long."""
        waiting = Counter(key[0] for key in self._turns)
        if (conversation_id, client_id) not in self._turns and (waiting.total() >= MOST_WAITING or waiting[conversation_id] >= MOST_OF_ONE):
            raise TooManyPictures

    async def receive(self, conversation_id: str, client_id: str, picture: bytes) -> list[MessageView]:
        """Everything said in reply to a picture, within five seconds; the same for the same client_id.

        Raises TooManyPictures or UnknownConversation.
        """
        turn = self._joined((conversation_id, client_id), lambda: self._take_turn(conversation_id, client_id, picture))
        done, _ = await asyncio.wait({turn}, timeout=REPLY_SECONDS)
        if done:
            return turn.result()
        identity = notice_id(conversation_id, client_id, "reading")
        return [unsaved(Reply("notice", texts.READING_PICTURE, {"code": "reading_picture"}, role="system", id=identity), self._clock.now())]

    def begin(self, conversation_id: str, client_id: str, fetch: Fetch, missing: Incoming) -> asyncio.Task[list[MessageView]]:
        """The work on a picture of WeChat's, which goes on whoever waits for it: a repetition joins what runs.

        `fetch` gets the picture; where it gives none `missing` is taken in instead. Raises TooManyPictures.
        """
        return self._joined((conversation_id, client_id), lambda: self._fetch_first(conversation_id, client_id, fetch, missing))

    def _joined(self, key: tuple[str, str], work: Callable[[], Coroutine[Any, Any, list[MessageView]]]) -> asyncio.Task[list[MessageView]]:
        turn = self._turns.get(key)
        if turn is None:
            self.refuse_too_many(*key)
            turn = self._turns[key] = asyncio.create_task(work())
            turn.add_done_callback(lambda _: self._forget(key))
        return turn

    async def _take_turn(self, conversation_id: str, client_id: str, picture: bytes) -> list[MessageView]:
        known = await self._known(conversation_id, client_id)
        if known is not None:
            return await self._gateway.receive(_again(known, client_id))
        return await self._gateway.receive(await self._taken_in(conversation_id, client_id, picture))

    async def _fetch_first(self, conversation_id: str, client_id: str, fetch: Fetch, missing: Incoming) -> list[MessageView]:
        known = await self._known(conversation_id, client_id)
        if known is not None:
            return await self._gateway.begin(_again(known, client_id))
        picture = await fetch()
        if picture is None:
            return await self._gateway.begin(missing)
        return await self._gateway.begin(replace(await self._taken_in(conversation_id, client_id, picture), channel=missing.channel))

    async def _taken_in(self, conversation_id: str, client_id: str, picture: bytes) -> Incoming:
        async with self._one:
            words = await asyncio.to_thread(self._read, picture)
        return await asyncio.to_thread(screening.incoming_picture, conversation_id, client_id, words, self._clock)

    async def _known(self, conversation_id: str, client_id: str) -> Message | None:
        try:
            return await self._gateway.blocking(self._store.find, conversation_id, client_id)
        except SQLAlchemyError:
            return None  # the gateway keeps what is new until the database is back

    def _read(self, picture: bytes) -> str:
        """The text in a picture; empty where none could be recognised."""
        try:
            return "\n".join(self._reader.transcribe(_NAME, picture))
        except DocumentRefused:
            return ""

    def _forget(self, key: tuple[str, str]) -> None:
        turn = self._turns.pop(key)
        if not turn.cancelled() and turn.exception() is not None:
            _log.error("picture not taken in", conversation=key[0], error=type(turn.exception()).__name__)


def _again(message: Message, client_id: str) -> Incoming:
    """A picture that was taken in before: enough for the gateway to find its reply."""
    return Incoming(message.conversation_id, client_id, message.text, "pass", None, None, message.created_at, picture=True)

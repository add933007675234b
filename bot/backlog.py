"""What was left over: drains the spool into the inbox and answers pending messages, exactly once each."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway import Gateway, Unanswered
from bot.models import Message
from bot.rasa_client import RasaClient
from bot.spool import Spool
from bot.store import ConversationStore, UnknownConversation
from core.clock import Clock
from desk.errors import DeskError

IDLE_SECONDS = 5.0
BUSY_SECONDS = 1.0
BATCH = 20
MAX_ATTEMPTS = 4
"""After so many tries that were the message's own fault a person gets it."""
RETRY_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (5, 20, 60))

_log = structlog.get_logger(__name__)


class Backlog:
    """One worker a process; several processes share the work by leases in the database."""

    def __init__(self, gateway: Gateway, store: ConversationStore, rasa: RasaClient, spool: Spool, wall: Clock) -> None:
        self._gateway, self._store, self._rasa, self._spool, self._wall = gateway, store, rasa, spool, wall

    async def run(self) -> None:
        """Work for ever: at once when a message is left, otherwise every few seconds."""
        while True:
            try:
                busy = await self.work()
            except (SQLAlchemyError, OSError) as error:
                _log.warning("backlog waits", error=type(error).__name__)
                busy = True
            try:
                await asyncio.wait_for(self._gateway.left_over.wait(), IDLE_SECONDS if not busy else BUSY_SECONDS)
            except TimeoutError:
                continue
            self._gateway.left_over.clear()
            await asyncio.sleep(BUSY_SECONDS)

    async def work(self) -> bool:
        """One round; True when something is still waiting. Raises SQLAlchemyError or OSError."""
        for incoming in await self._gateway.blocking(lambda: list(self._spool.waiting())):
            await self._gateway.store_spooled(incoming)
        due = await self._gateway.blocking(self._store.due, BATCH)
        messages = [message for message in due if not self._gateway.in_hand(message)]
        if any(message.verdict == "pass" for message in messages) and not await self._rasa.alive():
            messages = [message for message in messages if message.verdict != "pass"]
        for message in messages:
            await self._try(message)
        return bool(due)

    async def _try(self, message: Message) -> None:
        claimed = await self._gateway.blocking(self._store.claim, message)
        if claimed is None:
            return
        try:
            await self._gateway.resume(claimed)
        except UnknownConversation:
            _log.info("left-over message of an erased conversation", conversation=claimed.conversation_id)
        except Unanswered as failure:
            await self._again(claimed, failure)

    async def _again(self, message: Message, failure: Unanswered) -> None:
        if not failure.blameless and message.attempts >= MAX_ATTEMPTS:
            try:
                await self._gateway.hand_to_person(message)
                return
            except (DeskError, Unanswered) as error:
                _log.error("not handed over", conversation=message.conversation_id, error=type(error).__name__)
        delay = RETRY_DELAYS[min(message.attempts, len(RETRY_DELAYS)) - 1]
        await self._gateway.blocking(self._store.postpone, message, None, self._wall.now() + delay)

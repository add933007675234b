"""The worker that sends digests into conversations: once a day each, whoever of several processes does it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.messages import Reply
from bot.store import ConversationHeld, ConversationStore, UnknownConversation
from core.clock import Clock
from desk import push_texts as texts
from desk.digest_content import Part, PostingsSearch, events_part, postings_part
from desk.digests import Claim, Digests
from desk.subscriptions import EVENTS, POSTINGS
from knowledge.events.service import Events

ROUND_SECONDS = 60.0
BATCH = 50
_LOOKS = 3
"""How often a digest is put together anew because a subscription ended meanwhile."""

_log = structlog.get_logger(__name__)


class DigestWorker:
    """One a process; several share the work by claims in the database (`desk.digests`)."""

    def __init__(
        self,
        store: ConversationStore,
        digests: Digests,
        postings: PostingsSearch | None,
        events: Events,
        clock: Clock,
        *,
        blocking: Callable[..., Awaitable[Any]],
        notify: Callable[[str], None],
    ) -> None:
        """`postings` is None where the search could not be opened: then events alone are pushed. `blocking` runs a call in a thread,
        `notify` wakes whoever watches a conversation (`Gateway.blocking`, `Hub.notify`)."""
        self._store, self._digests, self._postings, self._events, self._clock = store, digests, postings, events, clock
        self._blocking, self._notify = blocking, notify

    async def run(self) -> None:
        """Work for ever, a round a minute."""
        while True:
            try:
                await self.work()
            except (SQLAlchemyError, OSError) as error:
                _log.warning("digests wait", error=type(error).__name__)
            await asyncio.sleep(ROUND_SECONDS)

    async def work(self) -> int:
        """One round; how many conversations got a digest. Raises SQLAlchemyError or OSError."""
        sent = 0
        for conversation_id in await self._blocking(self._digests.due, BATCH):
            try:
                if await self._blocking(self._store.held, conversation_id):
                    continue  # a counsellor is in it: the digest waits until the conversation is given back
                if await self._blocking(self._send, conversation_id):
                    sent += 1
                    self._notify(conversation_id)
            except ConversationHeld:
                continue  # taken over just now: its claim runs out, then it is tried again
            except UnknownConversation:
                await self._blocking(self._digests.forget, conversation_id)
            except SQLAlchemyError as error:
                # Its claim runs out, then it is tried again; the others do not wait for it.
                _log.warning("digest not sent", conversation=conversation_id, error=type(error).__name__)
        return sent

    def _send(self, conversation_id: str) -> bool:
        """Claim, gather, deliver. Whether something was said."""
        claim = self._digests.claim(conversation_id)
        for _ in range(_LOOKS):
            if claim is None:
                return False
            parts = self._gathered(claim)
            items = [item for part in parts for item in part.items]
            if self._digests.settle(claim, items, partial(self._say, conversation_id, _replies(parts))):
                return bool(items)
            claim = self._digests.again(claim)
        return False

    def _say(self, conversation_id: str, replies: list[Reply], session: Session) -> None:
        self._store.say(session, conversation_id, replies)

    def _gathered(self, claim: Claim) -> list[Part]:
        """What is new for each subscription; what one tells another does not tell again."""
        told = {kind: self._digests.told(claim.conversation_id, kind) for kind in (POSTINGS, EVENTS)}
        parts = []
        for each in claim.subscriptions:
            if each.kind == EVENTS:
                part = events_part(each, self._events, told[EVENTS], self._clock.now())
            else:
                part = postings_part(each, self._postings, told[POSTINGS]) if self._postings is not None else None
            if part is not None:
                parts.append(part)
                told[each.kind] |= {item.item_id for item in part.items}
        return parts


def _replies(parts: list[Part]) -> list[Reply]:
    """The messages of a digest; the last says how to be out again."""
    return [Reply(part.kind, part.text if part is not parts[-1] else f"{part.text}\n{texts.DIGEST_FOOTER}", part.payload) for part in parts]

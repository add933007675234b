"""The event stream of one session: what is on record after the last event seen, then what comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from sqlalchemy.exc import SQLAlchemyError

from bot.messages import MessageView
from bot.parts import Parts
from bot.sessions import Session

PING_SECONDS = 15.0
RECONNECT_MILLISECONDS = 2_000
_MOST = 200


async def event_stream(parts: Parts, session: Session, last_seen: int) -> AsyncIterator[str]:
    """Server-sent events until the token ends, the process stops or the client goes.

    A database that is away for a while delays events and loses none.
    """
    conversation_id = session.conversation_id
    with parts.hub.watch(conversation_id) as grown:
        yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
        seen = last_seen
        grown.set()
        while not parts.hub.closing and parts.wall.now() < session.expires_at:
            if not await _wait(grown):
                yield ": ping\n\n"
                continue
            grown.clear()
            try:
                views = await parts.gateway.blocking(parts.store.messages_after, conversation_id, seen, _MOST)
            except SQLAlchemyError:
                continue  # the next word of news or the poll finds them
            for view in views:
                seen = view.seq
                yield _event(view)
            if len(views) == _MOST:
                grown.set()


async def _wait(grown: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(grown.wait(), PING_SECONDS)
    except TimeoutError:
        return False
    return True


def _event(view: MessageView) -> str:
    return f"id: {view.seq}\nevent: message\ndata: {view.model_dump_json()}\n\n"

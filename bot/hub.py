"""Who waits for news of which conversation in this process, and how news from other processes gets here."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

POLL_SECONDS = 1.0

Heads = Callable[[list[str]], Awaitable[dict[str, int]]]
"""Reads the last `seq` of conversations from the database; raises SQLAlchemyError when it cannot."""


class Hub:
    """Wakes whoever watches a conversation when it has grown. All methods belong to one event loop."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._seen: dict[str, int] = {}
        self.closing = False

    @contextmanager
    def watch(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set each time the conversation may have grown; clear it before reading."""
        event = asyncio.Event()
        self._watchers[conversation_id].add(event)
        try:
            yield event
        finally:
            watchers = self._watchers[conversation_id]
            watchers.discard(event)
            if not watchers:
                del self._watchers[conversation_id]
                self._seen.pop(conversation_id, None)

    def watching(self, conversation_id: str) -> int:
        """How many watch this conversation."""
        return len(self._watchers[conversation_id]) if conversation_id in self._watchers else 0

    def notify(self, conversation_id: str) -> None:
        """Tell the watchers in this process."""
        for event in self._watchers.get(conversation_id, ()):
            event.set()

    def close(self) -> None:
        """Wake everybody for the last time: the process is about to stop."""
        self.closing = True
        for conversation_id in self._watchers:
            self.notify(conversation_id)

    async def poll(self, heads: Heads, on_error: Callable[[SQLAlchemyError], None]) -> None:
        """Notice, for ever, what other processes have added: one query a second, none while nobody watches."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            watched = list(self._watchers)
            if not watched:
                continue
            try:
                found = await heads(watched)
            except SQLAlchemyError as error:  # the watchers wait on, the next round tries again
                on_error(error)
                continue
            for conversation_id, head in found.items():
                if self._seen.get(conversation_id) != head and conversation_id in self._watchers:
                    self._seen[conversation_id] = head
                    self.notify(conversation_id)

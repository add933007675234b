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
    """Wakes whoever watches a conversation when it has grown. All methods but `notify_from_thread` belong to one event loop."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._everywhere: set[asyncio.Event] = set()
        self._seen: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closing = False

    @contextmanager
    def watch(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set each time the conversation may have grown; clear it before reading."""
        self._loop = asyncio.get_running_loop()
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

    @contextmanager
    def watch_all(self) -> Iterator[asyncio.Event]:
        """The same for every conversation; what other processes add is heard of only where somebody watches that conversation."""
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._everywhere.add(event)
        try:
            yield event
        finally:
            self._everywhere.discard(event)

    def watching(self, conversation_id: str) -> int:
        """How many watch this conversation."""
        return len(self._watchers[conversation_id]) if conversation_id in self._watchers else 0

    def notify(self, conversation_id: str) -> None:
        """Tell the watchers in this process."""
        for event in (*self._watchers.get(conversation_id, ()), *self._everywhere):
            event.set()

    def notify_from_thread(self, conversation_id: str) -> None:
        """The same from any thread; nobody is told where nobody has watched yet, or the loop is gone."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.notify, conversation_id)

    def close(self) -> None:
        """Wake everybody for the last time: the process is about to stop."""
        self.closing = True
        for event in (*(event for events in self._watchers.values() for event in events), *self._everywhere):
            event.set()

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

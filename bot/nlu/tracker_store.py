"""Where Rasa keeps conversations: its SQL store, with those of late at hand in memory.

Rasa's own store reads a conversation back, event by event, at the start of every turn and counts its rows at the end:
a third of what a turn costs. Here the events of the latest conversations stay in memory as they were stored.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Optional, Text

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import BotUttered, Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

KEPT_CONVERSATIONS = 200
"""How many conversations stay at hand: about a hundred kilobytes each, so that memory stays flat."""
_QUOTES = "citations"


class RecentConversationsStore(SQLTrackerStore):
    """Rasa's SQL store for a server that is the only one to write its database, as ours is.

    The database holds everything; what is in memory is what it holds, and is dropped when a write fails.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """As Rasa's, and SQLite made to write without waiting for the disk at every turn."""
        super().__init__(*arguments, **settings)
        self._recent: OrderedDict[Text, tuple[Event, ...]] = OrderedDict()
        if self.engine.dialect.name == "sqlite":
            self.engine.dispose()
            self.engine = _lasting_sqlite(self.engine.url)
            self.sessionmaker.configure(bind=self.engine)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The latest session of a conversation; None when there is none. The caller may change what it gets."""
        events = self._recent.get(sender_id)
        if events is None or not self.domain:
            return await super().retrieve(sender_id)
        return DialogueStateTracker.from_events(sender_id, list(events), self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, and keep the session at hand. Raises what the database raises."""
        await self.stream_events(tracker)
        stored = self._recent.pop(tracker.sender_id, None)
        events = [_without_quotes(event) for event in tracker.events]
        with self.session_scope() as session:
            known = len(stored) if stored is not None else self._event_query(session, tracker.sender_id, fetch_events_from_all_sessions=False).count()
            rows = [_row(tracker.sender_id, event) for event in events[known:]]
            if rows:
                session.execute(self.SQLEvent.__table__.insert(), rows)
            session.commit()
        self._recent[tracker.sender_id] = _latest_session(events)
        if len(self._recent) > KEPT_CONVERSATIONS:
            self._recent.popitem(last=False)

    async def erase(self, sender_id: Text) -> None:
        """Forget a conversation, in memory and in the database; one that is unknown is no error."""
        self._recent.pop(sender_id, None)
        events = self.SQLEvent.__table__
        with self.session_scope() as session:
            session.execute(events.delete().where(events.c.sender_id == sender_id))
            session.commit()
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))  # nor does it stay in the log of what was written


def erasing_store(store: Any) -> RecentConversationsStore:
    """Our store inside whatever Rasa has wrapped around it. Raises LookupError where there is another."""
    while not isinstance(store, RecentConversationsStore):
        store = getattr(store, "_tracker_store", None)
        if store is None:
            raise LookupError("the tracker store is none of ours: see endpoints.yml")
    return store


def _without_quotes(event: Event) -> Event:
    """The event without the clauses that an answer quotes: the app keeps the messages; here the clauses would be most of what is stored
    and of what every call of an action carries, and no action reads them."""
    custom = event.data.get("custom") if isinstance(event, BotUttered) else None
    payload = custom.get("payload") if isinstance(custom, dict) else None
    if not isinstance(payload, dict) or _QUOTES not in payload:
        return event
    kept = {key: value for key, value in payload.items() if key != _QUOTES}
    return BotUttered(event.text, {**event.data, "custom": {**custom, "payload": kept}}, event.metadata, event.timestamp)


def _row(sender_id: Text, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _latest_session(events: Sequence[Event]) -> tuple[Event, ...]:
    """What Rasa's store would read back: everything from the last start of a session on."""
    starts = [index for index, event in enumerate(events) if isinstance(event, SessionStarted)]
    return tuple(events[starts[-1] if starts else 0 :])


def _lasting_sqlite(url: Any) -> Any:
    """An engine that keeps its connection: SQLite tidies up its log whenever the last one is closed, a quarter of a turn."""
    engine = sa.create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased does not stay in the file's free pages
    cursor.close()

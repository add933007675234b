"""Events out of files into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from knowledge.errors import EventsRefused
from knowledge.events import icalendars, tables, texts
from knowledge.events.reading import Defaults, ReadRow
from knowledge.events.record import EventFields
from knowledge.events.sources import known_trust
from knowledge.events.storing import RowOutcome, SourceRows


def read_events(name: str, content: bytes, defaults: Defaults, today: date) -> list[ReadRow]:
    """The events of a CSV, XLSX or iCalendar file, by its content. Raises EventsRefused or DocumentRefused."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if head.startswith(b"PK\x03\x04"):
        return tables.read_xlsx(name, content, defaults, today)
    if head.startswith(b"BEGIN:VCALENDAR") or name.lower().endswith((".ics", ".ical", ".ifb")):
        return icalendars.read_calendar(name, content, defaults)
    if not content.strip():
        raise EventsRefused(texts.EMPTY_FILE.format(name=name))
    return tables.read_csv(name, content, defaults, today)


class EventImporter:
    """Takes the rows of one source; the whole of a file in one transaction."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def take(self, source: str, rows: Sequence[ReadRow], *, trusted: bool = True) -> list[RowOutcome]:
        """Store the rows that were read and say of each what became of it. Raises SQLAlchemyError, nothing stored then.

        `trusted` says whether the clean rows of a source seen for the first time pass by themselves; one that was distrusted stays so.
        """
        named: Counter[str] = Counter()
        with self._sessions.begin() as session:
            batch = SourceRows(session, self._clock.now(), source, trusted=known_trust(session, source, self._clock.now(), trusted=trusted))
            return [
                RowOutcome(row.line, "refused", row.reason) if row.fields is None else batch.take(row.line, _told_apart(row.fields, named))
                for row in rows
            ]


def _told_apart(fields: EventFields, named: Counter[str]) -> EventFields:
    """The fields under a name of their own: a file may hold the same event twice at different hours, without numbers."""
    named[fields.uid] += 1
    return fields if named[fields.uid] == 1 else replace(fields, uid=f"{fields.uid}#{named[fields.uid]}")

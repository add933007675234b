"""What the knowledge lacks and what grows old in it, as lists for its keepers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk import document_texts as texts
from desk.audit import Audit
from desk.staff.policy import Actor
from knowledge.catalogue import described_documents
from knowledge.search.encoder import default_encoder
from knowledge.search.entries import DocumentEntry
from knowledge.tables.cells import csv_line
from knowledge.upkeep.ageing import Expiring, StillAsked, expiring, still_asked
from knowledge.upkeep.asked import answered_outdated_since, mark, refused_since
from knowledge.upkeep.gaps import Gap, gaps
from knowledge.upkeep.texts import GAP_REASONS

_BYTE_ORDER_MARK = "\ufeff"


class Upkeep:
    """What the knowledge lacks and what grows old in it."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self._sessions, self._clock, self._audit = sessions, clock, audit

    def gaps(self, days: int) -> list[Gap]:
        """What graduates asked in vain in the last days, grouped by meaning, the most asked first."""
        with self._sessions() as session:
            asked = refused_since(session, self._clock, days)
        return gaps(asked, default_encoder()) if asked else []

    def gaps_csv(self, days: int) -> Iterator[str]:
        """The same as CSV for spreadsheets, a line at a time."""
        yield _BYTE_ORDER_MARK + csv_line(texts.GAP_COLUMNS)
        for gap in self.gaps(days):
            reasons = "、".join(f"{GAP_REASONS.get(reason, reason)} {count}" for reason, count in gap.reasons.items())
            weeks = "；".join(f"{monday} 起一周 {count}" for monday, count in gap.weeks.items())
            last = gap.last_asked.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
            yield csv_line((gap.question, str(gap.count), reasons, last, "；".join(gap.wordings), weeks))

    def mark(self, actor: Actor, question: str, reason: str) -> None:
        """Put a question that is answered wrong into the gap list; the record of who did so is in the same transaction."""
        with self._sessions.begin() as session:
            mark(session, self._clock, question, reason)
            self._audit.record(session, actor, "gap.mark", "gap", {}, {"reason": reason})

    def expiring(self, days: int) -> list[Expiring]:
        """Documents that hold today and end within so many days, the first to end first."""
        with self._sessions() as session:
            return expiring(_entries(session), self._clock.today(), days)

    def still_asked(self, days: int) -> list[StillAsked]:
        """Documents past their time that questions of the last days were answered from, the most asked first."""
        with self._sessions() as session:
            return still_asked(_entries(session), answered_outdated_since(session, self._clock, days), self._clock.today())


def _entries(session: Session) -> Sequence[DocumentEntry]:
    return [entry for _, entry in described_documents(session)]

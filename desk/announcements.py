"""Announcements and alerts of counsellors: said from a day until a day, in each conversation once, and alerts whenever safety is asked about."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.errors import AnnouncementRefused
from desk.push_models import Announcement
from knowledge.witness import Witness, nobody

Kind = Literal["announcement", "alert"]
KINDS: tuple[Kind, ...] = ("announcement", "alert")
LONGEST = 500
"""Characters: it stands beside an answer, it is not one."""


class Announcements:
    """What is said to everybody; every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock

    def add(self, text: str, kind: Kind, *, until: date, by: str, begins: date | None = None, witness: Witness = nobody) -> Announcement:
        """Publish a text from `begins` (today unless said) until and including `until`. Raises AnnouncementRefused."""
        words, today = text.strip(), self._clock.today()
        first = begins or today
        if not words or len(words) > LONGEST:
            raise AnnouncementRefused(f"text of {len(words)} characters; 1 to {LONGEST}")
        if until < max(first, today):
            raise AnnouncementRefused(f"ends on {until}, before it begins or today")
        row = Announcement(kind=kind, text=words, valid_from=first, valid_until=until, by=by[:100], created_at=self._clock.now())
        with self._sessions.begin() as session:
            session.add(row)
            session.flush()
            witness(session, row.id, {}, {"kind": kind, "text": words, "valid_from": first, "valid_until": until})
        return row

    def end(self, announcement_id: int, by: str, witness: Witness = nobody) -> Announcement | None:
        """End one now; None where there is none of this number. One that ended before stays as it is."""
        with self._sessions.begin() as session:
            row = session.get(Announcement, announcement_id)
            if row is not None and row.ended_at is None:
                row.ended_at, row.ended_by = self._clock.now(), by[:100]
                witness(session, row.id, {"ended": False}, {"ended": True})
            return row

    def in_force(self, kind: Kind | None = None) -> list[Announcement]:
        """What is to be said today, alerts first, the newest first."""
        today = self._clock.today()
        found = select(Announcement).where(Announcement.ended_at.is_(None), Announcement.valid_from <= today, Announcement.valid_until >= today)
        with self._sessions() as session:
            rows = session.scalars(found.where(Announcement.kind == kind) if kind else found)
            return sorted(rows, key=lambda row: (row.kind != "alert", -row.id))

    def all(self) -> list[Announcement]:
        """Every announcement there was, the newest first."""
        with self._sessions() as session:
            return list(session.scalars(select(Announcement).order_by(Announcement.id.desc())))

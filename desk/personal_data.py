"""What is kept of a graduate: shown, exported, erased. One registry of holdings over all tables.

A holding knows its tables, how to export what it has of one conversation, and how to erase it. Every table of the database
belongs to a holding or is named with the reason why it holds nothing of graduates, or must be kept: a test goes over the
metadata, so that a new table which nobody thought about fails it.

Rights: Personal Information Protection Law of 2021, articles 45 (copy), 47 (erasure) and 19 (no longer than needed).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk.audit import Audit
from desk.erasure_models import Erasure
from desk.models import Priority, Ticket
from desk.staff.policy import Actor, system_actor

_NUMBER_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GRADUATE = system_actor("毕业生本人")
RETENTION = system_actor("到期清理")
_PREFIXES = {"SC": GRADUATE, "DQ": RETENTION}
"""What a receipt's number begins with (删除, 到期) says who wished it."""

ERASED = "erased-"
"""What the conversation of an emptied request begins with."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """One kind of thing that is kept of a conversation."""

    name: str
    """As the graduate reads it, such as 聊天记录."""
    tables: tuple[str, ...]
    export: Callable[[Session, str], Rows]
    """What is kept of a conversation, as JSON."""
    erase: Callable[[Session, str, datetime], int]
    """Remove it in the caller's transaction; how many rows went or were emptied."""


@dataclass(frozen=True)
class Wish:
    """A wish to be erased, as the graduate is told of it."""

    number: str
    waits: bool
    """Whether an urgent request is still open: everything stays until a person has looked after it."""


class PersonalData:
    """Over all holdings of one database; `wall` is the real time, which erasing goes by."""

    def __init__(self, sessions: sessionmaker[Session], audit: Audit, wall: Clock, holdings: Sequence[Holding]) -> None:
        self._sessions = sessions
        self._audit = audit
        self._wall = wall
        self.holdings = tuple(holdings)

    def counts(self, conversation_id: str) -> dict[str, int]:
        """How many things of each holding are kept of a conversation; holdings without any are left out."""
        with self._sessions() as session:
            counted = {holding.name: len(holding.export(session, conversation_id)) for holding in self.holdings}
        return {name: count for name, count in counted.items() if count}

    def export(self, conversation_id: str) -> dict[str, Rows]:
        """Everything that is kept of a conversation, by holding."""
        with self._sessions() as session:
            return {holding.name: holding.export(session, conversation_id) for holding in self.holdings}

    def ask_erasure(self, conversation_id: str, who: Actor = GRADUATE) -> Wish:
        """Put the wish on record, the graduate's own or that of the time that is over; a worker carries it out. Asking twice is one wish."""
        try:
            with self._sessions.begin() as session:
                number = _new_number(who, self._wall.now())
                session.add(Erasure(number=number, conversation_id=conversation_id, asked_at=self._wall.now(), counts={}))
        except IntegrityError:
            with self._sessions() as session:
                number = session.scalars(select(Erasure.number).where(Erasure.conversation_id == conversation_id)).one()
        with self._sessions() as session:
            return Wish(number, waits=has_urgent_request(session, conversation_id))

    def put_down(self, session: Session, conversation_id: str, who: Actor = GRADUATE) -> str:
        """Put a wish on record in a transaction of the caller's, who is ready to try again where somebody else was faster; its number."""
        known = session.scalars(select(Erasure.number).where(Erasure.conversation_id == conversation_id)).one_or_none()
        if known is not None:
            return known
        number = _new_number(who, self._wall.now())
        session.add(Erasure(number=number, conversation_id=conversation_id, asked_at=self._wall.now(), counts={}))
        session.flush()
        return number

    def waits(self, conversation_id: str) -> bool:
        """Whether everything of a conversation stays until a person has looked after an urgent request."""
        with self._sessions() as session:
            return has_urgent_request(session, conversation_id)

    def due(self) -> list[Erasure]:
        """The wishes that are not carried out yet, the oldest first."""
        with self._sessions() as session:
            return list(session.scalars(select(Erasure).where(Erasure.done_at.is_(None)).order_by(Erasure.id)))

    def receipts(self, page: int, page_size: int) -> tuple[list[Erasure], int]:
        """A page of all wishes, the newest first, and how many there are; `page` counts from 1."""
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(Erasure)) or 0
            rows = session.scalars(select(Erasure).order_by(Erasure.id.desc()).limit(page_size).offset((page - 1) * page_size))
            return list(rows), total

    def conversation_of(self, ticket_number: str) -> str | None:
        """Whose request it is; None where there is none of that number, or it was erased."""
        with self._sessions() as session:
            found = select(Ticket.conversation_id).where(Ticket.number == ticket_number, ~Ticket.conversation_id.startswith(ERASED))
            return session.scalar(found)

    def export_by_staff(self, actor: Actor, ticket_number: str, conversation_id: str) -> dict[str, Rows]:
        """The copy for a graduate whose conversation has ended; on record."""
        self._audit.record_alone(actor, "graduate.export", f"ticket:{ticket_number}")
        return self.export(conversation_id)

    def erase_by_staff(self, actor: Actor, ticket_number: str, conversation_id: str) -> Wish:
        """Put the wish of a graduate whose conversation has ended on record, and who of the staff did so."""
        self._audit.record_alone(actor, "graduate.erase_asked", f"ticket:{ticket_number}")
        return self.ask_erasure(conversation_id)

    def erase(self, conversation_id: str) -> dict[str, int] | None:
        """Remove everything in the database in one transaction; how much went. None, and nothing goes, while an urgent request is open."""
        with self._sessions.begin() as session:
            on_sqlite = session.get_bind().dialect.name == "sqlite"
            if on_sqlite:
                session.execute(text("PRAGMA secure_delete=ON"))  # else the words stay readable in the file's free pages
            if has_urgent_request(session, conversation_id):
                return None
            gone = {holding.name: holding.erase(session, conversation_id, self._wall.now()) for holding in self.holdings}
        if on_sqlite:
            with self._sessions() as session:
                session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))  # nor in the log of what was written
        return gone

    def settle(self, erasure: Erasure, counts: dict[str, int]) -> None:
        """Everything is gone, Rasa's memory and the spool included: keep the receipt, without whose it was."""
        told = {name: count for name, count in counts.items() if count}
        done = {"done_at": self._wall.now(), "conversation_id": None, "counts": told}
        with self._sessions.begin() as session:
            settled = session.scalars(
                update(Erasure).where(Erasure.id == erasure.id, Erasure.done_at.is_(None)).values(done).returning(Erasure.id)
            ).one_or_none()
            if settled is not None:
                self._audit.record(session, _who(erasure.number), "graduate.erased", f"erasure:{erasure.number}", {}, told)

    def note_counts(self, erasure: Erasure, counts: dict[str, int]) -> dict[str, int]:
        """Add what went now to what went at an earlier attempt, which was cut short; gives the sum."""
        with self._sessions.begin() as session:
            row = session.get_one(Erasure, erasure.id, with_for_update=True)
            row.counts = {name: row.counts.get(name, 0) + counts.get(name, 0) for name in {**row.counts, **counts}}
            return dict(row.counts)


def has_urgent_request(session: Session, conversation_id: str) -> bool:
    """Whether somebody may be in danger and a person has still to see to it: then they must stay reachable (PIPL, article 13, 4)."""
    urgent = select(Ticket.id).where(Ticket.conversation_id == conversation_id, Ticket.priority == Priority.URGENT, Ticket.closed_at.is_(None))
    return session.scalars(urgent.limit(1)).first() is not None


def _who(number: str) -> Actor:
    return next(who for prefix, who in _PREFIXES.items() if number.startswith(prefix))


def _new_number(who: Actor, now: datetime) -> str:
    random = "".join(secrets.choice(_NUMBER_LETTERS) for _ in range(5))
    prefix = next(prefix for prefix, known in _PREFIXES.items() if known == who)
    return f"{prefix}{now.astimezone(CHINA):%y%m%d}-{random}"

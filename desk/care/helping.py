"""Who cares for whom (结对, 一帮一), and which conversations are a graduate's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.care import texts
from desk.care.access import graduate_for, open_pairing
from desk.care.fields import clean
from desk.care.models import CareLink, Graduate, Pairing
from desk.care.record import CareRecord
from desk.errors import CareRefused
from desk.models import Ticket
from desk.staff.models import Staff
from desk.staff.policy import Actor

_LONGEST_NAME = 80


class Helping:
    """Pairings and links. Every method is one transaction; what cannot be done raises CareRefused with a Chinese line."""

    def __init__(self, record: CareRecord) -> None:
        self._record = record

    def pair(self, actor: Actor, graduate_id: int, *, staff_id: int | None = None, helper: str = "") -> None:
        """Give a graduate to a helper: one of the staff, or somebody named who has no account here. Whoever cared for them until now is released."""

        def attempt(session: Session) -> None:
            graduate = graduate_for(session, actor, graduate_id, to_change=True)
            name = self._helper_name(session, graduate, staff_id, helper)
            current = open_pairing(session, graduate_id)
            if current is not None and (current.helper, current.helper_staff_id) == (name, staff_id):
                return
            self._end(session, current)
            session.add(Pairing(graduate_id=graduate_id, helper=name, helper_staff_id=staff_id, since=self._record.clock.now(), by=actor.name[:80]))
            self._record.note(session, actor, graduate, "pair", {"helper": current.helper if current else None}, {"helper": name})

        self._record.write(attempt)

    def release(self, actor: Actor, graduate_id: int) -> None:
        """End a pairing: the graduate stands on the gap list where they belong to a key group."""

        def attempt(session: Session) -> None:
            graduate = graduate_for(session, actor, graduate_id, to_change=True)
            current = open_pairing(session, graduate_id)
            if current is None:
                raise CareRefused(texts.NOT_PAIRED)
            self._end(session, current)
            self._record.note(session, actor, graduate, "release", {"helper": current.helper}, {})

        self._record.write(attempt)

    def link(self, actor: Actor, graduate_id: int, ticket_number: str) -> None:
        """Say that the conversation of a request is this graduate's: all its requests then stand on the file, and go to their college."""

        def attempt(session: Session) -> None:
            graduate = graduate_for(session, actor, graduate_id, to_change=True)
            conversation_id = session.scalar(select(Ticket.conversation_id).where(Ticket.number == ticket_number.strip().upper()))
            if conversation_id is None:
                raise CareRefused(texts.NO_TICKET)
            known = session.get(CareLink, conversation_id)
            if known is not None and known.graduate_id == graduate_id:
                return
            if known is not None:
                raise CareRefused(texts.LINKED_ELSEWHERE)
            now = self._record.clock.now()
            session.add(CareLink(conversation_id=conversation_id, graduate_id=graduate_id, linked_at=now, by=actor.name[:80]))
            self._record.note(session, actor, graduate, "link", {}, {"conversation": conversation_id})

        self._record.write(attempt)

    def unlink(self, actor: Actor, graduate_id: int, conversation_id: str) -> None:
        """Take a link back that was wrong."""

        def attempt(session: Session) -> None:
            graduate = graduate_for(session, actor, graduate_id, to_change=True)
            known = session.get(CareLink, conversation_id)
            if known is None or known.graduate_id != graduate_id:
                raise CareRefused(texts.NO_CONVERSATION)
            session.delete(known)
            self._record.note(session, actor, graduate, "unlink", {"conversation": conversation_id}, {})

        self._record.write(attempt)

    @staticmethod
    def _helper_name(session: Session, graduate: Graduate, staff_id: int | None, helper: str) -> str:
        if staff_id is None:
            if name := clean(helper)[:_LONGEST_NAME]:
                return name
            raise CareRefused(texts.NO_HELPER)
        staff = session.get(Staff, staff_id)
        if staff is None or not staff.active:
            raise CareRefused(texts.STAFF_NOT_FOUND)
        return staff.display_name

    def _end(self, session: Session, current: Pairing | None) -> None:
        if current is not None:
            current.ended_at = self._record.clock.now()
            session.flush()

"""What is kept of a graduate in the ledger, handed out or erased. An erased file leaves its number, and the audit that it was erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desk.care import texts
from desk.care.access import graduate_for
from desk.care.fields import write_field
from desk.care.models import CareChange, CareEntry, CareLink, Graduate, Pairing
from desk.care.record import CareRecord
from desk.care.whose import graduate_of, reference_of
from desk.errors import CareRefused
from desk.models import Ticket
from desk.personal_data import PersonalData
from desk.push_models import Recommendation
from desk.staff.policy import Actor

_PERSONAL = tuple(field for field in texts.FIELDS if field not in ("student_number", "name", "college", "cohort", "categories"))


def export_file(session: Session, conversation_id: str) -> dict[str, Any] | None:
    """The file of whoever's conversation this is, as JSON under Chinese names; None where there is none.

    The key group is on it: it is the graduate's own datum (个人信息保护法 第四十五条).
    """
    graduate = graduate_of(session, conversation_id)
    if graduate is None:
        return None
    entries = session.scalars(select(CareEntry).where(CareEntry.graduate_id == graduate.id).order_by(CareEntry.id))
    return {
        **{label: write_field(field, getattr(graduate, field)) for field, label in texts.FIELDS.items()},
        "记录": [
            {"时间": entry.at.isoformat(), "记录人": entry.by, "方式": texts.KINDS.get(entry.kind, entry.kind), "内容": entry.text}
            for entry in entries
        ],
    }


@dataclass(frozen=True)
class ErasedFile:
    """What an erasure set going: the receipts of the conversations that go with the file, and whether one waits for an urgent request."""

    receipts: tuple[str, ...]
    waits: bool


def erase_by_staff(record: CareRecord, data: PersonalData, actor: Actor, graduate_id: int, reason: str) -> ErasedFile:
    """Erase a file at once, and put the erasure of everything else that is kept of the graduate on record: each linked conversation, and the
    requests that the file made. Raises CareNotFound, CareRefused."""
    if reason not in texts.ERASURES:
        raise CareRefused(texts.ERASURE_REASON)

    def attempt(session: Session) -> tuple[list[str], list[str]]:
        graduate_for(session, actor, graduate_id, to_change=True)
        conversations = _conversations(session, graduate_id)
        # Put down before the links are gone and in the same transaction: killed half-way, nothing is forgotten.
        receipts = [data.put_down(session, conversation_id) for conversation_id in conversations]
        erase_file(record, session, actor, graduate_id, reason)
        return conversations, receipts

    conversations, receipts = record.write(attempt)
    return ErasedFile(tuple(receipts), waits=any(data.waits(conversation_id) for conversation_id in conversations))


def erase_file(record: CareRecord, session: Session, actor: Actor, graduate_id: int, reason: str | None = None) -> None:
    """Erase a file in a transaction of the caller's: its fields emptied, its entries, changes, pairings, links and recommendations gone."""
    graduate = session.get_one(Graduate, graduate_id, with_for_update=True)
    graduate.student_number, graduate.name = texts.ERASED_NUMBER.format(id=graduate_id), texts.ERASED_NAME
    for field in _PERSONAL:
        setattr(graduate, field, None if Graduate.__table__.columns[field].nullable else "")
    graduate.categories, graduate.categories_checked_at, graduate.cohort = [], None, None
    graduate.erased_at = record.touch(graduate)
    session.flush()  # the guards of the tables below let go of an erased file's rows alone
    for model in (CareEntry, CareChange, Pairing, CareLink):
        session.execute(delete(model).where(model.graduate_id == graduate_id))
    session.execute(delete(Recommendation).where(Recommendation.reference == reference_of(graduate_id)))
    record.audit.record(session, actor, "graduate.erase", f"graduate:{graduate_id}", after={"reason": reason} if reason else None)


def _conversations(session: Session, graduate_id: int) -> list[str]:
    """What is erased with a file: the graduate's conversations, and the reference under which the file itself made requests."""
    linked = session.scalars(select(CareLink.conversation_id).where(CareLink.graduate_id == graduate_id).order_by(CareLink.conversation_id))
    own = session.scalars(select(Ticket.conversation_id).where(Ticket.conversation_id == reference_of(graduate_id)).limit(1))
    return [*linked, *own]

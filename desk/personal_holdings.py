"""The desk's holdings of personal data, and the tables that hold none or must be kept. A new table takes its place here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from desk.care.erasing import export_file
from desk.care.models import CareLink
from desk.models import State, Status, Ticket, TicketEvent
from desk.personal_data import ERASED, Holding, Rows
from desk.personal_texts import ERASED_TOPIC
from desk.promotion.models import DraftState, KnowledgeDraft
from desk.push_models import Digest, Recommendation, Subscription, SubscriptionDelivery
from desk.requests.models import GraduateProfile, Hold, TicketLabel, TicketNote
from desk.surveys.answering import export_answers
from desk.surveys.models import SurveyAnswer
from desk.trainings.models import TrainingInterest
from desk.trainings.signing_up import export_interests

NOT_PERSONAL: dict[str, str] = {
    "alembic_version": "the schema's revision",
    "announcements": "what counsellors tell everybody",
    "documents": "policy documents",
    "clauses": "policy documents",
    "clause_vectors": "policy documents",
    "clause_search_vectors": "policy documents",
    "document_relations": "policy documents",
    "knowledge_state": "a revision number",
    "employers": "employers",
    "employer_visits": "employers",
    "employer_needs": "employers",
    "need_postings": "employers",
    "events": "job fairs",
    "event_sources": "job fairs",
    "event_decisions": "job fairs",
    "postings": "postings",
    "posting_origins": "postings",
    "posting_decisions": "postings",
    "posting_sources": "postings",
    "posting_state": "a revision number",
    "surveys": "questions, and counts with small cells hidden, which lead to nobody",
    "trainings": "what is offered to everybody",
    "staff": "staff, not graduates",
    "staff_sessions": "staff, not graduates",
    "staff_sign_in_attempts": "staff, not graduates",
    "staff_recovery_codes": "staff, not graduates",
    "ticket_viewers": "staff, not graduates",
    "deadlines": "the school's own calendar",
    "canned_replies": "what staff often write",
    "routing_duties": "staff, not graduates",
    "staff_events": "numbers of requests for open consoles",
    "wechat_callbacks": "numbers and digests by which a repetition is known; they lead to nobody and go after a day",
    "wechat_nonces": "digests of random numbers",
    "wechat_welcomes": "what every new follower reads",
    "notification_outbox": "numbers of requests, priority and due time",
    "erasures": "receipts; the conversation's number goes when the erasure is done",
}

_CARE = "the school's ledger, which it must keep of whoever it helps; exported here, corrected and erased by the college (desk.care.erasing)"
KEPT: dict[str, str] = {
    "audit_events": "who of the staff did and read what, without words of graduates; the Cybersecurity Law, article 21, asks for six months at least",
    "ticket_events": "states of a request without its words; leads to nobody once the request is emptied",
    "graduates": _CARE,
    "care_entries": _CARE,
    "care_changes": _CARE,
    "care_pairings": _CARE,
    "need_candidates": "the school's own placement record by its own reference; not made from conversations",
}


def desk_holdings() -> tuple[Holding, ...]:
    """What the desk keeps of a conversation, beside the conversation itself."""
    return (
        # What hangs on a request goes before the request, which then no longer says whose it was.
        Holding("老师的备注", ("ticket_notes",), *_of_tickets(TicketNote, "created_at")),
        Holding("求助单的标签", ("ticket_labels",), *_of_tickets(TicketLabel, "label")),
        Holding("人工接手", ("conversation_holds",), *_plain(Hold, "since")),
        Holding("自报的学院和届别", ("graduate_profiles",), *_plain(GraduateProfile, "college", "cohort", "updated_at")),
        Holding("由求助写成的知识草稿", ("knowledge_drafts",), _export_drafts, _erase_drafts),
        Holding("求助单", ("tickets",), _export_tickets, _erase_tickets),
        Holding("帮扶档案", ("care_links",), _export_care, _unlink_care),
        Holding("订阅", ("subscriptions",), *_plain(Subscription, "kind", "label", "status", "created_at", "consented_at", "ended_at")),
        Holding("问卷回答", ("survey_answers",), export_answers, _plain(SurveyAnswer)[1]),
        Holding("培训报名", ("training_interests",), export_interests, _plain(TrainingInterest)[1]),
        Holding("推送记录", ("subscription_deliveries",), *_plain(SubscriptionDelivery, "kind", "item_id", "delivered_at")),
        Holding("推送安排", ("digests",), *_plain(Digest, "day", "state", "settled_at")),
        Holding("岗位推荐记录", ("recommendations",), *_plain(Recommendation, "criteria", "posting_ids", "by", "offered_at", owner="reference")),
    )


def _from_theirs(conversation_id: str) -> ColumnElement[bool]:
    return KnowledgeDraft.ticket.in_(select(Ticket.number).where(Ticket.conversation_id == conversation_id))


def _export_drafts(session: Session, conversation_id: str) -> Rows:
    rows = session.scalars(select(KnowledgeDraft).where(_from_theirs(conversation_id)).order_by(KnowledgeDraft.id))
    return [{"text": row.fields.get("question"), "state": row.state, "created_at": plain(row.created_at)} for row in rows]


def _erase_drafts(session: Session, conversation_id: str, _now: datetime) -> int:
    """What two people have made general stays and leads to nobody; what still bears one person's question goes."""
    rows = session.scalars(select(KnowledgeDraft).where(_from_theirs(conversation_id))).all()
    for row in rows:
        if row.state in (DraftState.APPROVED, DraftState.RETIRED):
            row.ticket = None
        else:
            session.delete(row)
    session.flush()
    return len(rows)


def _plain(model: Any, *shown: str, owner: str = "conversation_id") -> tuple[Callable[[Session, str], Rows], Callable[[Session, str, datetime], int]]:
    """Export and erasure of a table whose rows belong to one conversation and go whole."""
    column = getattr(model, owner)

    def export(session: Session, conversation_id: str) -> Rows:
        rows = session.scalars(select(model).where(column == conversation_id).order_by(*model.__table__.primary_key))
        return [{name: plain(getattr(row, name)) for name in shown} for row in rows]

    def erase(session: Session, conversation_id: str, _now: datetime) -> int:
        gone: Any = session.execute(delete(model).where(column == conversation_id))
        return int(gone.rowcount)

    return export, erase


def _of_tickets(model: Any, *shown: str) -> tuple[Callable[[Session, str], Rows], Callable[[Session, str, datetime], int]]:
    """Export and erasure of what staff have put on a conversation's requests. A note's text is theirs and not handed out."""

    def on_theirs(conversation_id: str) -> ColumnElement[bool]:
        return model.ticket_id.in_(select(Ticket.id).where(Ticket.conversation_id == conversation_id))  # type: ignore[no-any-return]

    def export(session: Session, conversation_id: str) -> Rows:
        rows = session.scalars(select(model).where(on_theirs(conversation_id)).order_by(*model.__table__.primary_key))
        return [{name: plain(getattr(row, name)) for name in shown} for row in rows]

    def erase(session: Session, conversation_id: str, _now: datetime) -> int:
        gone: Any = session.execute(delete(model).where(on_theirs(conversation_id)).execution_options(synchronize_session=False))
        return int(gone.rowcount)

    return export, erase


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _export_care(session: Session, conversation_id: str) -> Rows:
    file = export_file(session, conversation_id)
    return [] if file is None else [file]


def _unlink_care(session: Session, conversation_id: str, _now: datetime) -> int:
    """From now on nothing leads from the conversation to the file."""
    gone: Any = session.execute(delete(CareLink).where(CareLink.conversation_id == conversation_id))
    return int(gone.rowcount)


_TICKET_SHOWN = (
    "number",
    "queue",
    "priority",
    "status",
    "topic",
    "summary",
    "transcript",
    "contact",
    "contact_consented_at",
    "created_at",
    "closed_at",
)


def _export_tickets(session: Session, conversation_id: str) -> Rows:
    tickets = session.scalars(select(Ticket).where(Ticket.conversation_id == conversation_id).order_by(Ticket.id)).all()
    return [{name: plain(getattr(ticket, name)) for name in _TICKET_SHOWN} for ticket in tickets]


def is_emptied() -> ColumnElement[bool]:
    """Whether a request was erased."""
    return Ticket.conversation_id.startswith(ERASED)


def _erase_tickets(session: Session, conversation_id: str, now: datetime) -> int:
    """Empty the requests: number, times and states stay for the reports, words, contact and whose it was go. What was open is closed."""
    tickets = session.scalars(select(Ticket).where(Ticket.conversation_id == conversation_id).order_by(Ticket.id).with_for_update()).all()
    for ticket in tickets:
        before = {"status": ticket.status.value}
        status, closed_at = (ticket.status, ticket.closed_at) if ticket.closed_at is not None else (Status.WITHDRAWN, now)
        emptied: dict[str, Any] = {
            "conversation_id": f"{ERASED}{ticket.id}",
            "topic": ERASED_TOPIC,
            "summary": "",
            "transcript": [],
            "contact": None,
            "contact_consented_at": None,
            "updated_at": now,
            "version": Ticket.version + 1,
            "status": status,
            "closed_at": closed_at,
            "state": State.RESOLVED,
            "offered_to_id": None,
            "waiting_since": None,
            "snoozed_until": None,
        }
        session.execute(update(Ticket).where(Ticket.id == ticket.id).values(emptied).execution_options(synchronize_session=False))
        session.add(TicketEvent(ticket_id=ticket.id, at=now, actor="graduate", action="erased", before=before, after={"status": status.value}))
    return len(tickets)

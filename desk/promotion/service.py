"""Drafts from the first word to the answer: written, reviewed by somebody else, adopted or sent back, retired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.errors import KnowledgeRefused
from desk.models import Ticket
from desk.promotion import publishing, texts
from desk.promotion.drafting import DraftForm, entry_of, record_of, refuse_personal, unfit, without_number
from desk.promotion.models import DraftState, KnowledgeDraft
from desk.staff.policy import Actor

_HIGHEST = 99
"""Ids of entries have two digits; the built-in ones begin at 01, the desk's at 99."""


class Promotion:
    """The drafts; every method is one transaction and may raise KnowledgeRefused."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit, home: Path | None) -> None:
        self._sessions, self._clock, self._audit, self._home = sessions, clock, audit, home

    def page(self, state: DraftState | None, limit: int, offset: int) -> tuple[list[KnowledgeDraft], int]:
        """Drafts, the newest first, and how many there are."""
        chosen = select(KnowledgeDraft)
        if state is not None:
            chosen = chosen.where(KnowledgeDraft.state == state)
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            return list(session.scalars(chosen.order_by(KnowledgeDraft.id.desc()).limit(limit).offset(offset))), total

    def get(self, draft_id: int) -> KnowledgeDraft:
        """One draft."""
        with self._sessions() as session:
            return _draft(session, draft_id)

    def submit(self, actor: Actor, form: DraftForm, ticket: str | None = None) -> KnowledgeDraft:
        """Put a draft before the reviewers. What could never become an entry is refused at once, and so is what is personal."""
        fields = self._sound(form)
        with self._sessions.begin() as session:
            if ticket is not None:
                _refuse_unseen(session, actor, ticket)
            row = KnowledgeDraft(
                fields=fields,
                ticket=ticket,
                state=DraftState.WAITING,
                author_id=_staff(actor),
                author=actor.name,
                created_at=self._clock.now(),
                reviewer_id=None,
                reviewer=None,
                reviewed_at=None,
                reason="",
                entry_id=None,
            )
            session.add(row)
            session.flush()
            self._audit.record(session, actor, "draft.submit", _subject(row), {}, {"state": row.state})
            return row

    def rewrite(self, actor: Actor, draft_id: int, form: DraftForm) -> KnowledgeDraft:
        """Put another wording before the reviewers; whoever wrote it last is its author. One that is adopted stays as it is."""
        fields = self._sound(form)

        def change(session: Session, row: KnowledgeDraft) -> None:
            if row.state not in (DraftState.WAITING, DraftState.REJECTED):
                raise KnowledgeRefused("conflict", texts.NOT_WAITING)
            row.fields, row.state, row.reason = fields, DraftState.WAITING, ""
            row.author_id, row.author = _staff(actor), actor.name
            row.reviewer_id = row.reviewer = row.reviewed_at = None

        return self._change(actor, draft_id, "draft.rewrite", change)

    def approve(self, actor: Actor, draft_id: int) -> KnowledgeDraft:
        """Adopt a draft that somebody else wrote: from now on graduates are answered from it, and its question is one that must be answered."""
        home = self._home
        if home is None:
            raise KnowledgeRefused("unavailable", texts.NO_HOME)

        def change(session: Session, row: KnowledgeDraft) -> None:
            _refuse_own_or_done(actor, row)
            row.entry_id = self._free_id(session, home, row.fields["topic"])
            self._review(actor, row, DraftState.APPROVED, "")
            today = self._clock.today()
            entries = [entry_of(own.fields, own.entry_id or "", today) for own in _approved(session)]
            if found := publishing.problems(entries, today):
                raise unfit(found)

        with publishing.writing(home):
            row = self._change(actor, draft_id, "draft.approve", change)
            self._publish(home)
        return row

    def reject(self, actor: Actor, draft_id: int, reason: str) -> KnowledgeDraft:
        """Send a draft back with a reason."""
        said = _reason(reason)

        def change(_session: Session, row: KnowledgeDraft) -> None:
            _refuse_own_or_done(actor, row)
            self._review(actor, row, DraftState.REJECTED, said)

        return self._change(actor, draft_id, "draft.reject", change)

    def retire(self, actor: Actor, draft_id: int, reason: str) -> KnowledgeDraft:
        """Take an adopted entry out again; its number is not given to another."""
        said, home = _reason(reason), self._home
        if home is None:
            raise KnowledgeRefused("unavailable", texts.NO_HOME)

        def change(_session: Session, row: KnowledgeDraft) -> None:
            if row.state != DraftState.APPROVED:
                raise KnowledgeRefused("conflict", texts.NOT_APPROVED)
            self._review(actor, row, DraftState.RETIRED, said)

        with publishing.writing(home):
            row = self._change(actor, draft_id, "draft.retire", change)
            self._publish(home)
        return row

    def publish(self) -> None:
        """Write what is adopted, as it stands: done when a process starts, for one may have ended between the store and the files."""
        if self._home is None:
            return
        with self._sessions() as session:
            if not (_approved(session) or (self._home / publishing.REGRESSION).exists()):
                return
        with publishing.writing(self._home):
            self._publish(self._home)

    def _publish(self, home: Path) -> None:
        with self._sessions() as session:
            rows = _approved(session)
        publishing.write(home, [publishing.Published(self._record(row), row.fields["question"]) for row in rows])

    def _record(self, row: KnowledgeDraft) -> dict[str, Any]:
        reviewed = row.reviewed_at or row.created_at
        return record_of(row.fields, row.entry_id or "", min(reviewed.date(), self._clock.today()))

    def _change(self, actor: Actor, draft_id: int, action: str, change: Callable[[Session, KnowledgeDraft], None]) -> KnowledgeDraft:
        with self._sessions.begin() as session:
            row = _draft(session, draft_id, lock=True)
            before = {"state": row.state, "author": row.author}
            change(session, row)
            self._audit.record(session, actor, action, _subject(row), before, {"state": row.state, "author": row.author, "entry": row.entry_id})
            return row

    def _review(self, actor: Actor, row: KnowledgeDraft, state: DraftState, reason: str) -> None:
        row.state, row.reason = state, reason
        row.reviewer_id, row.reviewer, row.reviewed_at = _staff(actor), actor.name, self._clock.now()

    def _sound(self, form: DraftForm) -> dict[str, Any]:
        fields = form.model_dump()
        refuse_personal(fields)
        entry = entry_of(fields, without_number(form.topic), self._clock.today())
        if found := publishing.problems([entry], self._clock.today()):
            raise unfit(found)
        return fields

    def _free_id(self, session: Session, home: Path, topic: str) -> str:
        taken = publishing.taken_ids(home, self._clock.today())
        taken |= set(session.scalars(select(KnowledgeDraft.entry_id).where(KnowledgeDraft.entry_id.is_not(None))))
        for number in range(_HIGHEST, 0, -1):
            if (entry_id := f"{topic}-{number:02}") not in taken:
                return entry_id
        raise KnowledgeRefused("conflict", texts.FULL)


def _approved(session: Session) -> Sequence[KnowledgeDraft]:
    return session.scalars(select(KnowledgeDraft).where(KnowledgeDraft.state == DraftState.APPROVED).order_by(KnowledgeDraft.id)).all()


def _draft(session: Session, draft_id: int, *, lock: bool = False) -> KnowledgeDraft:
    row = session.get(KnowledgeDraft, draft_id, with_for_update=lock or None)
    if row is None:
        raise KnowledgeRefused("not_found", texts.NOT_FOUND)
    return row


def _refuse_own_or_done(actor: Actor, row: KnowledgeDraft) -> None:
    if row.state != DraftState.WAITING:
        raise KnowledgeRefused("conflict", texts.NOT_WAITING)
    if row.author_id == actor.staff_id:
        raise KnowledgeRefused("own_draft", texts.OWN_DRAFT)


def _refuse_unseen(session: Session, actor: Actor, number: str) -> None:
    ticket = session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is None or not actor.sees(ticket.college):
        raise KnowledgeRefused("not_found", texts.UNKNOWN_TICKET.format(number=number))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise KnowledgeRefused("invalid", texts.NO_REASON)
    return reason.strip()


def _staff(actor: Actor) -> int:
    if actor.staff_id is None:
        raise ValueError("a draft is written and reviewed by people")
    return actor.staff_id


def _subject(row: KnowledgeDraft) -> str:
    return f"draft:{row.id}"

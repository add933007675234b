"""Clauses and postings that a counsellor sends along: as messages of the contract, quoted as printed and as they stand today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.chat import Said
from desk.digest_content import posting_lines
from desk.errors import RequestRefused
from desk.requests import texts
from desk.requests.replying import Attachment
from desk.requests.suggesting import RELIABLE, WHY_NOT
from knowledge.answers.composing import citations, sources
from knowledge.answers.standing import clause_status, replaced_by, warnings
from knowledge.catalogue import load_documents
from knowledge.models import ClauseRow
from knowledge.search.entries import ClauseEntry
from knowledge.search.ranking import Hit


class PostingsOnFile(Protocol):
    """What is needed of `knowledge.postings.service.Postings`."""

    def get_many(self, posting_ids: Sequence[int]) -> Sequence[Any]: ...


class OnFile:
    """Looks attachments up; `postings` is None where they could not be opened."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, postings: PostingsOnFile | None) -> None:
        self._sessions, self._clock, self._postings = sessions, clock, postings

    def said(self, attachments: Sequence[Attachment]) -> list[Said] | None:
        """Each as a message of the contract; None where one is not on file, or was never published.

        Raises RequestRefused for what does not hold or is not open today, else sqlalchemy.exc.SQLAlchemyError.
        """
        look: dict[str, Callable[[int], Said | None]] = {"clause": self._clause, "posting": self._posting}
        found = [look[attachment.kind](attachment.id) for attachment in attachments]
        whole = [said for said in found if said is not None]
        return whole if len(whole) == len(found) else None

    def _clause(self, clause_id: int) -> Said | None:
        with self._sessions() as session:
            row = session.get(ClauseRow, clause_id)
        if row is None:
            return None
        entries = [entry for _, clauses in load_documents(self._sessions, [row.document_id]) for entry in clauses if entry.id == clause_id]
        if not entries:
            return None
        today, hits = self._clock.today(), [Hit(entries[0], 0.0, 0, {})]
        if why_not := refusal_of(entries[0], today):
            raise RequestRefused("no_attachment", why_not)
        payload = {
            "outcome": "answered",
            "reason": None,
            "warnings": list(warnings(entries, today)),
            "citations": [citation.payload() for citation in citations(hits, today)],
            "suggestions": [],
        }
        return Said("policy_answer", sources(hits, today), payload, role="counsellor")

    def _posting(self, posting_id: int) -> Said | None:
        views = list(self._postings.get_many([posting_id])) if self._postings is not None else []
        if not views:
            return None
        if views[0].state != "open":
            raise RequestRefused("no_attachment", texts.POSTING_CLOSED.format(title=views[0].title, state=views[0].state_text))
        items = [view.as_item() | {"detail": view.as_detail()} for view in views]
        payload = {"total": 1, "filters": {}, "items": items, "chips": [], "loosen": [], "page": {"shown": 1, "more": False}}
        return Said("postings", "\n".join(posting_lines(views)), payload, role="counsellor")


def refusal_of(entry: ClauseEntry, today: date) -> str | None:
    """Why a clause may not be sent as what holds today; None where it may."""
    status = clause_status(entry, today)
    if status not in RELIABLE:
        return WHY_NOT[status]
    if replaced_by(entry.document, today) is not None:
        return texts.MAYBE_REPLACED
    return WHY_NOT["damaged"] if entry.damaged else None

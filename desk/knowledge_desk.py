"""What the desk does with the knowledge: drafts and their review, documents, what is missing and what grows old."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.announcements import Announcements
from desk.audit import Audit
from desk.documents import DocumentDesk
from desk.knowledge_upkeep import Upkeep
from desk.promotion.service import Promotion
from knowledge.answers.model import Answer
from knowledge.employers.ledger import Ledger
from knowledge.events.review import EventReview
from knowledge.postings.review import Review
from knowledge.search.pack_search import PackHit
from knowledge.search.ranking import Found


class Finder(Protocol):
    """The search of this process (`knowledge.service.Knowledge`)."""

    def find(self, text: str) -> Found | None: ...

    def built_in(self, text: str) -> list[PackHit]: ...

    def answer(self, text: str, *, place: str | None = None) -> Answer | None: ...


@dataclass(frozen=True)
class KnowledgeDesk:
    """The services of the knowledge's pages; `finder` is None where the knowledge could not be opened."""

    promotion: Promotion
    documents: DocumentDesk
    upkeep: Upkeep
    review: Review
    event_review: EventReview
    ledger: Ledger
    announcements: Announcements
    finder: Finder | None


def build_knowledge(sessions: sessionmaker[Session], clock: Clock, audit: Audit, home: Path | None, finder: Finder | None) -> KnowledgeDesk:
    """The services on one database; `home` holds the school's own entries."""
    return KnowledgeDesk(
        promotion=Promotion(sessions, clock, audit, home),
        documents=DocumentDesk(sessions, clock, audit),
        upkeep=Upkeep(sessions, clock, audit),
        review=Review(sessions, clock),
        event_review=EventReview(sessions, clock),
        ledger=Ledger(sessions, clock),
        announcements=Announcements(sessions, clock),
        finder=finder,
    )

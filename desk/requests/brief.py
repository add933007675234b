"""What a counsellor should know before the first word: the question, what the bot said to it and how sure it was, the clauses, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.chat import Spoken
from desk.models import Ticket

MISSING_CONTACT, MISSING_COLLEGE, MISSING_COHORT = "联系方式", "学院", "毕业年份"
_ANSWERS = frozenset({"policy_answer", "eligibility", "postings", "events", "risk_check"})
_LONGEST = 300
_MOST = 10


@dataclass(frozen=True)
class Tried:
    """One answer of the bot; `confidence` is between 0 and 1, None for what has none."""

    kind: str
    text: str
    outcome: str | None
    reason: str | None
    confidence: float | None
    seq: int


@dataclass(frozen=True)
class Brief:
    """The handover in short."""

    question: str
    summary: str
    tried: tuple[Tried, ...]
    clauses: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]


def brief_of(ticket: Ticket, conversation: Sequence[Spoken]) -> Brief:
    """The brief of a ticket from its conversation; the latest answers last."""
    answers = [message for message in conversation if message.kind in _ANSWERS and message.role == "bot"][-_MOST:]
    clauses: dict[tuple[Any, ...], dict[str, Any]] = {}
    for message in answers:
        for citation in citations_of(message):
            clauses.setdefault((citation.get("document_id"), citation.get("clause")), citation)
    return Brief(ticket.topic, ticket.summary, tuple(map(_tried, answers)), tuple(clauses.values()), _missing(ticket, answers))


def citations_of(message: Spoken) -> list[dict[str, Any]]:
    """The clauses that a message shows."""
    found = (message.payload or {}).get("citations")
    return [dict(citation) for citation in found] if isinstance(found, list) else []


def confidence_of(message: Spoken) -> float | None:
    """How sure the bot was of an answer, where it said."""
    found = (message.payload or {}).get("confidence")
    return float(found) if isinstance(found, (int, float)) else None


def _tried(message: Spoken) -> Tried:
    payload = message.payload or {}
    outcome = payload.get("outcome") or payload.get("verdict") or payload.get("level")
    return Tried(message.kind, message.text[:_LONGEST], outcome, payload.get("reason"), confidence_of(message), message.seq)


def _missing(ticket: Ticket, answers: Sequence[Spoken]) -> tuple[str, ...]:
    asked = [str(fact) for message in answers for fact in (message.payload or {}).get("missing") or []]
    own = [
        name for name, known in ((MISSING_CONTACT, ticket.contact), (MISSING_COLLEGE, ticket.college), (MISSING_COHORT, ticket.cohort)) if not known
    ]
    return tuple(dict.fromkeys([*asked, *own]))

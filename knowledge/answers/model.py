"""An answer as the contract's `policy_answer` message, before it becomes JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["answered", "refused", "clarify"]
Reason = Literal["no_source", "damaged", "wrong_region", "wrong_year", "expired", "not_official"]


@dataclass(frozen=True)
class Citation:
    """A clause quoted: `quote` is cut from the document as printed, at most 400 characters."""

    document_id: str
    title: str
    doc_no: str | None
    issuer: str | None
    issued_on: str | None
    region: str | None
    status: str
    clause: str
    quote: str
    source: str
    in_force_from: str | None = None
    in_force_until: str | None = None
    replaced_by: dict[str, Any] | None = None
    """The document that replaces this one today: document_id, title, doc_no, and `certain`, false where only the titles suggest it."""
    copy_of: dict[str, Any] | None = None
    """The original of a copy: document_id, title, doc_no."""
    authority: str = "issuer"

    def payload(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class Answer:
    """What is said (`text`, whole, in readable Chinese) and what it rests on. `confidence` is between 0 and 1."""

    outcome: Outcome
    reason: Reason | None
    text: str
    warnings: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    question: str = ""
    """The question as it was understood: a follow-up is completed by what came before."""

    def payload(self) -> dict[str, Any]:
        """The contract's payload of kind `policy_answer`."""
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "warnings": list(self.warnings),
            "citations": [citation.payload() for citation in self.citations],
            "suggestions": list(self.suggestions),
        }

    def message(self) -> dict[str, Any]:
        """The whole message as an action sends it."""
        return {"kind": "policy_answer", "text": self.text, "payload": self.payload()}

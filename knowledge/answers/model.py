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
class Compared:
    """Two clauses that are shown together, the first two citations: `said` is what each of them says, `lead` the line that brings them in.

    `kind`: conflict (they disagree), wider (a place's rule and that of the place it lies in), replaced (the newer and the old).
    """

    kind: Literal["conflict", "wider", "replaced"]
    lead: str
    said: tuple[str, str]

    def payload(self) -> dict[str, Any]:
        return {"kind": self.kind, "lead": self.lead, "said": list(self.said)}


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
    notices: tuple[str, ...] = ()
    """The lines at the head of `text` that say how the source stands, before it says anything else."""
    compared: Compared | None = None
    place: str | None = None
    """The place that the message says one is in, where it says nothing else (我在长沙)."""
    depends_on_place: bool = False
    """Whether another place may answer otherwise, and no place is known."""
    places: tuple[str, ...] = ()
    """The places, of those that it may depend on, that documents on file are of."""

    def payload(self) -> dict[str, Any]:
        """The contract's payload of kind `policy_answer`, how sure it is, and what there is to say at the head or to compare."""
        payload: dict[str, Any] = {
            "outcome": self.outcome,
            "reason": self.reason,
            "warnings": list(self.warnings),
            "citations": [citation.payload() for citation in self.citations],
            "suggestions": list(self.suggestions),
            "confidence": round(self.confidence, 2),
        }
        if self.notices:
            payload["notices"] = list(self.notices)
        if self.compared:
            payload["compared"] = self.compared.payload()
        return payload

    def message(self) -> dict[str, Any]:
        """The whole message as an action sends it."""
        return {"kind": "policy_answer", "text": self.text, "payload": self.payload()}

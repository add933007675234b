"""Reading the current documents and clauses out of the store, as entries for the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload, sessionmaker

from core.text.folding import fold_with_offsets
from knowledge.language.pipeline import Entity
from knowledge.models import ClauseRow, ClauseVectors, Document, KnowledgeState
from knowledge.relations import originals_of, successors_of
from knowledge.search.encoder import Encoder, Vectors, unpacked
from knowledge.search.entries import ClauseEntry, DocumentEntry, answering_spans
from knowledge.truth import Authority, Reference, Successor, Truth, Window

SUMMARY = 120
_REVISION = select(KnowledgeState.revision)


def revision(sessions: sessionmaker[Session]) -> int:
    """The store's revision: it rises with every change of the documents; 0 while there are none."""
    with sessions() as session:  # by the connection, not the mapper: it is asked at every question
        return session.connection().scalar(_REVISION) or 0


def raise_revision(session: Session) -> None:
    """Tell running processes that what is searched has changed."""
    changed = session.connection().execute(update(KnowledgeState).values(revision=KnowledgeState.revision + 1))
    if changed.rowcount == 0:
        session.add(KnowledgeState(id=1, revision=1))


def searched_texts(clause: ClauseRow) -> list[str]:
    """The texts of a clause whose meaning is compared with a question's: its sentences that can answer, and last its heading."""
    folded = fold_with_offsets(clause.document.text[clause.start : clause.end]).text
    heading = clause.headings[-1] if clause.headings else ""
    return [*(folded[start:end] for start, end in answering_spans(folded, heading, clause.path)), heading or clause.path]


def load_entries(sessions: sessionmaker[Session], encoder: Encoder) -> tuple[list[ClauseEntry], list[Vectors | None]]:
    """All clauses of current documents, and the vectors of their sentences and heading where they are stored."""
    entries: list[ClauseEntry] = []
    vectors: list[Vectors | None] = []
    with sessions() as session:
        rows_of = session.execute(select(ClauseVectors.clause_id, ClauseVectors.rows).where(ClauseVectors.model == encoder.name))
        stored = {row.clause_id: row.rows for row in rows_of}
        for document, described in described_documents(session):
            for clause in document.clauses:
                entry = _entry(described, document, clause)
                entries.append(entry)
                rows = stored.get(clause.id)
                vectors.append(unpacked(rows, len(entry.sentences) + 1, encoder.dimensions) if rows else None)
    return entries, vectors


def described_documents(session: Session) -> Iterator[tuple[Document, DocumentEntry]]:
    """The current documents with what is known of their standing, by their ids."""
    successors, originals = successors_of(session), originals_of(session)
    current = session.scalars(select(Document).where(Document.current).options(selectinload(Document.clauses)).order_by(Document.id)).all()
    by_id = {document.id: document for document in current}
    for document in current:
        truth = truth_of(document, successors.get(document.id, ()), originals.get(document.id))
        yield document, replace(_with_notice(_describe(document), document, by_id.get(document.parent_id or 0)), truth=truth)


def _with_notice(entry: DocumentEntry, document: Document, notice: Document | None) -> DocumentEntry:
    """An attachment is cited under its notice's title, and is by whom, when and for whom its notice is where it does not say."""
    if notice is None:
        return entry
    own = (document.title or "").removeprefix(document.attachment).strip(" :：")
    return replace(
        entry,
        title=f"{notice.title or notice.source}（{f'{document.attachment} {own}'.strip()}）",
        doc_no=entry.doc_no or notice.doc_no,
        issuers=entry.issuers or tuple(notice.issuers),
        issued_on=entry.issued_on or notice.issued_on,
        region=entry.region or notice.region,
        cohorts=entry.cohorts or tuple(notice.cohorts),
    )


def _describe(document: Document) -> DocumentEntry:
    opening = next((clause for clause in document.clauses if clause.kind in ("preamble", "body")), None)
    summary = fold_with_offsets(document.text[opening.start : opening.end]).text[:SUMMARY] if opening else ""
    return DocumentEntry(
        document.id,
        document.title,
        document.doc_no,
        tuple(document.issuers),
        document.issued_on,
        document.region,
        tuple(document.cohorts),
        "shards" in document.damage,
        document.date_conflict,
        tuple(entry["day"] for entry in document.dates if entry["role"] != "posted"),
        document.source,
        summary,
    )


def truth_of(document: Document, successors: tuple[Successor, ...] = (), copy_of: Reference | None = None) -> Truth:
    """What the document's own columns and its relations say of how long it holds."""
    return Truth(
        document.issued_on or document.adopted_on,
        document.in_force_from,
        document.in_force_until,
        document.only_year,
        document.trial,
        document.repealed,
        document.retired_until,
        document.retired_reason or "",
        cast("Authority", document.authority),
        successors,
        copy_of,
    )


def _until(document: Document, ordinal: int) -> date | None:
    return next((date.fromisoformat(entry["until"]) for entry in _evidence(document, "clause_until", ordinal)), None)


def _windows(document: Document, ordinal: int) -> tuple[Window, ...]:
    return tuple(
        Window(date.fromisoformat(entry["day"]) if entry["day"] else None, date.fromisoformat(entry["until"]), entry["phrase"])
        for entry in _evidence(document, "window", ordinal)
    )


def _evidence(document: Document, kind: str, ordinal: int) -> list[dict[str, Any]]:
    return [entry for entry in document.validity if entry["kind"] == kind and entry["clause"] == ordinal and entry["until"]]


def _entry(described: DocumentEntry, document: Document, clause: ClauseRow) -> ClauseEntry:
    return ClauseEntry(
        clause.id,
        described,
        clause.ordinal,
        clause.kind,
        clause.path,
        tuple(clause.headings),
        document.text[clause.start : clause.end],
        frozenset(clause.damage),
        tuple(Entity(**entity) for entity in clause.entities),
        _until(document, clause.ordinal),
        _windows(document, clause.ordinal),
    )

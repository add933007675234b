"""Reading the current documents and clauses out of the store, as entries for the search."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, selectinload, sessionmaker

from core.text.folding import fold_with_offsets
from knowledge.language.pipeline import Entity
from knowledge.models import ClauseRow, ClauseVectors, Document, KnowledgeState
from knowledge.relations import originals_of, successors_of
from knowledge.search.entries import ClauseEntry, DocumentEntry, searched_texts
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


def texts_to_encode(clause: ClauseRow) -> list[str]:
    """The texts of a stored clause that get vectors (`entries.searched_texts`)."""
    folded = fold_with_offsets(clause.document.text[clause.start : clause.end]).text
    return searched_texts(folded, clause.headings[-1] if clause.headings else "", clause.path)


def fingerprints(sessions: sessionmaker[Session]) -> dict[int, str]:
    """The id of each current document with what changes when anything of it does that is indexed; its text is known by its checksum."""
    columns = [column for column in Document.__table__.columns if column.name != "text"]
    clauses = select(ClauseRow.document_id, func.min(ClauseRow.id), func.count()).group_by(ClauseRow.document_id)
    with sessions() as session:
        counted = {number: (first, count) for number, first, count in session.execute(clauses)}
        successors, originals = successors_of(session), originals_of(session)
        rows = session.execute(select(*columns).where(Document.current).order_by(Document.id)).all()
    by_id = {row.id: tuple(row) for row in rows}
    known = (
        (row.id, (tuple(row), counted.get(row.id), successors.get(row.id, ()), originals.get(row.id), by_id.get(row.parent_id or 0))) for row in rows
    )
    return {number: hashlib.sha256(repr(everything).encode()).hexdigest() for number, everything in known}


def clause_counts(sessions: sessionmaker[Session], numbers: Sequence[int]) -> dict[int, int]:
    """Document id → how many clauses it has, for the ids given, in their order."""
    counted = select(ClauseRow.document_id, func.count()).group_by(ClauseRow.document_id)
    with sessions() as session:
        counts = {row[0]: row[1] for row in session.execute(counted)}
    return {number: counts.get(number, 0) for number in numbers}


def load_documents(sessions: sessionmaker[Session], numbers: Sequence[int]) -> list[tuple[DocumentEntry, list[ClauseEntry]]]:
    """Documents by their ids, each with all its clauses in order."""
    with sessions() as session:
        return [
            (described, [_entry(described, document, clause) for clause in document.clauses])
            for document, described in described_documents(session, numbers)
        ]


def load_entries(sessions: sessionmaker[Session]) -> list[ClauseEntry]:
    """All clauses of current documents."""
    return [entry for _, entries in load_documents(sessions, list(fingerprints(sessions))) for entry in entries]


def embedded_clauses(sessions: sessionmaker[Session], model: str) -> set[int]:
    """The clauses of current documents that have vectors by a model."""
    chosen = select(ClauseVectors.clause_id).join(ClauseRow).join(Document).where(Document.current, ClauseVectors.model == model)
    with sessions() as session:
        return set(session.scalars(chosen))


def stored_vectors(engine: Engine, model: str, clauses: Sequence[int]) -> dict[int, bytes]:
    """The packed rows of clauses by a model, as far as they are there.

    Asked in the driver's words, for SQLAlchemy's part costs more than reading the rows, and every search waits for it.
    """
    if not clauses:
        return {}
    mark = "?" if engine.dialect.paramstyle == "qmark" else "%s"
    statement = f"SELECT clause_id, rows FROM clause_vectors WHERE model = {mark} AND clause_id IN ({', '.join([mark] * len(clauses))})"
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(statement, (model, *clauses))
        return dict(cursor.fetchall())
    finally:
        connection.close()


def described_documents(session: Session, numbers: Sequence[int] | None = None) -> Iterator[tuple[Document, DocumentEntry]]:
    """The current documents, or those of the ids given, with what is known of their standing, by their ids."""
    successors, originals = successors_of(session), originals_of(session)
    chosen = select(Document).where(Document.current if numbers is None else Document.id.in_(numbers))
    found = session.scalars(chosen.options(selectinload(Document.clauses)).order_by(Document.id)).all()
    above = select(Document).where(Document.current, Document.id.in_({document.parent_id for document in found if document.parent_id}))
    notices = {notice.id: notice for notice in session.scalars(above)}
    for document in found:
        truth = truth_of(document, successors.get(document.id, ()), originals.get(document.id))
        yield document, replace(_with_notice(_describe(document), document, notices.get(document.parent_id or 0)), truth=truth)


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
        graduates=_share_of_graduates(document),
    )


_OF_GRADUATES = re.compile("[毕畢][业業]生|大[学學]生|[应應][届屆]|高校|高等[学學]校")


def _share_of_graduates(document: Document) -> float:
    speaking = [bool(_OF_GRADUATES.search(document.text, clause.start, clause.end)) for clause in document.clauses]
    return sum(speaking) / max(len(speaking), 1)


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
